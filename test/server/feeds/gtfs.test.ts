/** GTFS zips checked: each rule of the validator met once, a railway's timetable as published, and hostile zips. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { TimetableFacts } from '../../../server/feeds/content.ts'
import { Deviations, type Deviation } from '../../../server/feeds/deviations.ts'
import { FeedError } from '../../../server/feeds/format.ts'
import { gtfs } from '../../../server/feeds/formats/gtfs/gtfs.ts'
import { timetableIndex } from '../../../server/feeds/formats/gtfs/timetableIndex.ts'
import { cases } from '../../fixtures/cases.ts'
import { mutated } from './mutated.ts'

/** A line of two stops, twice a day in one block, and a trip that repeats. */
const feed: Readonly<Record<string, string>> = {
  'agency.txt':
    'agency_id,agency_name,agency_url,agency_timezone\nA,Buses,https://example.org,America/Montevideo\n',
  'stops.txt':
    'stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n' +
    'S1,"First, street",-34.9,-56.2,0,ST\nS2,Second,-34.9,-56.19,,\nST,Station,-34.9,-56.2,1,\nN,,,,3,ST\n',
  'routes.txt': 'route_id,agency_id,route_short_name,route_type\nR1,A,1,3\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n' +
    'week,1,1,1,1,1,0,0,20260101,20261231\nsunday,0,0,0,0,0,0,1,20260101,20261231\n',
  'calendar_dates.txt': 'service_id,date,exception_type\nweek,20260101,2\nextra,20270101,1\n',
  'shapes.txt':
    'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled\n' +
    'P1,-34.9,-56.2,1,0\nP1,-34.9,-56.19,2,912\n',
  'trips.txt':
    'route_id,service_id,trip_id,shape_id,block_id\n' +
    'R1,week,T1,P1,B1\nR1,week,T2,P1,B1\nR1,sunday,T3,P1,B1\nR1,extra,T4,,\n',
  'stop_times.txt':
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled\n' +
    'T1,8:00:00,8:00:00,S1,1,0\nT1,8:10:00,8:10:00,S2,2,912\n' +
    'T2,8:10:00,8:20:00,S1,1,0\nT2,8:30:00,8:30:00,S2,2,912\n' +
    'T3,8:05:00,8:05:00,S1,1,0\nT3,8:15:00,8:15:00,S2,2,912\n' +
    'T4,24:10:00,24:10:00,S1,1,\nT4,,,S2,2,\n',
  'frequencies.txt':
    'trip_id,start_time,end_time,headway_secs\nT4,6:00:00,7:00:00,600\nT4,7:00:00,25:00:00,900\n',
  'transfers.txt': 'from_stop_id,to_stop_id,transfer_type\nS1,S2,0\n',
  'feed_info.txt': 'feed_publisher_name,feed_publisher_url,feed_lang\nCitytwin,https://example.org,en\n',
  'agency_notes.txt': 'no file of the reference',
}

/** The feed with one file's text changed, or taken away. */
function changed(file: string, change: (text: string) => string | undefined): Record<string, string> {
  const text = change(feed[file])
  const { [file]: _, ...others } = feed
  return text === undefined ? others : { ...others, [file]: text }
}

function zipOf(files: Readonly<Record<string, string>>, level: 0 | 9 = 0): Uint8Array {
  const entries: Zippable = {}
  for (const [name, text] of Object.entries(files)) entries[name] = [strToU8(text), { level }]
  return zipSync(entries)
}

interface Read {
  readonly timetable: TimetableFacts
  readonly rules: Readonly<Record<string, number>>
  readonly examples: readonly Deviation[]
}

function read(bytes: Uint8Array): Read {
  const deviations = new Deviations()
  const { timetable } = gtfs.read({ name: 'gtfs.zip', bytes }, { nowMs: 0, utcOffsetS: 0 }, deviations)
  return {
    timetable: timetable!,
    rules: Object.fromEntries(deviations.byRule()),
    examples: deviations.examples(),
  }
}

