/** A timetable whose buses leave some links out, with the stops there; they find their way round them by themselves. */
import type { Timetable } from './timetable.ts'

/**
 * The rows of trips stay what they are; those of a pattern that keeps fewer than two stops run on no day. Times at the stops that
 * are left stay as planned.
 */
export function withoutLinks(timetable: Timetable, isGone: ReadonlySet<number>): Timetable {
  const { patterns, patternLinks, patternStops, trips } = timetable
  const count = patterns.route.length
  const firstLink = new Uint32Array(count)
  const linkCount = new Uint16Array(count)
  const firstStop = new Uint32Array(count)
  const stopCount = new Uint16Array(count)
  const isLeft = new Uint8Array(count)
  const links: number[] = []
  const stops: { readonly row: number; readonly pathIndex: number }[] = []
  for (let pattern = 0; pattern < count; pattern++) {
    const path = range(patterns.firstLink[pattern], patterns.linkCount[pattern])
    const calls = range(patterns.firstStop[pattern], patterns.stopCount[pattern])
    const isOn = (row: number) => !isGone.has(patternLinks.link[path[patternStops.pathIndex[row]]])
    isLeft[pattern] = calls.filter(isOn).length >= 2 ? 1 : 0
    // a pattern that nobody drives any more keeps its links and stops
    const keeps = (row: number) => isLeft[pattern] === 0 || !isGone.has(patternLinks.link[row])
    const indexOf = new Map(path.filter(keeps).map((row, index) => [row, index]))
    firstLink[pattern] = links.length
    linkCount[pattern] = indexOf.size
    firstStop[pattern] = stops.length
    for (const row of indexOf.keys()) links.push(patternLinks.link[row])
    for (const row of calls) {
      const pathIndex = indexOf.get(path[patternStops.pathIndex[row]])
      if (pathIndex !== undefined) stops.push({ row, pathIndex })
    }
    stopCount[pattern] = stops.length - firstStop[pattern]
  }
  return {
    ...timetable,
    patterns: { ...patterns, firstLink, linkCount, firstStop, stopCount },
    patternLinks: { link: Uint32Array.from(links) },
    patternStops: {
      stop: Uint32Array.from(stops, ({ row }) => patternStops.stop[row]),
      pathIndex: Uint16Array.from(stops, ({ pathIndex }) => pathIndex),
      alongM: Float32Array.from(stops, ({ row }) => patternStops.alongM[row]),
      arrivalS: Uint32Array.from(stops, ({ row }) => patternStops.arrivalS[row]),
      departureS: Uint32Array.from(stops, ({ row }) => patternStops.departureS[row]),
    },
    trips: { ...trips, days: trips.days.map((days, trip) => (isLeft[trips.pattern[trip]] === 0 ? 0 : days)) },
  }
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i)
}
