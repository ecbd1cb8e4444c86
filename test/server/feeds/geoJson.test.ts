/** GeoJSON: RFC 7946 as places, road events and measurements by a mapping; the examples of WZDx; bytes with things wrong in them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FeedError } from '../../../server/feeds/format.ts'
import { geoJson } from '../../../server/feeds/formats/geoJson/geoJson.ts'
import { cases } from '../../fixtures/cases.ts'
import { expectHardy, feedFile, readFeed, type Read } from '../../fixtures/feedFacts.ts'

const NOW_MS = Date.parse('2026-08-05T12:00:00Z')

function read(document: unknown, settings?: unknown, nowMs = NOW_MS): Read {
  const text = typeof document === 'string' ? document : JSON.stringify(document)
  return readFeed(geoJson, feedFile(text), { nowMs, utcOffsetS: -3 * 3600, settings })
}

const feature = (geometry: unknown, properties: unknown = {}, more = {}) => ({
  type: 'Feature',
  ...more,
  geometry,
  properties,
})
const collection = (...features: readonly unknown[]) => ({ type: 'FeatureCollection', features })
const point = { type: 'Point', coordinates: [-56.19, -34.9] }
const line = { type: 'LineString', coordinates: [[-56.2, -34.9], [-56.19, -34.91], [-56.18, -34.9]] } // prettier-ignore
const ring = [[-56.2, -34.9], [-56.1, -34.9], [-56.1, -34.8], [-56.2, -34.8], [-56.2, -34.9]] // prettier-ignore
const polygon = { type: 'Polygon', coordinates: [ring] }

describe('GeoJSON as places', () => {
  it('needs no mapping: every feature with the values that it has', () => {
    const properties = { name: 'Clinic', beds: 12, isOpen: true, none: null, more: { a: 1 } }
    const { content, rules } = read(collection(feature(point, properties, { id: 7 })))
    expect(rules).toEqual({})
    expect(content).toEqual({
      madeMs: NaN,
      features: [
        {
          id: '7',
          kind: '',
          lng: -56.19,
          lat: -34.9,
          path: [[-56.19, -34.9]],
          values: { name: 'Clinic', beds: 12, isOpen: true },
        },
      ],
    })
  })

  it('by a mapping: which property is the id, which the kind, which are kept', () => {
    const settings = { as: 'places', id: 'core.ref', kind: 'type', values: ['beds', 'core.ref'] }
    const properties = { core: { ref: 'a1' }, type: 'clinic', beds: 12, 'core.x': 1 }
    expect(read(collection(feature(point, properties)), settings).content.features).toMatchObject([
      { id: 'a1', kind: 'clinic', values: { beds: 12, 'core.ref': 'a1' } },
    ])
  })

  it.for<[type: string, geometry: unknown, middle: readonly number[], corners: number]>([
    ['Point', point, [-56.19, -34.9], 1],
    ['MultiPoint', { type: 'MultiPoint', coordinates: line.coordinates }, [-56.19, -34.905], 3],
    ['LineString', line, [-56.19, -34.91], 3],
    ['MultiLineString', { type: 'MultiLineString', coordinates: [line.coordinates] }, [-56.19, -34.905], 3],
    ['Polygon', polygon, [-56.15, -34.85], 5],
    ['MultiPolygon', { type: 'MultiPolygon', coordinates: [[ring, ring]] }, [-56.15, -34.85], 5],
    ['GeometryCollection', { type: 'GeometryCollection', geometries: [point] }, [-56.19, -34.9], 1],
  ])('a %s has a place and a path', ([, geometry, [lng, lat], corners]) => {
    const { content, rules } = read(collection(feature(geometry)))
    const [place] = content.features!
    expect(rules).toEqual({})
    expect(place.lng).toBeCloseTo(lng, 9)
    expect(place.lat).toBeCloseTo(lat, 9)
    expect(place.path).toHaveLength(corners)
  })

  it.for<[what: string, document: unknown]>([
    ['one feature', feature(point)],
    ['one geometry', point],
    ['a list of features', [feature(point)]],
    [
      'with the old mark of WGS 84',
      { crs: { properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } }, ...collection(feature(point)) },
    ],
  ])('%s is enough', ([, document]) => {
    expect(read(document).content.features).toMatchObject([{ id: '0', lng: -56.19, lat: -34.9 }])
  })

  it.for<[rule: string, left: number, feature: unknown]>([
    ['feature', 0, 7],
    ['feature', 0, { type: 'Place', geometry: point }],
    ['geometry', 0, feature(null)],
    ['geometry', 0, feature({ type: 'Circle', coordinates: [1, 1] })],
    ['position', 0, feature({ type: 'Point', coordinates: ['-56', '-34'] })],
    ['position', 0, feature({ type: 'Point', coordinates: [] })],
    ['place', 0, feature({ type: 'Point', coordinates: [-34.9, -156.2] })],
    ['place', 0, feature({ type: 'Point', coordinates: [573_000, 6_137_000] })],
    ['linearRing', 0, feature({ type: 'Polygon', coordinates: [ring.slice(0, 2)] })],
    ['linearRing', 1, feature({ type: 'Polygon', coordinates: [ring.slice(0, 4)] })],
    ['partsLeftOut', 1, feature({ type: 'MultiPolygon', coordinates: [[ring], [ring]] })],
  ])('%s is noted with %d left, and the rest is read', ([rule, left, odd]) => {
    const { content, rules } = read(collection(odd, feature(point, {}, { id: 'good' })))
    expect(rules).toEqual({ [rule]: 1 })
    expect(content.features).toHaveLength(left + 1)
  })

  it('the same id twice is there once', () => {
    const { content, rules } = read(collection(feature(point, {}, { id: 1 }), feature(line, {}, { id: 1 })))
    expect(content.features).toHaveLength(1)
    expect(rules).toEqual({ duplicateId: 1 })
  })

  it('coordinates of another kind are refused by name', () => {
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::32721' } }
    expect(() => read({ ...collection(feature(point)), crs })).toThrow(/EPSG::32721 came, WGS 84 is due/)
  })
})

describe('GeoJSON as road events', () => {
  const settings = {
    as: 'roadEvents',
    id: 'ref',
    kind: 'type',
    kinds: { works: 'roadWorks', cut: 'closure' },
    from: 'from',
    until: 'until',
    roadName: 'streets',
    text: 'note',
    language: 'es',
    lanesClosed: 'lanes',
    speedLimit: 'limit',
  }
  const properties = {
    ref: 'c1',
    type: 'cut',
    from: '2026-08-05T08:00:00',
    until: null,
    streets: ['Rambla', 'Bulevar España'],
    note: 'Corte total',
    lanes: 2,
    limit: 36,
  }

  it('say what, where, when and how much; no end is until further notice', () => {
    const { content, rules } = read(collection(feature(line, properties)), settings)
    expect(rules).toEqual({})
    expect(content.roadEvents).toEqual([
      {
        id: 'c1',
        kind: 'closure',
        isClosed: true,
        fromMs: Date.parse('2026-08-05T11:00:00Z'),
        untilMs: Infinity,
        path: line.coordinates,
        roadName: 'Rambla, Bulevar España',
        text: { es: 'Corte total' },
        lanesClosed: 2,
        speedLimitMps: 10,
      },
    ])
  })

  it('a kind that is not listed is other, or what the mapping says', () => {
    const document = collection(feature(line, { ...properties, type: 'fair' }))
    expect(read(document, settings).content.roadEvents).toMatchObject([{ kind: 'other', isClosed: false }])
    const otherwise = { ...settings, otherwise: 'obstruction', closed: 'lanes', closedWhen: [2] }
    expect(read(document, otherwise).content.roadEvents).toMatchObject([
      { kind: 'obstruction', isClosed: true },
    ])
  })

  it.for<[rule: string, left: number, more: object]>([
    ['time', 0, { from: 'soon' }],
    ['time', 0, { from: '1970-01-01T00:00:00Z' }],
    ['time', 0, { until: '2026-08-01T00:00:00Z' }],
    ['speed', 1, { limit: 900 }],
  ])('%s is noted with %d left of %j', ([rule, left, more]) => {
    const { content, rules } = read(collection(feature(line, { ...properties, ...more })), settings)
    expect(rules).toEqual({ [rule]: 1 })
    expect(content.roadEvents).toHaveLength(left)
  })
})

describe('GeoJSON as measurements', () => {
  const settings = {
    as: 'measurements',
    site: 'detector',
    time: 't',
    times: 's',
    periodS: 1800,
    flow: 'count',
    flowUnit: 'vehicles',
    speed: 'v',
    occupancy: 'busy',
    made: 'at',
  }
  const atS = NOW_MS / 1000 - 60
  const row = (more: object) =>
    feature(point, { detector: 'd1', t: atS, count: 400, v: '36', busy: 25, ...more })

  it('are columns in SI units', () => {
    const { content, rules } = read({ ...collection(row({})), at: atS + 30 }, settings)
    expect(rules).toEqual({})
    expect(content).toEqual({
      madeMs: NOW_MS - 30_000,
      measurements: {
        siteId: ['d1'],
        lng: Float64Array.of(-56.19),
        lat: Float64Array.of(-34.9),
        timeMs: Float64Array.of(NOW_MS - 60_000),
        periodS: Float64Array.of(1800),
        flowVph: Float64Array.of(800),
        speedMps: Float64Array.of(10),
        occupancy: Float64Array.of(0.25),
      },
    })
  })

  it.for<[rule: string, sites: readonly string[], more: object]>([
    ['required', ['d1'], { t: undefined }],
    ['time', ['d1'], { t: 86_400 }],
    ['duplicateId', ['d1'], { detector: 'd1' }],
    ['value', ['d1', 'd2'], { count: -1 }],
    ['value', ['d1', 'd2'], { busy: 101 }],
    ['speed', ['d1', 'd2'], { v: 400 }],
  ])('%s is noted, and %j are left', ([rule, sites, more]) => {
    const { content, rules } = read(
      { ...collection(row({}), row({ detector: 'd2', ...more })), at: atS },
      settings,
    )
    expect(rules).toEqual({ [rule]: 1 })
    expect(content.measurements!.siteId).toEqual(sites)
  })
})

it.for<[what: string, settings: unknown]>([
  ['as', { as: 'clouds' }],
  ['as', []],
  ['as a whole', 'places'],
  ['periodS', { as: 'measurements', periodS: 0 }],
  ['colour', { as: 'places', colour: 'red' }],
  ['kinds.a', { as: 'roadEvents', kinds: { a: 'party' } }],
])('settings with something wrong in %s are refused', ([where, settings]) => {
  expect(() => read(collection(), settings)).toThrow(FeedError)
  expect(() => read(collection(), settings)).toThrow(where)
})

it.for(['', '{}', '[1', '{"type":"FeatureCollection"}', '{"features":{}}', '"Point"', '['.repeat(200)])(
  '%j is refused',
  (text) => {
    expect(() => read(text)).toThrow(FeedError)
  },
)

interface WorkZone {
  readonly id: string
  readonly properties: { readonly core_details: { readonly event_type: string } }
}

describe.skipIf(cases('schemas/wzdx/examples') === undefined)('WZDx 4.2 by the settings of the docs', () => {
  const folder = cases('schemas/wzdx/examples/WorkZoneFeed')!
  const page = readFileSync(join(import.meta.dirname, '../../../public/docs/geojson.md'), 'utf8')
  const settings: unknown = JSON.parse(/```json([^`]*)```/.exec(page)![1])

  it('every event of the nine examples is read, and deviates in nothing', () => {
    const files = readdirSync(folder)
    expect(files).toHaveLength(9)
    for (const name of files) {
      const text = readFileSync(`${folder}/${name}`, 'utf8')
      const { features } = JSON.parse(text) as { features: readonly WorkZone[] }
      const { content, rules } = read(text, settings, Date.parse('2015-01-01T00:00:00Z'))
      expect([name, rules]).toEqual([name, {}])
      expect(content.roadEvents!.map(({ id }) => id)).toEqual(features.map(({ id }) => id))
      expect(content.roadEvents!.map(({ kind }) => kind)).toEqual(
        features.map(({ properties }) =>
          properties.core_details.event_type === 'work-zone' ? 'roadWorks' : 'other',
        ),
      )
      expect(geoJson.isLike(feedFile(text, name))).toBe(true)
    }
  })
})

describe('GeoJSON at a glance', () => {
  it.for<[isLike: boolean, text: string, name?: string]>([
    [true, JSON.stringify(collection(feature(point)))],
    [true, JSON.stringify(feature(point))],
    [true, JSON.stringify(polygon)],
    [true, '{"features": [{"type": "Feature", "geometry"'],
    [true, '{"name": "places", "crs": {"type": "name"}, "features": ['],
    [true, '{"feed_info": {"type": "x"}', 'https://a.org/works.geojson?a=1'],
    [false, '{"id": "urn:a", "type": "TrafficFlowObserved", "location": {"type": "Point"}}'],
    [false, '[{"id": "urn:a", "type": "TrafficFlowObserved", "location": {"type": "GeoProperty"}}]'],
    [false, '{"last_updated": 1, "data": {"geofencing_zones": {"type": "FeatureCollection"}}}'],
    [false, '[{"service_request_id": "1"}]'],
    [false, '<alert/>'],
    [false, ''],
  ])('%s: %s', ([isLike, text, name]) => {
    expect(geoJson.isLike(feedFile(text, name))).toBe(isLike)
  })
})

it.for([
  [undefined],
  [{ as: 'roadEvents', from: 't', until: 'u', speedLimit: 'v', kind: 'k' }],
  [{ as: 'measurements', time: 't', flow: 'n', speed: 'v', occupancy: 'v' }],
])('GeoJSON with things wrong in it is read or refused, and what is read can be: as %j', ([settings]) => {
  const properties = { t: '2026-08-05T11:00:00Z', u: '2026-08-06T11:00:00Z', v: 30, n: 300, k: 'a' }
  const features = [point, line, polygon].map((geometry, i) => feature(geometry, properties, { id: `f${i}` }))
  const options = { nowMs: NOW_MS, utcOffsetS: 0, settings }
  expectHardy(geoJson, [JSON.stringify(collection(...features)), JSON.stringify(features[2])], options, 100)
})
