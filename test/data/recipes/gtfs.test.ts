/** A timetable written as GTFS and read back, and feeds that are broken. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { csvParse, csvParseRows } from 'd3'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { evenStretches, writeGtfs } from '../../../data/recipes/gtfs.ts'
import { secondsFromTime, timeFromSeconds } from '../../../data/recipes/gtfsTables.ts'
import { readGtfs, readGtfsWithReport } from '../../../data/recipes/readGtfs.ts'
import { timetableFaults } from '../../../data/recipes/timetableFacts.ts'
import type { Timetable } from '../../../twin/transit/timetable.ts'
import { smallCity } from '../../fixtures/smallCity.ts'
import { chainNetwork } from './chainNetwork.ts'
import { townTimetable } from './townTimetable.ts'

const { network, projection, info } = smallCity({ side: 8 })
const timetable = townTimetable(network, projection, 8)
const zip = writeGtfs(timetable, network, projection, info)

/** A feed with one file's text changed, or taken away. */
function edited(file: string, change: (text: string) => string | undefined): Uint8Array {
  const files = unzipSync(zip)
  const text = change(strFromU8(files[file]))
  if (text === undefined) delete files[file]
  else files[file] = strToU8(text)
  return zipSync(files)
}

/** Every trip as it runs: line, direction, day, and the time at each stop. */
function tripsOf(of: Timetable): string[] {
  const { patterns, patternStops, trips, routes } = of
  return Array.from(trips.pattern, (pattern, trip) => {
    const first = patterns.firstStop[pattern]
    const calls = Array.from({ length: patterns.stopCount[pattern] }, (_, call) => {
      const row = first + call
      return `${of.stops.name[patternStops.stop[row]]}@${patternStops.arrivalS[row]}-${patternStops.departureS[row]}`
    })
    const head = [
      routes.shortName[patterns.route[pattern]],
      patterns.directionId[pattern],
      patterns.headsign[pattern],
    ]
    return [...head, trips.departureS[trip], trips.days[trip], ...calls].join('|')
  }).sort()
}

test('what is written is read back: the same trips, stop times, stops and paths', () => {
  const { timetable: again, report } = readGtfsWithReport(zip, network, projection)
  expect(tripsOf(again)).toEqual(tripsOf(timetable))
  expect(again.patternLinks).toEqual(timetable.patternLinks)
  expect(again.stops.link).toEqual(timetable.stops.link)
  expect(again.stops.name).toEqual(timetable.stops.name)
  expect(again.routes).toEqual(timetable.routes)
  expect(report).toMatchObject({ tripsDropped: 0, patternsDropped: 0, stopsOffNetwork: 0 })
  expect(timetableFaults(again, network)).toEqual([])
})

test('the same timetable gives the same bytes', () => {
  expect(writeGtfs(timetable, network, projection, info)).toEqual(zip)
})

