/** A GTFS feed as a timetable on the road network: stops snapped to links, trips grouped to patterns, their paths found along the shapes. */
import { localFromLngLat, type Projection } from '../../twin/geo/projection.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { Timetable } from '../../twin/transit/timetable.ts'
import { numberOf, openGtfs, type GtfsFiles } from './gtfsTables.ts'
import { readTrips, type FeedTrip } from './gtfsTrips.ts'
import { columnsOfFeed, type FeedPattern, type FeedRoute, type FeedStop } from './feedTimetable.ts'
import { findCourses, readShapes } from './feedPaths.ts'
import { makeLinkFinder, type LinkFinder } from './linkFinder.ts'
import type { MatchedPath } from './matchPath.ts'
import { withPenalties } from './stops.ts'

export interface FeedReport {
  readonly trips: number
  /** Trips by rail, water or air, which the road network cannot carry. */
  readonly tripsNotByRoad: number
  /** Trips whose path could not be found on the network, and the patterns they are of. */
  readonly tripsDropped: number
  readonly patternsDropped: number
  readonly stopsOffNetwork: number
}

/** A stop further from every street than this, metres, is not on the network; assumed. */
const STOP_REACH_M = 60
/** Route types driven on roads: bus, trolleybus, and their extended types (coach 200s, bus 700s, trolleybus 800s). */
function isByRoad(type: number): boolean {
  return type === 3 || type === 11 || (type >= 200 && type < 300) || (type >= 700 && type < 900)
}

/** Throws, naming file and line, when the feed cannot be read, and when none of its trips runs on this network. */
export function readGtfs(zip: Uint8Array, network: RoadNetwork, projection: Projection): Timetable {
  return readGtfsWithReport(zip, network, projection).timetable
}

export function readGtfsWithReport(
  zip: Uint8Array,
  network: RoadNetwork,
  projection: Projection,
): { timetable: Timetable; report: FeedReport } {
  const files = openGtfs(zip)
  files.required('agency.txt', ['agency_name', 'agency_timezone'])
  const routes = readRoutes(files)
  const findLinks = makeLinkFinder(network)
  const { stops, rowOf, offNetwork } = readStops(files, network, projection, findLinks)
  const trips = readTrips(files)
  const byRoad = trips.filter(({ routeId, tripId }) => {
    const route = routes.get(routeId)
    if (route === undefined)
      throw new Error(`gtfs: trips.txt: trip ${tripId} is of route ${routeId}, which routes.txt lacks`)
    return route.isByRoad
  })
  for (const { calls, tripId } of byRoad) {
    const unknown = calls.find(({ stopId }) => !rowOf.has(stopId))
    if (unknown)
      throw new Error(
        `gtfs: stop_times.txt: trip ${tripId} calls at ${unknown.stopId}, which stops.txt lacks`,
      )
  }
  const courses = groupByCourse(byRoad)
  const paths = findCourses(courses, stops, rowOf, network, findLinks, readShapes(files, projection))

  const patterns: FeedPattern[] = []
  let tripsDropped = 0
  let patternsDropped = 0
  courses.forEach((trips, course) => {
    const path = paths[course]
    if (path === undefined) {
      patternsDropped++
      tripsDropped += trips.length
    } else patterns.push(...patternsOf(trips, path, rowOf).filter(({ trips }) => trips.length > 0))
  })
  if (patterns.length === 0)
    throw new Error(
      `gtfs: none of the feed's ${trips.length} trips runs on this road network ` +
        `(${trips.length - byRoad.length} are not by road, ${tripsDropped} leave it)`,
    )
  const report = {
    trips: trips.length,
    tripsNotByRoad: trips.length - byRoad.length,
    tripsDropped,
    patternsDropped,
    stopsOffNetwork: offNetwork,
  }
  return { timetable: columnsOfFeed(stops, [...routes.values()], patterns), report }
}