const facts: TimetableFacts = {
  agencies: ['Buses'],
  routes: 1,
  stops: 4,
  trips: 4,
  stopTimes: 8,
  fromDate: '20260101',
  untilDate: '20270101',
}

describe('a feed without fault', () => {
  test.each([0, 9] as const)('is counted, packed at level %i', (level) => {
    const { timetable, rules } = read(zipOf(feed, level))
    expect(rules).toEqual({})
    expect(timetable).toEqual(facts)
  })

  test('is read the same inside a folder, with a mark of byte order and Windows line ends', () => {
    const others = Object.entries(feed).map(([name, text]) => [
      `feed 1/${name}`,
      `\ufeff${text.replaceAll('\n', '\r\n')}`,
    ])
    expect(read(zipOf(Object.fromEntries(others)))).toMatchObject({ timetable: facts, rules: {} })
  })

  test('gives what GTFS-Realtime refers to', () => {
    const index = timetableIndex(zipOf(feed))
    expect([...index.stopIds]).toEqual(['S1', 'S2', 'ST', 'N'])
    expect([...index.routeIds]).toEqual(['R1'])
    expect(index.trips.get('T1')).toEqual({ shapeId: 'P1', blockId: 'B1' })
    expect(index.trips.get('T4')).toEqual({ shapeId: '', blockId: '' })
    expect(index.shapes.get('P1')?.lng).toEqual(Float64Array.of(-56.2, -56.19))
    expect(index.bounds).toEqual([-56.2, -34.9, -56.19, -34.9])
  })

  test('is known by its first bytes', () => {
    expect(gtfs.isLike({ name: 'https://example.org/feed', bytes: zipOf(feed) })).toBe(true)
    for (const other of ['{"PK":1}', '<PK/>', 'PK,a\n1,2'])
      expect(gtfs.isLike({ name: 'gtfs.zip', bytes: strToU8(other) })).toBe(false)
  })
})

const put = (from: string, to: string) => (text: string) => {
  expect(text).toContain(from)
  return text.replace(from, to)
}