test('the feed has the files and fields GTFS requires, every reference resolves, and times and distances only grow', () => {
  const files = unzipSync(zip)
  const rows = (file: string) => {
    const [head, ...body] = csvParseRows(strFromU8(files[file]).trimEnd())
    return body.map((values) => {
      expect(values.length).toBe(head.length)
      return Object.fromEntries(head.map((field, i) => [field, values[i]]))
    })
  }
  const required: Record<string, string[]> = {
    'agency.txt': ['agency_name', 'agency_url', 'agency_timezone'],
    'stops.txt': ['stop_id', 'stop_name', 'stop_lat', 'stop_lon'],
    'routes.txt': ['route_id', 'route_short_name', 'route_type'],
    'trips.txt': ['route_id', 'service_id', 'trip_id'],
    'stop_times.txt': ['trip_id', 'arrival_time', 'departure_time', 'stop_id', 'stop_sequence'],
    'calendar.txt': ['service_id', 'monday', 'sunday', 'start_date', 'end_date'],
    'frequencies.txt': ['trip_id', 'start_time', 'end_time', 'headway_secs'],
    'shapes.txt': ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence'],
    'feed_info.txt': ['feed_publisher_name', 'feed_publisher_url', 'feed_lang'],
  }
  for (const [file, fields] of Object.entries(required)) {
    for (const row of rows(file))
      for (const field of fields) expect(row[field], `${file} ${field}`).toBeTruthy()
  }
  const ids = (file: string, field: string) => new Set(rows(file).map((row) => row[field]))
  for (const [file, field, target] of [
    ['trips.txt', 'route_id', 'routes.txt'],
    ['trips.txt', 'service_id', 'calendar.txt'],
    ['trips.txt', 'shape_id', 'shapes.txt'],
    ['stop_times.txt', 'trip_id', 'trips.txt'],
    ['stop_times.txt', 'stop_id', 'stops.txt'],
    ['frequencies.txt', 'trip_id', 'trips.txt'],
  ]) {
    for (const id of ids(file, field)) expect(ids(target, field).has(id), `${file} ${field} ${id}`).toBe(true)
  }
  const shapeEndM = new Map(rows('shapes.txt').map((row) => [row.shape_id, Number(row.shape_dist_traveled)]))
  const shapeOf = new Map(rows('trips.txt').map((row) => [row.trip_id, row.shape_id]))
  const last = new Map<string, { timeS: number; distanceM: number }>()
  for (const row of rows('stop_times.txt')) {
    const before = last.get(row.trip_id) ?? { timeS: 0, distanceM: -1 }
    const arrivalS = secondsFromTime(row.arrival_time, 'test')!
    const departureS = secondsFromTime(row.departure_time, 'test')!
    expect(arrivalS).toBeGreaterThanOrEqual(before.timeS)
    expect(departureS).toBeGreaterThanOrEqual(arrivalS)
    expect(Number(row.shape_dist_traveled)).toBeGreaterThan(before.distanceM)
    expect(Number(row.shape_dist_traveled)).toBeLessThanOrEqual(
      shapeEndM.get(shapeOf.get(row.trip_id)!)! + 0.01,
    )
    last.set(row.trip_id, { timeS: departureS, distanceM: Number(row.shape_dist_traveled) })
  }
  const runs = new Map<string, number>()
  for (const row of rows('frequencies.txt')) {
    const startS = secondsFromTime(row.start_time, 'test')!
    expect(startS).toBeGreaterThanOrEqual(runs.get(row.trip_id) ?? 0)
    runs.set(row.trip_id, secondsFromTime(row.end_time, 'test')!)
  }
})

test('stretches of one headway give back their departures', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 60 }), (steps) => {
      let timeS = 0
      const departuresS = steps.map((step) => (timeS += step * 60))
      const back = evenStretches(departuresS).flatMap(({ startS, endS, headwayS }) => {
        const out: number[] = []
        for (let at = startS; at < endS; at += headwayS) out.push(at)
        return out
      })
      expect(back).toEqual(departuresS)
    }),
  )
})

test('a time is read as it is written, past midnight too', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200_000 }), (timeS) => {
      expect(secondsFromTime(timeFromSeconds(timeS), 'test')).toBe(timeS)
    }),
  )
})

test.each([
  ['no zip', () => new Uint8Array([1, 2, 3]), 'gtfs: the feed is not a zip that can be read'],
  ['a file missing', () => edited('trips.txt', () => undefined), 'gtfs: the feed lacks trips.txt'],
  [
    'no calendar',
    () => edited('calendar.txt', () => undefined),
    'gtfs: the feed lacks calendar.txt and calendar_dates.txt',
  ],
  [
    'a column missing',
    () => edited('stops.txt', (text) => text.replace('stop_lat', 'lat')),
    'gtfs: stops.txt: lacks stop_lat',
  ],
  [
    'a bad time',
    () => edited('stop_times.txt', (text) => text.replace('00:00:00', '0h')),
    'gtfs: stop_times.txt line 2: got "0h", expected a time as HH:MM:SS',
  ],
  [
    'a latitude out of range',
    () => edited('stops.txt', (text) => text.replace(/-34\.\d+/, '-134.5')),
    /gtfs: stops.txt line 2: stop_lat is "-134.5", expected -90 to 90/,
  ],
  [
    'an unknown stop',
    () => edited('stop_times.txt', (text) => text.replace(',s1,', ',nowhere,')),
    /calls at nowhere, which stops.txt lacks/,
  ],
  [
    'trips by rail alone',
    () => edited('routes.txt', (text) => text.replaceAll(/,3,FFFFFF/g, ',2,FFFFFF')),
    /none of the feed's \d+ trips runs on this road network \(\d+ are not by road/,
  ],
])('%s is refused in one sentence', (_, feed, message) => {
  expect(() => readGtfs(feed(), network, projection)).toThrow(message)
})