function readRoutes(files: GtfsFiles): Map<string, FeedRoute & { isByRoad: boolean }> {
  const routes = new Map<string, FeedRoute & { isByRoad: boolean }>()
  for (const row of files.required('routes.txt', ['route_id', 'route_type'])) {
    const color = row.get('route_color') || 'FFFFFF'
    if (!/^[0-9a-fA-F]{6}$/.test(color))
      throw new Error(
        `gtfs: routes.txt line ${row.line}: route_color is ${JSON.stringify(color)}, expected RRGGBB`,
      )
    routes.set(row.get('route_id'), {
      routeId: row.get('route_id'),
      shortName: row.get('route_short_name') || row.get('route_long_name'),
      longName: row.get('route_long_name'),
      color: parseInt(color, 16),
      isByRoad: isByRoad(numberOf(row, 'route_type', 'routes.txt', 0, 1799)),
    })
  }
  return routes
}

/** Every stop on the network, and the row of each; −1 for one that lies off it. */
function readStops(files: GtfsFiles, network: RoadNetwork, projection: Projection, findLinks: LinkFinder) {
  const stops: FeedStop[] = []
  const rowOf = new Map<string, number>()
  let offNetwork = 0
  for (const row of files.required('stops.txt', ['stop_id', 'stop_name', 'stop_lat', 'stop_lon'])) {
    // Stations, entrances and the like are places around stops, where nothing calls.
    if (!['', '0'].includes(row.get('location_type'))) continue
    const at = [
      numberOf(row, 'stop_lon', 'stops.txt', -180, 180),
      numberOf(row, 'stop_lat', 'stops.txt', -90, 90),
    ] as const
    const [xM, yM] = localFromLngLat(projection, at)
    const candidates = withPenalties(findLinks(xM, yM, STOP_REACH_M), network)
    if (candidates.length === 0) {
      offNetwork++
      rowOf.set(row.get('stop_id'), -1)
      continue
    }
    rowOf.set(row.get('stop_id'), stops.length)
    stops.push({
      xM,
      yM,
      code: row.get('stop_code'),
      name: row.get('stop_name'),
      candidates,
      position: candidates[0],
    })
  }
  return { stops, rowOf, offNetwork }
}

/** Trips that call at the same stops along the same shape. */
function groupByCourse(trips: readonly FeedTrip[]): FeedTrip[][] {
  const courses = new Map<string, FeedTrip[]>()
  for (const trip of trips) {
    const key = [trip.routeId, trip.shapeId, ...trip.calls.map(({ stopId }) => stopId)].join('\u0000')
    const course = courses.get(key)
    if (course) course.push(trip)
    else courses.set(key, [trip])
  }
  return [...courses.values()]
}

/** The trips of one course, grouped by their times and what they show. */
function patternsOf(
  trips: readonly FeedTrip[],
  path: MatchedPath,
  rowOf: ReadonlyMap<string, number>,
): FeedPattern[] {
  const patterns = new Map<string, { first: FeedTrip; trips: FeedTrip[] }>()
  for (const trip of trips) {
    const times = trip.calls.map(({ arrivalS, departureS }) => `${arrivalS} ${departureS}`)
    const key = [trip.headsign, trip.directionId, ...times].join('\u0000')
    const pattern = patterns.get(key)
    if (pattern) pattern.trips.push(trip)
    else patterns.set(key, { first: trip, trips: [trip] })
  }
  return [...patterns.values()].map(({ first, trips }) => {
    // A trip that starts off the network starts where it enters it.
    const offsetS = first.calls[path.points[0].point].departureS
    return {
      routeId: first.routeId,
      headsign: first.headsign,
      directionId: first.directionId,
      links: path.links,
      calls: path.points.map(({ point, pathIndex, alongM }, i) => ({
        stop: rowOf.get(first.calls[point].stopId)!,
        pathIndex,
        alongM,
        arrivalS: i === 0 ? 0 : first.calls[point].arrivalS - offsetS,
        departureS: first.calls[point].departureS - offsetS,
      })),
      trips: trips.flatMap(({ days, departuresS }) =>
        days === 0 ? [] : departuresS.map((departureS) => ({ departureS: departureS + offsetS, days })),
      ),
    }
  })
}
