/** Figures of a timetable, for a summary: its size, its buses at the peak, and whether it holds together. */
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import { dayBits, type Timetable } from '../../twin/transit/timetable.ts'
import type { TransitReport } from './transit.ts'

export interface TimetableFacts {
  readonly lines: number
  readonly patterns: number
  readonly stopsServed: number
  readonly pathKm: number
  readonly weekdayTrips: number
  readonly peakBuses: number
  /** Seconds after midnight of a weekday. */
  readonly peakS: number
  /** Mean speed from first to last stop over all weekday trips, km/h. */
  readonly meanKmh: number
}

/** Counts a timetable. Buses at the peak are the weekday trips under way at once, at the busiest minute. */
export function timetableFacts(timetable: Timetable, network: RoadNetwork): TimetableFacts {
  const { patterns, patternLinks, patternStops, trips } = timetable
  const lengthsM = Array.from(patterns.firstLink, (first, pattern) =>
    patternLinks.link
      .subarray(first, first + patterns.linkCount[pattern])
      .reduce((sum, link) => sum + network.links.lengthM[link], 0),
  )
  const durationsS = Array.from(
    patterns.firstStop,
    (first, pattern) => patternStops.arrivalS[first + patterns.stopCount[pattern] - 1],
  )
  const changes: [timeS: number, by: number][] = []
  let weekdayTrips = 0
  let drivenM = 0
  let drivenS = 0
  trips.pattern.forEach((pattern, trip) => {
    if ((trips.days[trip] & dayBits.weekday) === 0) return
    weekdayTrips++
    drivenM += lengthsM[pattern]
    drivenS += durationsS[pattern]
    changes.push([trips.departureS[trip], 1], [trips.departureS[trip] + durationsS[pattern], -1])
  })
  changes.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  let running = 0
  let peakBuses = 0
  let peakS = 0
  for (const [timeS, by] of changes) {
    running += by
    if (running > peakBuses) {
      peakBuses = running
      peakS = timeS
    }
  }
  return {
    lines: timetable.routes.shortName.length,
    patterns: patterns.route.length,
    stopsServed: new Set(patternStops.stop).size,
    pathKm: lengthsM.reduce((sum, lengthM) => sum + lengthM, 0) / 1000,
    weekdayTrips,
    peakBuses,
    peakS,
    meanKmh: drivenS > 0 ? (drivenM / drivenS) * 3.6 : 0,
  }
}

/** A few lines for people about a timetable and how it was made. */
export function timetableSummary(
  timetable: Timetable,
  network: RoadNetwork,
  report: TransitReport,
): string[] {
  const facts = timetableFacts(timetable, network)
  const origin = report.isSynthesised
    ? 'lines synthesised from the stops alone'
    : `${report.linesLaid} of ${report.linesNamed} lines that the stops name (${report.variants} variants)`
  const first =
    `bus lines: ${origin}; ${facts.patterns} patterns, ${Math.round(facts.pathKm)} km, ` +
    `${facts.stopsServed} of ${timetable.stops.name.length} stops served (${report.stopsOffNetwork} off the network), ` +
    `${facts.weekdayTrips} trips on a weekday, ${facts.peakBuses} buses at the peak`
  if (report.isSynthesised) return [first]
  return [
    first,
    `bus lines: ${report.knownCalls} tagged stops laid, ${report.droppedCalls} fit no path and were dropped; ` +
      `${report.gaps} gaps, with ${report.filledCalls} of ${report.missingCalls} missing stops filled along the network; ` +
      `${report.assumedEnds} ends taken on to an assumed terminus`,
  ]
}

/** What breaks a timetable on its network, in words; empty when every path is connected and every stop lies on its path in order. */
export function timetableFaults(timetable: Timetable, network: RoadNetwork): string[] {
  const { patterns, patternLinks, patternStops, stops } = timetable
  const { fromNode, toNode, lengthM } = network.links
  const faults: string[] = []
  for (let pattern = 0; pattern < patterns.route.length; pattern++) {
    const where = `pattern ${pattern} (${timetable.routes.shortName[patterns.route[pattern]]})`
    const first = patterns.firstLink[pattern]
    for (let i = first + 1; i < first + patterns.linkCount[pattern]; i++) {
      if (toNode[patternLinks.link[i - 1]] !== fromNode[patternLinks.link[i]])
        faults.push(`${where}: link ${i - first} does not follow on the one before`)
    }
    let lastPath = -1
    let lastAlongM = 0
    let lastS = 0
    for (let call = 0; call < patterns.stopCount[pattern]; call++) {
      const row = patterns.firstStop[pattern] + call
      const at = patternStops.pathIndex[row]
      const link = patternLinks.link[first + at]
      const alongM = patternStops.alongM[row]
      if (at >= patterns.linkCount[pattern]) faults.push(`${where}: call ${call} lies beyond the path`)
      else if (link !== stops.link[patternStops.stop[row]])
        faults.push(`${where}: call ${call} is not on its stop's link`)
      if (alongM < 0 || alongM > lengthM[link] + 0.01) faults.push(`${where}: call ${call} lies off its link`)
      if (at < lastPath || (at === lastPath && alongM < lastAlongM))
        faults.push(`${where}: call ${call} lies before the last`)
      if (patternStops.arrivalS[row] < lastS || patternStops.departureS[row] < patternStops.arrivalS[row])
        faults.push(`${where}: call ${call} is timed before the last`)
      lastPath = at
      lastAlongM = alongM
      lastS = patternStops.departureS[row]
    }
  }
  return faults
}