test('stops off the network drop their pattern, and the rest of the feed stands', () => {
  const far = edited('stops.txt', (text) => {
    const lines = text.split('\n')
    const moved = new Set(
      Array.from(timetable.patternStops.stop.subarray(0, timetable.patterns.stopCount[0])),
    )
    return lines.map((line, i) => (moved.has(i - 1) ? line.replace(/-34\.\d+/, '-30.5') : line)).join('\n')
  })
  const { timetable: rest, report } = readGtfsWithReport(far, network, projection)
  expect(report.patternsDropped).toBeGreaterThan(0)
  expect(report.tripsDropped).toBeGreaterThan(0)
  expect(rest.patterns.route.length + report.patternsDropped).toBe(timetable.patterns.route.length)
})

test('broken bytes give a timetable or an error of ours, never another', () => {
  const refused = (feed: Uint8Array) => {
    try {
      expect(timetableFaults(readGtfs(feed, network, projection), network)).toEqual([])
    } catch (error) {
      expect((error as Error).message).toMatch(/^gtfs: /)
    }
  }
  const place = fc.integer({ min: 0, max: zip.length - 1 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }),
      (edits) => {
        const bytes = zip.slice()
        for (const [at, value] of edits) bytes[at] = value
        refused(bytes)
      },
    ),
    { numRuns: 60 },
  )
  fc.assert(
    fc.property(place, (length) => refused(zip.slice(0, length))),
    { numRuns: 20 },
  )
  const files = Object.keys(unzipSync(zip))
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.nat(),
      fc.nat(40),
      fc.string({ maxLength: 12 }),
      (file, at, cut, put) => {
        refused(
          edited(file, (text) => {
            const from = at % text.length
            return text.slice(0, from) + put + text.slice(from + cut)
          }),
        )
      },
    ),
    { numRuns: 60 },
  )
})

const cases = process.env.CITYTWIN_CASES ?? join(import.meta.dirname, '../../../../shared/cases')
const caltrain = join(cases, 'feeds/testdata_rt_ct.zip')

test.skipIf(!existsSync(caltrain))(
  'a recorded feed of a railway: refused on roads, laid on roads beside its tracks',
  () => {
    const feed = new Uint8Array(readFileSync(caltrain))
    expect(() => readGtfs(feed, network, projection)).toThrow(
      /none of the feed's \d+ trips .* are not by road/,
    )

    const files = unzipSync(feed)
    const routes = strFromU8(files['routes.txt']).replaceAll(/,2,,/g, ',3,,')
    const road = chainNetwork(strFromU8(files['stops.txt']))
    const asBuses = zipSync({ ...files, 'routes.txt': strToU8(routes) })
    const { timetable: trains, report } = readGtfsWithReport(asBuses, road.network, road.projection)
    expect(timetableFaults(trains, road.network)).toEqual([])
    expect(report.trips).toBe(csvParseRows(strFromU8(files['trips.txt'])).length - 1)
    expect(report.tripsDropped / report.trips).toBeLessThan(0.05)
    // One service for weekdays, one for Saturday and Sunday; a third, on three holidays, runs on no ordinary day.
    const runs = (bit: number) => trains.trips.days.filter((days) => (days & bit) !== 0).length
    const due = (service: string) =>
      csvParse(strFromU8(files['trips.txt'])).filter((trip) => trip.service_id === service).length
    expect(runs(1) + runs(2) + report.tripsDropped).toBe(due('72982') + due('72981'))
    expect(runs(2)).toBe(runs(4))
  },
)
