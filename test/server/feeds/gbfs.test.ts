/** GBFS: recorded files, the standard's own fixtures, each rule met once, and bytes with things wrong in them. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FeedError } from '../../../server/feeds/format.ts'
import { gbfs } from '../../../server/feeds/formats/gbfs/gbfs.ts'
import { cases } from '../../fixtures/cases.ts'
import { expectHardy, feedFile, readFeed, type Read } from '../../fixtures/feedFacts.ts'

const NOW_MS = Date.parse('2026-08-05T12:00:00Z')
const AT = '2026-08-05T11:59:30Z'
const POSIX = Date.parse(AT) / 1000
const options = { nowMs: NOW_MS, utcOffsetS: 0 }

type Json = Record<string, unknown>

const file3 = (data: Json): Json => ({ last_updated: AT, ttl: 60, version: '3.0', data })
const both = (es: string, en: string) => [
  { language: 'es', text: es },
  { language: 'en', text: en },
]
const zone = [[-56.2, -34.91], [-56.19, -34.91], [-56.19, -34.9], [-56.2, -34.91]] // prettier-ignore
const bundle: Json = {
  system_information: file3({
    system_id: 'movete',
    languages: ['es', 'en'],
    name: both('Movete', 'Movete'),
    opening_hours: '24/7',
    feed_contact_email: 'a@example.org',
    timezone: 'America/Montevideo',
  }),
  vehicle_types: file3({
    vehicle_types: [
      { vehicle_type_id: 'bike', form_factor: 'bicycle', propulsion_type: 'human' },
      {
        vehicle_type_id: 'ebike',
        form_factor: 'bicycle',
        propulsion_type: 'electric_assist',
        max_range_meters: 60_000,
        default_pricing_plan_id: 'plan',
      },
    ],
  }),
  system_pricing_plans: file3({
    plans: [{ plan_id: 'plan' }, { plan_id: 'dear', reservation_price_per_min: 1 }],
  }),
  station_information: file3({
    stations: [
      { station_id: 'a', name: both('Plaza', 'Square'), lat: -34.9, lon: -56.19, capacity: 20 },
      { station_id: 'b', name: both('Puerto', 'Port'), lat: -34.91, lon: -56.2 },
    ],
  }),
  station_status: file3({
    stations: ['a', 'b'].map((id) => ({
      station_id: id,
      num_vehicles_available: 3,
      vehicle_types_available: [{ vehicle_type_id: 'bike', count: 3 }],
      num_docks_available: 17,
      vehicle_docks_available: [{ vehicle_type_ids: ['bike'], count: 17 }],
      is_installed: true,
      is_renting: true,
      is_returning: false,
      last_reported: AT,
    })),
  }),
  vehicle_status: file3({
    vehicles: [
      {
        vehicle_id: 'v',
        lat: -34.905,
        lon: -56.185,
        is_reserved: true,
        is_disabled: false,
        vehicle_type_id: 'ebike',
        current_range_meters: 9000,
      },
      { vehicle_id: 'w', station_id: 'a', is_reserved: false, is_disabled: false, vehicle_type_id: 'bike' },
    ],
  }),
  system_alerts: file3({
    alerts: [
      {
        alert_id: '1',
        type: 'station_closure',
        summary: both('Cerrada', 'Closed'),
        station_ids: ['b'],
        times: [{ start: AT, end: '2026-08-06T00:00:00Z' }],
        url: both('https://example.org/es', 'https://example.org/en'),
      },
    ],
  }),
  geofencing_zones: file3({
    geofencing_zones: {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          geometry: { type: 'MultiPolygon', coordinates: [[zone]] },
          properties: {
            name: both('Rambla', 'Rambla'),
            rules: [{ ride_through_allowed: false, maximum_speed_kph: 18 }],
          },
        },
      ],
    },
    global_rules: [],
  }),
}

function read(document: unknown, name = 'feed.json'): Read {
  return readFeed(gbfs, feedFile(JSON.stringify(document), name), options)
}

/** The bundle with one value set, or taken away, at a path. */
function bundleWith(path: string, value?: unknown): Json {
  const copy = structuredClone(bundle)
  const names = path.split('/')
  const last = names.pop()!
  let at = copy
  for (const name of names) at = at[name] as Json
  if (value === undefined) delete at[last]
  else at[last] = value
  return copy
}

