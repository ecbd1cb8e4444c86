/** The timetable of a city from its bus stops: lines as the stops' tags name them, else lines of our own; times and headways assumed. */
import type { Projection } from '../../twin/geo/projection.ts'
import { hashText } from '../../twin/kernel/hash.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { Timetable } from '../../twin/transit/timetable.ts'
import { CLASS_COST, makePathFinder, type OnLink, type PathFinder } from './busPaths.ts'
import { corridorsFromTags } from './busLines.ts'
import { callsAlong, fillCalls, layLine, pointsOfDirection, type BusPath, type Call } from './layLine.ts'
import { completeEnds } from './lineEnds.ts'
import { makeLinkFinder, type LinkFinder } from './linkFinder.ts'
import type { OsmExtract } from './osm.ts'
import { collectStops, type Stop } from './stops.ts'
import { synthesiseLines } from './synthesisedLines.ts'
import { writeTimetable, type DrawnPattern } from './drawnTimetable.ts'
import { namedPlaces } from './zoneNames.ts'

/** What it took to make a timetable. */
export interface TransitReport {
  readonly isSynthesised: boolean
  readonly stopsOffNetwork: number
  /** Lines that the tags name, and those of them that could be laid. */
  readonly linesNamed: number
  readonly linesLaid: number
  readonly variants: number
  /** Ends of lines taken on to an assumed terminus. */
  readonly assumedEnds: number
  /** Tagged stops on the paths laid, and those that fit none. */
  readonly knownCalls: number
  readonly droppedCalls: number
  readonly gaps: number
  readonly missingCalls: number
  readonly filledCalls: number
}

/** A city with fewer stops than this on its network has no bus lines; assumed. */
const MIN_STOPS = 4
/** A direction with fewer calls, or shorter, is not run; assumed. */
const MIN_CALLS = 5
const MIN_LENGTH_M = 1500
/** Streets with bus stops are where lines run: a metre of them counts this much of another's. Assumed. */
const STOP_STREET_COST = 0.75

/** Undefined when the extract has too few bus stops on its network. */
export function makeTimetable(
  extract: OsmExtract,
  network: RoadNetwork,
  projection: Projection,
): Timetable | undefined {
  return makeTimetableWithReport(extract, network, projection)?.timetable
}

export function makeTimetableWithReport(
  extract: OsmExtract,
  network: RoadNetwork,
  projection: Projection,
): { timetable: Timetable; report: TransitReport } | undefined {
  const findLinks = makeLinkFinder(network)
  const { stops, offNetwork } = collectStops(extract, network, projection, findLinks)
  if (stops.length < MIN_STOPS) return undefined
  const costs = busCosts(network, stops)
  const findPaths = makePathFinder(network, costs, Math.min(...CLASS_COST) * STOP_STREET_COST)
  const tagged = linesFromTags(stops, network, findLinks, findPaths)
  const isSynthesised = tagged.patterns.length === 0
  const patterns = isSynthesised ? ownLines(stops, network, findPaths) : tagged.patterns
  if (patterns.length === 0) return undefined
  const timetable = writeTimetable(
    stops,
    tagged.position,
    patterns,
    network,
    namedPlaces(extract, projection),
  )
  return { timetable, report: { ...tagged.report, isSynthesised, stopsOffNetwork: offNetwork } }
}

function ownLines(stops: readonly Stop[], network: RoadNetwork, findPaths: PathFinder): DrawnPattern[] {
  const onLink = stopsByLink(stops.map(({ candidates }) => candidates[0]))
  const seed = hashText('bus lines')
  return synthesiseLines(stops, onLink, network.links.lengthM, findPaths, seed).flatMap(({ name, paths }) =>
    paths.map((path, directionId): DrawnPattern => ({ line: name, directionId, path })),
  )
}

