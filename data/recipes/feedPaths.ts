/** Paths on the road network for the trips of a GTFS feed: through their stops, along their shapes where the feed has them. */
import { localFromLngLat, type Projection } from '../../twin/geo/projection.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import { CLASS_COST, makePathFinder } from './busPaths.ts'
import type { FeedStop } from './feedTimetable.ts'
import { numberOf, type GtfsFiles } from './gtfsTables.ts'
import type { FeedTrip } from './gtfsTrips.ts'
import type { LinkFinder } from './linkFinder.ts'
import { matchPath, type MatchedPath, type MatchPoint } from './matchPath.ts'

/** A pattern is dropped when more than this share of its calls fits no path; assumed. */
const MAX_LOST_SHARE = 0.2
/** Leaving out a call is worth this much detour, metres; assumed. */
const SKIP_M = 1500
/** A street that a trip's shape follows costs this share; assumed. */
const SHAPE_COST = 0.2
/** A shape follows a street when it is this near, metres, over half of its length; assumed. */
const SHAPE_REACH_M = 12
const SHAPE_STEP_M = 15

export type Shapes = ReadonlyMap<string, readonly (readonly [xM: number, yM: number])[]>

/** The courses of a feed's shapes, in local metres. */
export function readShapes(files: GtfsFiles, projection: Projection): Shapes {
  const points = new Map<string, { sequence: number; at: readonly [number, number] }[]>()
  const file = 'shapes.txt'
  for (const row of files.optional(file, ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence'])) {
    const lngLat = [
      numberOf(row, 'shape_pt_lon', file, -180, 180),
      numberOf(row, 'shape_pt_lat', file, -90, 90),
    ] as const
    const ofShape = points.get(row.get('shape_id')) ?? []
    points.set(row.get('shape_id'), ofShape)
    ofShape.push({
      sequence: numberOf(row, 'shape_pt_sequence', file, 0, 1e9),
      at: localFromLngLat(projection, lngLat),
    })
  }
  return new Map(
    [...points].map(([id, ofShape]) => [
      id,
      ofShape.sort((a, b) => a.sequence - b.sequence).map(({ at }) => at),
    ]),
  )
}

/**
 * The path of each course, `points` being rows of its calls. All are matched twice: the first time each stop may stand on
 * any link near it and the courses that call there vote; then it stands where most have it.
 */
export function findCourses(
  courses: readonly FeedTrip[][],
  stops: FeedStop[],
  rowOf: ReadonlyMap<string, number>,
  network: RoadNetwork,
  findLinks: LinkFinder,
  shapes: Shapes,
): (MatchedPath | undefined)[] {
  const base = Float64Array.from(network.links.roadClass, (roadClass) => CLASS_COST[roadClass])
  const costPerM = base.slice()
  const findPaths = makePathFinder(network, costPerM, Math.min(...CLASS_COST) * SHAPE_COST)
  const alongShape = new Map<string, number[]>()
  const match = (course: FeedTrip[]): MatchedPath | undefined => {
    const { shapeId, calls } = course[0]
    let followed = alongShape.get(shapeId)
    if (followed === undefined)
      alongShape.set(shapeId, (followed = linksAlong(shapes.get(shapeId) ?? [], network, findLinks)))
    for (const link of followed) costPerM[link] = base[link] * SHAPE_COST
    const path = matchPath(
      pointsOf(
        calls.map(({ stopId }) => rowOf.get(stopId)!),
        stops,
      ),
      findPaths,
    )
    for (const link of followed) costPerM[link] = base[link]
    return path && path.points.length >= calls.length * (1 - MAX_LOST_SHARE) ? path : undefined
  }
  const votes = stops.map(() => new Map<number, number>())
  for (const course of courses) {
    for (const { point, link } of match(course)?.points ?? []) {
      const ofStop = votes[rowOf.get(course[0].calls[point].stopId)!]
      ofStop.set(link, (ofStop.get(link) ?? 0) + course.length)
    }
  }
  stops.forEach((stop, row) => {
    const [best] = [...votes[row]].sort((a, b) => b[1] - a[1] || a[0] - b[0])
    if (best) stop.position = stop.candidates.find(({ link }) => link === best[0])!
    stop.candidates = [{ ...stop.position, penaltyM: 0 }]
  })
  return courses.map(match)
}

function pointsOf(calls: readonly number[], stops: readonly FeedStop[]): MatchPoint[] {
  let dueM = 0
  let last: FeedStop | undefined
  return calls.map((row) => {
    if (row < 0) return { xM: 0, yM: 0, dueM, candidates: [], skipM: SKIP_M }
    const stop = stops[row]
    if (last) dueM += Math.sqrt((stop.xM - last.xM) ** 2 + (stop.yM - last.yM) ** 2)
    last = stop
    return { xM: stop.xM, yM: stop.yM, dueM, candidates: stop.candidates, skipM: SKIP_M }
  })
}

/** The links that a shape runs along, whichever way. */
function linksAlong(
  shape: readonly (readonly [number, number])[],
  network: RoadNetwork,
  findLinks: LinkFinder,
): number[] {
  const { lengthM } = network.links
  const seen = new Map<number, { minM: number; maxM: number }>()
  for (let i = 1; i < shape.length; i++) {
    const [ax, ay] = shape[i - 1]
    const [bx, by] = shape[i]
    const steps = Math.min(
      Math.max(Math.ceil(Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2) / SHAPE_STEP_M), 1),
      1000,
    )
    for (let k = 0; k <= steps; k++) {
      for (const { link, alongM } of findLinks(
        ax + ((bx - ax) * k) / steps,
        ay + ((by - ay) * k) / steps,
        SHAPE_REACH_M,
      )) {
        const span = seen.get(link)
        if (span === undefined) seen.set(link, { minM: alongM, maxM: alongM })
        else {
          span.minM = Math.min(span.minM, alongM)
          span.maxM = Math.max(span.maxM, alongM)
        }
      }
    }
  }
  return [...seen].filter(([link, { minM, maxM }]) => maxM - minM > lengthM[link] / 2).map(([link]) => link)
}