describe('the rules', () => {
  test.each<[rule: string, file: string, change: (text: string) => string | undefined]>([
    ['MissingRequiredFile', 'agency.txt', () => undefined],
    ['MissingRequiredColumn', 'routes.txt', put('route_type', 'kind')],
    ['MissingRequiredField', 'agency.txt', put('Buses', '')],
    ['MissingRequiredField', 'stop_times.txt', put('8:10:00,8:10:00,S2', '8:10:00,8:10:00,')],
    ['EmptyFile', 'transfers.txt', () => ''],
    ['InvalidRowLength', 'stop_times.txt', put('S2,2,912', 'S2,2,912,')],
    ['InvalidTime', 'stop_times.txt', put('8:10:00,8:10:00,S2', '8:60:00,8:10:00,S2')],
    ['InvalidDate', 'calendar_dates.txt', put('week,20260101', 'week,20260230')],
    ['InvalidTimezone', 'agency.txt', put('America/Montevideo', 'America/Atlantis')],
    ['InvalidUrl', 'feed_info.txt', put('https://example.org', 'example.org')],
    ['InvalidFloat', 'stop_times.txt', put('S2,2,912', 'S2,2,far')],
    ['InvalidInteger', 'frequencies.txt', put('900', '900.5')],
    ['NumberOutOfRange', 'frequencies.txt', put('900', '0')],
    ['NumberOutOfRange', 'stops.txt', put('N,,,,3', 'N,,-134.9,,3')],
    ['UnexpectedEnumValue', 'calendar_dates.txt', put('20260101,2', '20260101,3')],
    ['DuplicateKey', 'routes.txt', (text) => `${text}R1,A,2,3\n`],
    ['DuplicateKey', 'calendar_dates.txt', (text) => `${text}week,20260101,1\n`],
    ['DuplicateKey', 'stop_times.txt', (text) => `${text}T4,,,S1,2,\n`],
    ['DuplicateKey', 'shapes.txt', (text) => `${text}P1,-34.9,-56.19,2,912\n`],
    ['ForeignKeyViolation', 'stop_times.txt', (text) => `${text}T9,,,S1,1,\n`],
    ['ForeignKeyViolation', 'trips.txt', (text) => `${text}R1,never,T9,P1,\n`],
    ['ForeignKeyViolation', 'trips.txt', (text) => `${text}R1,week,T9,P9,\n`],
    ['ForeignKeyViolation', 'stops.txt', put('1,\n', '1,S9\n')],
    ['ForeignKeyViolation', 'transfers.txt', put('S1,S2', 'S1,S9')],
    ['StopWithoutLocation', 'stops.txt', put('-34.9,-56.19', ',-56.19')],
    ['PointNearOrigin', 'stops.txt', put('-34.9,-56.19', '0,0')],
    ['PointNearOrigin', 'shapes.txt', put('-34.9,-56.2', '0.1,-0.9')],
    ['PointNearPole', 'stops.txt', put('-34.9,-56.19', '-89.5,-56.19')],
    ['DecreasingOrEqualStopTimeDistance', 'stop_times.txt', put('S2,2,912', 'S2,2,0')],
    [
      'StopTimeWithArrivalBeforePreviousDepartureTime',
      'stop_times.txt',
      put('8:10:00,8:10:00,S2', '7:59:59,8:10:00,S2'),
    ],
    ['StopTimeWithDepartureBeforeArrivalTime', 'stop_times.txt', put('8:15:00,8:15:00', '8:15:00,8:14:59')],
    ['TripDistanceExceedsShapeDistance', 'stop_times.txt', put('S2,2,912', 'S2,2,912.5')],
    ['BlockTripsWithOverlappingStopTimes', 'stop_times.txt', put('8:10:00,8:20:00', '8:09:00,8:09:59')],
    ['OverlappingFrequency', 'frequencies.txt', put('7:00:00,25', '6:59:59,25')],
    ['MissingCalendarAndCalendarDateFiles', 'calendar.txt', () => undefined],
  ])('%s is told of %s, once and alone', (rule, file, change) => {
    const files = changed(file, change)
    if (rule.startsWith('MissingCalendar')) delete files['calendar_dates.txt']
    expect(read(zipOf(files)).rules).toEqual({ [rule]: 1 })
  })

  test('a deviation says the line, what came and what was due', () => {
    const { examples } = read(zipOf(changed('stop_times.txt', put('T2,8:10:00', 'T2,noon'))))
    expect(examples).toEqual([
      {
        rule: 'InvalidTime',
        severity: 'error',
        where: 'stop_times.txt line 4',
        came: 'arrival_time noon',
        due: 'a time as HH:MM:SS',
      },
    ])
  })

  test('what refers to a wrong record is left out with it, and not told of', () => {
    const { rules, timetable } = read(zipOf(changed('trips.txt', put('R1,sunday,T3', ',sunday,T3'))))
    expect(rules).toEqual({ MissingRequiredField: 1 })
    expect(timetable).toMatchObject({ trips: 3, stopTimes: 6 })
  })

  test('a wrong record is left out, and the rest is counted', () => {
    const { timetable } = read(
      zipOf(changed('stop_times.txt', (text) => `${text}T9,,,S1,1,\nT4,,,S1,2,\nT4\n`)),
    )
    expect(timetable).toEqual(facts)
  })

  test('a trip beyond its shape is an error where its stop is beyond it too, else a warning', () => {
    const longer = { ...changed('stop_times.txt', put('S2,2,912', 'S2,2,1000')) }
    expect(read(zipOf(longer)).examples[0].severity).toBe('warning')
    const shorter = { ...longer, 'shapes.txt': put('-56.19', '-56.195')(feed['shapes.txt']) }
    expect(read(zipOf(shorter)).examples[0].severity).toBe('error')
  })

  test('rows for zones that may be called at anywhere are passed over', () => {
    const flexible = changed('stop_times.txt', (text) => {
      const [head, ...rows] = text.trim().split('\n')
      return [`${head},location_id`, ...rows.map((row) => `${row},`), 'T4,,,,3,,Z1'].join('\n')
    })
    expect(read(zipOf(flexible)).rules).toEqual({})
  })

  test('trips of one block may overlap on days that are not the same', () => {
    const onWeekdays = changed('trips.txt', put('sunday,T3', 'week,T3'))
    expect(read(zipOf(feed)).rules).toEqual({})
    expect(read(zipOf(onWeekdays)).rules).toEqual({ BlockTripsWithOverlappingStopTimes: 1 })
  })
})