/** Lays every line the stops name, and settles where each stop stands. */
function linesFromTags(
  stops: readonly Stop[],
  network: RoadNetwork,
  findLinks: LinkFinder,
  findPaths: PathFinder,
) {
  const { lengthM } = network.links
  const corridors = completeEnds(corridorsFromTags(stops), stops)
  const position: OnLink[] = stops.map(({ candidates }) => candidates[0])
  const laid = corridors.flatMap((corridor) => {
    const directions = corridor.isTwoWay ? ([0, 1] as const) : ([0] as const)
    return directions.map((direction) => {
      const { points, isHint } = pointsOfDirection(corridor, direction)
      const match = layLine(points, isHint, stops, findLinks, findPaths)
      for (const { point, link, alongM } of match?.points ?? []) {
        if (!isHint[point]) position[points[point].stop] = { link, alongM }
      }
      return { line: corridor.line, points, isHint, match }
    })
  })

  const onLink = stopsByLink(position)
  const patterns: DrawnPattern[] = []
  const count = { knownCalls: 0, droppedCalls: 0, gaps: 0, missingCalls: 0, filledCalls: 0 }
  for (const { line, points, isHint, match } of laid) {
    const own = isHint.filter((hint) => !hint).length
    if (match === undefined) {
      count.droppedCalls += own
      continue
    }
    const passed = callsAlong(match.links, onLink, lengthM)
    const startM = runningStarts(match.links, lengthM)
    const anchors = match.points.map(({ point, alongM, pathIndex }) => ({
      distanceM: startM[pathIndex] + alongM,
      order: points[point].order,
      call: isHint[point] ? undefined : { stop: points[point].stop, pathIndex, alongM },
    }))
    const filled = fillCalls(anchors, passed)
    const path = trim(match.links, filled.calls)
    if (path.calls.length < MIN_CALLS || lengthOf(path, lengthM) < MIN_LENGTH_M) {
      count.droppedCalls += own
      continue
    }
    count.knownCalls += filled.known
    count.droppedCalls += own - filled.known
    count.gaps += filled.gaps
    count.missingCalls += filled.missing
    count.filledCalls += filled.filled
    patterns.push({ line, directionId: patterns[patterns.length - 1]?.line === line ? 1 : 0, path })
  }
  const report = {
    linesNamed: new Set(corridors.map(({ line }) => line)).size,
    linesLaid: new Set(patterns.map(({ line }) => line)).size,
    variants: corridors.reduce((sum, { variants }) => sum + variants, 0),
    assumedEnds: corridors.reduce((sum, { assumedEnds }) => sum + assumedEnds.size, 0),
    ...count,
  }
  report.droppedCalls += corridors.reduce((sum, { leftOut }) => sum + leftOut, 0)
  return { patterns, position, report }
}

/** What a metre of each link costs a bus line. */
function busCosts(network: RoadNetwork, stops: readonly Stop[]): Float64Array {
  const costs = Float64Array.from(network.links.roadClass, (roadClass) => CLASS_COST[roadClass])
  for (const link of new Set(stops.map(({ candidates }) => candidates[0].link)))
    costs[link] *= STOP_STREET_COST
  return costs
}

function stopsByLink(positions: readonly OnLink[]): Map<number, (OnLink & { stop: number })[]> {
  const byLink = new Map<number, (OnLink & { stop: number })[]>()
  positions.forEach(({ link, alongM }, stop) => {
    const row = byLink.get(link) ?? []
    byLink.set(link, row)
    row.push({ stop, link, alongM })
  })
  for (const row of byLink.values()) row.sort((a, b) => a.alongM - b.alongM || a.stop - b.stop)
  return byLink
}

/** Metres from the path's start to the start of each of its links. */
function runningStarts(links: readonly number[], lengthM: Float32Array): number[] {
  let sum = 0
  return links.map((link) => (sum += lengthM[link]) - lengthM[link])
}

/** The path from its first call's link to its last's. */
function trim(links: readonly number[], calls: readonly Call[]): BusPath {
  if (calls.length === 0) return { links: [], calls: [] }
  const first = calls[0].pathIndex
  return {
    links: links.slice(first, calls[calls.length - 1].pathIndex + 1),
    calls: calls.map((call) => ({ ...call, pathIndex: call.pathIndex - first })),
  }
}

function lengthOf({ links }: BusPath, lengthM: Float32Array): number {
  return links.reduce((sum, link) => sum + lengthM[link], 0)
}