const [types, places, states, free] = [
  'vehicle_types',
  'station_information',
  'station_status',
  'vehicle_status',
]
const station = (i: number, more: Json = {}) => ({
  ...(bundle[states] as { data: { stations: Json[] } }).data.stations[i],
  ...more,
})

describe('GBFS, several files together', () => {
  it('that keep to the standard deviate in nothing, and say all that they hold', () => {
    const { content, rules } = read(bundle)
    expect(rules).toEqual({})
    expect(content.madeMs).toBe(Date.parse(AT))
    expect(content.stations).toEqual([
      {
        id: 'a',
        name: 'Plaza',
        lng: -56.19,
        lat: -34.9,
        capacity: 20,
        vehiclesAvailable: 3,
        docksAvailable: 17,
        isRenting: true,
        isReturning: false,
        timeMs: Date.parse(AT),
      },
      expect.objectContaining({ id: 'b', name: 'Puerto', capacity: NaN }),
    ])
    expect(content.sharedVehicles).toEqual([
      {
        id: 'v',
        typeId: 'ebike',
        lng: -56.185,
        lat: -34.905,
        isReserved: true,
        isDisabled: false,
        timeMs: Date.parse(AT),
      },
    ])
    expect(content.notices).toEqual([
      expect.objectContaining({
        id: '1',
        headline: { es: 'Cerrada', en: 'Closed' },
        fromMs: Date.parse(AT),
        untilMs: Date.parse('2026-08-06T00:00:00Z'),
        stopIds: ['b'],
        url: 'https://example.org/es',
      }),
    ])
    expect(content.features).toEqual([
      expect.objectContaining({
        kind: 'geofencingZone',
        path: zone,
        values: { name: 'Rambla', ride_through_allowed: false, maximumSpeedMps: 5 },
      }),
    ])
  })

  it('may be a list as well', () => {
    expect(read(Object.values(bundle)).content).toEqual(read(bundle).content)
  })

  it.for<[rule: string, severity: string, path: string, value?: unknown]>([
    [
      'missing_station_information',
      'error',
      `${places}/data/stations/1`,
      { station_id: 'c', name: both('C', 'C'), lat: 1, lon: 1 },
    ],
    ['missing_station_status', 'error', `${states}/data/stations/1`, station(1, { station_id: 'c' })],
    ['duplicate_station_id', 'error', `${states}/data/stations/1`, station(0)],
    ['duplicate_vehicle_id', 'error', `${free}/data/vehicles/1/vehicle_id`, 'v'],
    ['duplicate_vehicle_type_id', 'error', `${types}/data/vehicle_types/1/vehicle_type_id`, 'bike'],
    ['invalid_vehicle_type_id', 'error', `${free}/data/vehicles/0/vehicle_type_id`, 'car'],
    [
      'invalid_vehicle_type_id',
      'error',
      `${states}/data/stations/0/vehicle_types_available/0/vehicle_type_id`,
      'car',
    ],
    ['num_vehicles_available_incorrect', 'warning', `${states}/data/stations/0/num_vehicles_available`, 4],
    ['num_docks_available_incorrect', 'warning', `${states}/data/stations/0/num_docks_available`, 4],
    [
      'unclosed_polygon',
      'error',
      'geofencing_zones/data/geofencing_zones/features/0/geometry/coordinates/0/0/3',
      [-56.2, -34.9],
    ],
    [
      'missing_system_pricing_plans',
      'error',
      `${types}/data/vehicle_types/1/default_pricing_plan_id`,
      'none',
    ],
    ['default_reserve_time', 'error', `${types}/data/vehicle_types/1/default_pricing_plan_id`, 'dear'],
    ['unknown_language', 'error', 'system_alerts/data/alerts/0/summary/0/language', 'pt'],
    ['missing_translation', 'error', 'system_alerts/data/alerts/0/summary/0/language', 'pt'],
    ['last_updated_future', 'error', `${states}/last_updated`, '2026-08-05T12:00:11Z'],
    ['last_updated_outdated', 'warning', `${states}/last_updated`, '2026-08-05T11:54:59Z'],
    ['required', 'error', `${places}/data/stations/0/name`],
    ['required', 'error', `${free}/data/vehicles/0/current_range_meters`],
    ['required', 'error', `${states}/data/stations/0/vehicle_types_available`],
    ['required', 'error', 'system_information/data/timezone'],
    ['required', 'warning', `${states}/version`],
    ['version', 'error', `${states}/version`, '4.0'],
    ['type', 'error', `${states}/last_updated`, POSIX],
    ['type', 'error', `${states}/data/stations/0/is_renting`, 1],
    ['type', 'error', `${states}/data/stations/0/station_id`, 7],
    ['minimum', 'error', `${states}/data/stations/0/num_docks_available`, -1],
    ['enum', 'error', `${types}/data/vehicle_types/0/form_factor`, 'boat'],
    ['enum', 'error', 'system_alerts/data/alerts/0/type', 'party'],
    ['time', 'error', `${states}/data/stations/0/last_reported`, '1970-01-02T00:00:00Z'],
    ['time', 'error', 'system_alerts/data/alerts/0/times/0/end', '2026-08-01T00:00:00Z'],
    ['place', 'error', `${places}/data/stations/0/lat`, -134.9],
    ['place', 'error', `${free}/data/vehicles/0/lat`, 'north'],
    ['missingId', 'error', `${free}/data/vehicles/0/vehicle_id`, ''],
    ['unknownFile', 'error', 'weather', { temperature: 3 }],
  ])('%s (%s) is noted of %s, and the rest is read', ([rule, severity, path, value]) => {
    const { content, deviations, rules } = read(bundleWith(path, value))
    expect(rules[rule]).toBeGreaterThan(0)
    expect(deviations.examples().find((example) => example.rule === rule)?.severity).toBe(severity)
    expect(content.stations!.length + content.sharedVehicles!.length).toBeGreaterThan(0)
  })

  it('a station that is nowhere is left out, and its status is not missed', () => {
    const { content, rules } = read(bundleWith(`${places}/data/stations/0/lat`, 91))
    expect(content.stations!.map(({ id }) => id)).toEqual(['b'])
    expect(rules).toEqual({ place: 1 })
  })

  it('a link that is no web address is not passed on', () => {
    const { content } = read(bundleWith('system_alerts/data/alerts/0/url/0/text', 'javascript:alert(1)'))
    expect(content.notices![0].url).toBe('')
  })
})