describe('zips from strangers', () => {
  test.each<[string, () => Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['a text', () => strToU8('PK is no zip')],
    ['the first half of one', () => zipOf(feed).subarray(0, 1000)],
    ['one without a file of the reference', () => zipOf({ 'readme.txt': 'hello' })],
    ['one with nothing in its files', () => zipOf({ 'stops.txt': '', 'trips.txt': '' })],
    ['one that unpacks to much more than it is', () => zipOf({ 'stops.txt': 'a'.repeat(1_500_000) }, 9)],
  ])('%s is no feed', (_, bytes) => {
    expect(() => read(bytes())).toThrow(FeedError)
  })

  test('entries that lie over one another are refused', () => {
    const zip = zipOf({ ...feed, 'pathways.txt': 'x'.repeat(5000), 'feed_info.txt': 'y'.repeat(5000) })
    const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
    // every entry of the directory claims half of the zip, from its start
    for (let i = 0; i < zip.length - 46; i++)
      if (view.getUint32(i, true) === 0x02014b50) {
        view.setUint32(i + 20, zip.length >> 1, true)
        view.setUint32(i + 42, 0, true)
      }
    expect(() => read(zip)).toThrow(/over one another/)
  })

  test('a file whose bytes are damaged is noted, and the others are read', () => {
    const zip = zipOf(feed)
    const at = Buffer.from(zip).indexOf('S1,S2,0')
    zip[at] ^= 1
    expect(read(zip)).toMatchObject({ timetable: facts, rules: { damagedFile: 1 } })
  })
})

const railway = cases('feeds/testdata_rt_ct.zip')

test.skipIf(railway === undefined)('the timetable of a railway is counted as its files have lines', () => {
  const bytes = new Uint8Array(readFileSync(railway!))
  expect(gtfs.isLike({ name: railway!, bytes })).toBe(true)
  const { timetable, rules } = read(bytes)
  expect(timetable).toEqual({
    agencies: ['Caltrain'],
    routes: 9,
    stops: 109,
    trips: 176,
    stopTimes: 3498,
    fromDate: '20230923',
    untilDate: '20240601',
  })
  expect(rules).toEqual({})
})

test('whatever bytes come, only a FeedError is thrown, and counts stay within what came', () => {
  const texts = Object.entries(feed)
  const files = texts.map(([, text]) => strToU8(text))
  const ofText = fc.nat(texts.length - 1).chain((i) =>
    mutated([files[i]]).map((bytes) => {
      const entries: Zippable = {}
      texts.forEach(([name], j) => (entries[name] = [i === j ? bytes : files[j], { level: 0 }]))
      return zipSync(entries)
    }),
  )
  const ofZip = mutated([zipOf(feed), zipOf(feed, 9)])
  const arbitrary = fc.oneof({ weight: 1, arbitrary: ofZip }, { weight: 4, arbitrary: ofText })
  fc.assert(
    fc.property(arbitrary, (bytes) => {
      try {
        const { timetable } = read(bytes)
        const { routes, stops, trips, stopTimes, fromDate, untilDate } = timetable
        for (const count of [routes, stops, trips, stopTimes]) expect(count).toBeLessThan(20)
        for (const date of [fromDate, untilDate]) expect(date).toMatch(/^(\d{8})?$/)
        const { bounds, shapes } = timetableIndex(bytes)
        for (const degrees of bounds ?? []) expect(Math.abs(degrees)).toBeLessThanOrEqual(180)
        for (const { lng, lat } of shapes.values()) expect(lng.length).toBe(lat.length)
      } catch (error) {
        if (!(error instanceof FeedError)) throw error
      }
    }),
    { numRuns: 300, seed: 20260601 },
  )
})
