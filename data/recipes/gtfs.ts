/** A timetable as a GTFS feed: one trip per pattern and kind of day, repeated by exact frequencies. */
import type { CityInfo } from '../../twin/city.ts'
import { lngLatFromLocal, type Projection } from '../../twin/geo/projection.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import { routeId, serviceId, shapeId, stopId, tripId } from '../../twin/transit/gtfsIds.ts'
import { dayBits, type Timetable } from '../../twin/transit/timetable.ts'
import { packGtfs, timeFromSeconds } from './gtfsTables.ts'

export type FeedCity = Pick<CityInfo, 'name' | 'timeZone' | 'languages'>

/** A feed must say when it holds; ours holds as long as the city's files do. Assumed. */
const FIRST_DATE = '20240101'
const LAST_DATE = '20391231'
/** Whose data the stops and streets are. */
const DATA_URL = 'https://www.openstreetmap.org/copyright'
const AGENCY = 'buses'
const ROUTE_TYPE_BUS = '3'

/** The bytes of the feed's zip; the same timetable always gives the same bytes. */
export function writeGtfs(
  timetable: Timetable,
  network: RoadNetwork,
  projection: Projection,
  city: FeedCity,
): Uint8Array {
  const { routes, stops, patterns, patternStops } = timetable
  const degrees = (xM: number, yM: number) => {
    const [lng, lat] = lngLatFromLocal(projection, [xM, yM])
    return [lat.toFixed(7), lng.toFixed(7)]
  }
  const color = (rgb: number) => rgb.toString(16).padStart(6, '0').toUpperCase()
  const runs = tripRuns(timetable)
  const shapes = [...new Set(runs.map(({ pattern }) => pattern))]

  const stopTimes = runs.flatMap(({ pattern, days }) => {
    const startsM = linkStarts(timetable, network, pattern)
    return Array.from({ length: patterns.stopCount[pattern] }, (_, call) => {
      const row = patterns.firstStop[pattern] + call
      return [
        tripId(pattern, days),
        timeFromSeconds(patternStops.arrivalS[row]),
        timeFromSeconds(patternStops.departureS[row]),
        stopId(patternStops.stop[row]),
        `${call + 1}`,
        (startsM[patternStops.pathIndex[row]] + patternStops.alongM[row]).toFixed(2),
        call === 0 ? '1' : '0',
      ]
    })
  })
  const services = [...new Set(runs.map(({ days }) => days))].sort((a, b) => a - b)
  return packGtfs({
    'agency.txt': [
      ['agency_id', 'agency_name', 'agency_url', 'agency_timezone', 'agency_lang'],
      [
        AGENCY,
        `${city.name} buses (synthesised timetable)`,
        DATA_URL,
        city.timeZone,
        city.languages[0] ?? 'en',
      ],
    ],
    'stops.txt': [
      ['stop_id', 'stop_code', 'stop_name', 'stop_lat', 'stop_lon'],
      ...stops.name.map((name, stop) => [
        stopId(stop),
        stops.code[stop],
        name,
        ...degrees(stops.xM[stop], stops.yM[stop]),
      ]),
    ],
    'routes.txt': [
      [
        'route_id',
        'agency_id',
        'route_short_name',
        'route_long_name',
        'route_type',
        'route_color',
        'route_text_color',
      ],
      ...routes.shortName.map((name, route) => [
        routeId(route),
        AGENCY,
        name,
        routes.longName[route],
        ROUTE_TYPE_BUS,
        color(routes.color[route]),
        color(isLight(routes.color[route]) ? 0 : 0xffffff),
      ]),
    ],
    'trips.txt': [
      ['route_id', 'service_id', 'trip_id', 'trip_headsign', 'direction_id', 'shape_id'],
      ...runs.map(({ pattern, days }) => [
        routeId(patterns.route[pattern]),
        serviceId(days),
        tripId(pattern, days),
        patterns.headsign[pattern],
        `${patterns.directionId[pattern]}`,
        shapeId(pattern),
      ]),
    ],
    'stop_times.txt': [
      [
        'trip_id',
        'arrival_time',
        'departure_time',
        'stop_id',
        'stop_sequence',
        'shape_dist_traveled',
        'timepoint',
      ],
      ...stopTimes,
    ],
    'frequencies.txt': [
      ['trip_id', 'start_time', 'end_time', 'headway_secs', 'exact_times'],
      ...runs.flatMap(({ pattern, days, departuresS }) =>
        evenStretches(departuresS).map(({ startS, endS, headwayS }) => [
          tripId(pattern, days),
          timeFromSeconds(startS),
          timeFromSeconds(endS),
          `${headwayS}`,
          '1',
        ]),
      ),
    ],
    'calendar.txt': [
      [
        'service_id',
        'monday',
        'tuesday',
        'wednesday',
        'thursday',
        'friday',
        'saturday',
        'sunday',
        'start_date',
        'end_date',
      ],
      ...services.map((days) => {
        const bit = (mask: number) => ((days & mask) === 0 ? '0' : '1')
        const week = [
          ...Array.from({ length: 5 }, () => bit(dayBits.weekday)),
          bit(dayBits.saturday),
          bit(dayBits.sunday),
        ]
        return [serviceId(days), ...week, FIRST_DATE, LAST_DATE]
      }),
    ],
    'shapes.txt': [
      ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence', 'shape_dist_traveled'],
      ...shapes.flatMap((pattern) =>
        shapePoints(timetable, network, pattern).map(({ xM, yM, distanceM }, i) => [
          shapeId(pattern),
          ...degrees(xM, yM),
          `${i + 1}`,
          distanceM.toFixed(2),
        ]),
      ),
    ],
    'feed_info.txt': [
      [
        'feed_publisher_name',
        'feed_publisher_url',
        'feed_lang',
        'feed_start_date',
        'feed_end_date',
        'feed_version',
      ],
      ['Citytwin', DATA_URL, city.languages[0] ?? 'en', FIRST_DATE, LAST_DATE, 'synthesised'],
    ],
    'attributions.txt': [
      ['organization_name', 'is_producer', 'attribution_url'],
      ['OpenStreetMap contributors (ODbL 1.0)', '1', DATA_URL],
    ],
  })
}