describe('GBFS, one file alone', () => {
  it('discovery of 2.3 and of 3.0 gives the same links', () => {
    const feeds = ['system_information', 'station_status'].map((name) => ({
      name,
      url: `https://a.org/${name}`,
    }))
    const three = read(file3({ feeds }))
    const two = read({ last_updated: POSIX, ttl: 0, version: '2.3', data: { es: { feeds }, en: { feeds } } })
    expect(three.content.links).toEqual(feeds)
    expect(two.content).toEqual(three.content)
    expect([three.rules, two.rules]).toEqual([{}, {}])
    expect(read(file3({ feeds: [{ name: 'a', url: 'file:///etc/passwd' }] }))).toMatchObject({
      content: { links: [] },
      rules: { format: 1, contains: 1 },
    })
  })

  it('places without a status are taken to be open, with unknown numbers', () => {
    const { content, rules } = read(bundle[places])
    expect(rules).toEqual({})
    expect(content.stations![0]).toMatchObject({ name: 'Plaza', isRenting: true, vehiclesAvailable: NaN })
  })

  it('a status without places has none', () => {
    const { content } = read(bundle[states])
    expect(content.stations![0]).toMatchObject({ id: 'a', lng: NaN, lat: NaN, vehiclesAvailable: 3 })
  })

  it('an empty list of stations is one', () => {
    expect(read(file3({ stations: [] }), 'https://a.org/en/station_status').content.stations).toEqual([])
  })

  it('a station that is not installed rents nothing', () => {
    const document = file3({ stations: [station(0, { is_installed: false })] })
    expect(read(document).content.stations![0]).toMatchObject({ isRenting: false, isReturning: false })
  })

  it.for([[[]], [{}], [{ data: {} }], ['text'], [null], [{ data: [] }]])('%j is none', ([document]) => {
    expect(() => read(document)).toThrow(FeedError)
  })
})