interface TripRun {
  pattern: number
  days: number
  departuresS: number[]
}

/** Trips by pattern and kind of day. */
function tripRuns({ trips }: Timetable): TripRun[] {
  const runs = new Map<string, TripRun>()
  trips.pattern.forEach((pattern, trip) => {
    const key = tripId(pattern, trips.days[trip])
    const run = runs.get(key) ?? { pattern, days: trips.days[trip], departuresS: [] }
    runs.set(key, run)
    run.departuresS.push(trips.departureS[trip])
  })
  for (const { departuresS } of runs.values()) departuresS.sort((a, b) => a - b)
  return [...runs.values()].sort((a, b) => a.pattern - b.pattern || a.days - b.days)
}

/** Departures as stretches of one headway; `endS` lies just after the last. Stretches do not overlap. */
export function evenStretches(
  departuresS: readonly number[],
): { startS: number; endS: number; headwayS: number }[] {
  const stretches: { startS: number; endS: number; headwayS: number }[] = []
  for (let i = 0; i < departuresS.length;) {
    let last = i
    const headwayS = Math.max((departuresS[i + 1] ?? departuresS[i] + 60) - departuresS[i], 1)
    while (last + 1 < departuresS.length && departuresS[last + 1] - departuresS[last] === headwayS) last++
    stretches.push({ startS: departuresS[i], endS: departuresS[last] + 1, headwayS })
    i = last + 1
  }
  return stretches
}

/** Metres from the path's start to the start of each of its links. */
function linkStarts({ patterns, patternLinks }: Timetable, network: RoadNetwork, pattern: number): number[] {
  let sum = 0
  const first = patterns.firstLink[pattern]
  return Array.from(patternLinks.link.subarray(first, first + patterns.linkCount[pattern]), (link) => {
    sum += network.links.lengthM[link]
    return sum - network.links.lengthM[link]
  })
}

/** The course of a pattern's path, with the same distances as its stops have. */
function shapePoints(timetable: Timetable, network: RoadNetwork, pattern: number) {
  const { shapeStart, shapeCount, lengthM } = network.links
  const { xM, yM } = network.shape
  const startsM = linkStarts(timetable, network, pattern)
  const points: { xM: number; yM: number; distanceM: number }[] = []
  startsM.forEach((startM, i) => {
    const link = timetable.patternLinks.link[timetable.patterns.firstLink[pattern] + i]
    const first = shapeStart[link]
    const lengths = [0]
    for (let v = first + 1; v < first + shapeCount[link]; v++) {
      lengths.push(
        lengths[lengths.length - 1] + Math.sqrt((xM[v] - xM[v - 1]) ** 2 + (yM[v] - yM[v - 1]) ** 2),
      )
    }
    const scale = lengthM[link] / Math.max(lengths[lengths.length - 1], 1e-9)
    // Each link begins where the one before ended.
    for (let j = i === 0 ? 0 : 1; j < lengths.length; j++) {
      points.push({ xM: xM[first + j], yM: yM[first + j], distanceM: startM + lengths[j] * scale })
    }
  })
  return points
}

/** Whether black reads better on it, by luma (ITU-R BT.601). */
function isLight(rgb: number): boolean {
  return 0.299 * (rgb >> 16) + 0.587 * ((rgb >> 8) & 255) + 0.114 * (rgb & 255) > 140
}