describe.skipIf(cases('feeds/testdata_server_gbfs_station_status.json') === undefined)(
  'GBFS as recorded',
  () => {
    const text = (name: string) => readFileSync(cases(`feeds/testdata_server_gbfs_${name}.json`)!, 'utf8')

    it('Bay Area: 496 stations and 720 bicycles, of version 1 in nothing but the version that it does not name', () => {
      const names = ['station_information', 'station_status', 'free_bike_status']
      const together = `{${names.map((name) => `"${name}":${text(name)}`).join()}}`
      const { content, rules } = readFeed(gbfs, feedFile(together), {
        nowMs: 1_663_292_860_000,
        utcOffsetS: 0,
      })
      const { stations, sharedVehicles } = content
      const sum = (key: 'vehiclesAvailable' | 'docksAvailable' | 'capacity') =>
        stations!.reduce((sum, station) => sum + station[key], 0)
      expect(stations).toHaveLength(496)
      expect([sum('vehiclesAvailable'), sum('docksAvailable'), sum('capacity')]).toEqual([5248, 5668, 11_199])
      expect(stations!.filter(({ isRenting }) => !isRenting)).toHaveLength(6)
      expect(stations!.every(({ lng, lat }) => lng > -123 && lng < -121 && lat > 37 && lat < 38)).toBe(true)
      expect(sharedVehicles).toHaveLength(720)
      expect(content.madeMs).toBe(1_663_292_849_000)
      expect(rules).toEqual({ required: 3 })
    })
  },
)

describe.skipIf(cases('schemas/gbfs/testFixtures') === undefined)("GBFS, the standard's fixtures", () => {
  const folder = (version: string) => cases(`schemas/gbfs/testFixtures/${version}`)!
  const textsOf = (version: string) =>
    readdirSync(folder(version)).map((name) => [name, readFileSync(`${folder(version)}/${name}`, 'utf8')])

  it.for(['v2.3', 'v3.0'])('%s: every file is known at a glance and read', (version) => {
    for (const [name, text] of textsOf(version)) {
      expect([name, gbfs.isLike(feedFile(text))]).toEqual([name, true])
      const { rules } = readFeed(gbfs, feedFile(text, name), options)
      expect([name, rules['unknownFile']]).toEqual([name, undefined])
    }
  })

  const bundled = (version: string) =>
    `{${textsOf(version).map(([name, text]) => `"${name}":${text}`).join()}}` // prettier-ignore

  it('2.3: an alert that ends before it starts is all that is wrong, but for its age', () => {
    const { content, rules } = readFeed(gbfs, feedFile(bundled('v2.3')), options)
    expect(content.stations).toHaveLength(2)
    expect(content.sharedVehicles).toHaveLength(1)
    expect(content.notices).toHaveLength(1)
    expect(content.links).toHaveLength(12)
    expect(rules).toEqual({ time: 1, last_updated_outdated: 2 })
  })

  it('3.0: the type that vehicle_types does not have is found', () => {
    const { content, deviations } = readFeed(gbfs, feedFile(bundled('v3.0')), options)
    expect(content.sharedVehicles).toHaveLength(7)
    const found = deviations.examples().filter(({ rule }) => rule === 'invalid_vehicle_type_id')
    expect(found.map(({ came }) => came)).toEqual(['escooter_paris'])
  })
})

describe('GBFS at a glance', () => {
  it.for<[isLike: boolean, what: string, text: string, name?: string]>([
    [true, 'a file', JSON.stringify(bundle[places])],
    [true, 'a bundle', JSON.stringify(bundle)],
    [true, 'a list', JSON.stringify([bundle[places], bundle[states]])],
    [true, 'data first', '\ufeff {"data": {"stations": [{"station_id": "a"'],
    [true, 'its name', '{"data": {"unheard": [', 'https://a.org/gbfs/en/station_status.json?v=1'],
    [false, 'GeoJSON', '{"type": "FeatureCollection", "features": []}', 'gbfs/geofencing_zones.json'],
    [false, 'Open311', '[{"service_request_id": "1"}]'],
    [false, 'NGSI-LD', '[{"id": "urn:a", "type": "TrafficFlowObserved", "data": {"type": "Property"}}]'],
    [false, 'XML', '<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'],
    [false, 'CSV', 'id,time,volume\n1,2,3\n', 'station_status.csv'],
    [false, 'nothing', ''],
  ])('%s: %s', ([isLike, , text, name]) => {
    expect(gbfs.isLike(feedFile(text, name))).toBe(isLike)
  })
})

it('GBFS with things wrong in it is read or refused, and what is read can be', () => {
  expectHardy(
    gbfs,
    [JSON.stringify(bundle), ...Object.values(bundle).map((file) => JSON.stringify(file))],
    options,
  )
})
