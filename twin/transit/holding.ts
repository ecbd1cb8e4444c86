/**
 * Holding: a bus that has come too near the one ahead of it on its route waits at timing points until so much of the planned
 * headway has passed since that one left, and never longer than a cap. It is headway control by a threshold, of the family that
 * sets how long a bus is held at control points by the headways there are, not by the timetable (Daganzo 2009, "A headway-based
 * approach to eliminate bus bunching", Transportation Research Part B 43(10), 913 to 921).
 *
 * A pattern's timing points are its first stop, every so many stops after it, and each where the timetable itself has the bus
 * stand; never its last, where nobody gets on.
 */
import { firstAtLeast } from './calendar.ts'
import { dayBits, type Timetable } from './timetable.ts'

/** Who is planned to stand so long between arriving and leaving stands at a timing point, seconds. Assumed. */
const LAYOVER_S = 60

export interface TimingPoint {
  /** Rows of patternStops at which buses of the route stop here in the same direction: whoever left last is the bus ahead. */
  readonly calls: readonly number[]
  /** By bit of `dayBits`: when they are planned to leave, seconds after midnight of the service day, rising. */
  readonly departureS: ReadonlyMap<number, Int32Array>
}

/** By row of patternStops, the timing points of all routes of which `everyStops`, a value a route, is not 0. */
export function timingPointsOf(
  timetable: Timetable,
  everyStops: Float64Array,
): ReadonlyMap<number, TimingPoint> {
  const points = new Map<number, TimingPoint>()
  everyStops.forEach((every, route) => {
    if (every === 0) return
    const { patterns, trips } = timetable
    const ofRoute = [...trips.pattern.keys()].filter((trip) => patterns.route[trips.pattern[trip]] === route)
    for (const calls of callsOf(timetable, route).values()) {
      const held = calls.filter((call) => isTimingPoint(timetable, call, every))
      if (held.length === 0) continue
      const point = {
        calls: calls.map(({ row }) => row),
        departureS: departuresOf(timetable, ofRoute, calls),
      }
      for (const { row } of held) points.set(row, point)
    }
  })
  return points
}

/** Stops at which some buses of a route are held, each once. */
export function timingStopsOf(timetable: Timetable, route: number, every: number): number[] {
  const held = [...callsOf(timetable, route).values()]
    .flat()
    .filter((call) => isTimingPoint(timetable, call, every))
  return [...new Set(held.map(({ row }) => timetable.patternStops.stop[row]))]
}

/** Planned seconds since the bus before, of one that leaves at `plannedS` on such a day; 0 for the first, and for two that leave together. */
export function plannedHeadwayS({ departureS }: TimingPoint, dayBit: number, plannedS: number): number {
  const times = departureS.get(dayBit)!
  return plannedS - (times[firstAtLeast(times, plannedS + 1) - 2] ?? plannedS)
}

interface Call {
  readonly pattern: number
  /** Of patternStops. */
  readonly row: number
}

/** By direction and stop, where patterns of a route let people on. */
function callsOf({ patterns, patternStops }: Timetable, route: number): Map<string, Call[]> {
  const calls = new Map<string, Call[]>()
  for (let pattern = 0; pattern < patterns.route.length; pattern++) {
    if (patterns.route[pattern] !== route) continue
    const first = patterns.firstStop[pattern]
    for (let row = first; row < first + patterns.stopCount[pattern] - 1; row++) {
      const key = `${patterns.directionId[pattern]} ${patternStops.stop[row]}`
      calls.set(key, [...(calls.get(key) ?? []), { pattern, row }])
    }
  }
  return calls
}

function isTimingPoint(
  { patterns, patternStops }: Timetable,
  { pattern, row }: Call,
  every: number,
): boolean {
  const standsS = patternStops.departureS[row] - patternStops.arrivalS[row]
  return (row - patterns.firstStop[pattern]) % every === 0 || standsS >= LAYOVER_S
}

/** When trips `ofRoute` leave, by bit of their days. */
function departuresOf(
  { patternStops, trips }: Timetable,
  ofRoute: readonly number[],
  calls: readonly Call[],
): Map<number, Int32Array> {
  const rowsOf = new Map<number, number[]>()
  for (const { pattern, row } of calls) rowsOf.set(pattern, [...(rowsOf.get(pattern) ?? []), row])
  const leaving = (bit: number) => {
    const times = ofRoute
      .filter((trip) => (trips.days[trip] & bit) !== 0)
      .flatMap((trip) =>
        (rowsOf.get(trips.pattern[trip]) ?? []).map(
          (row) => trips.departureS[trip] + patternStops.departureS[row],
        ),
      )
    return Int32Array.from(times).sort()
  }
  return new Map(Object.values(dayBits).map((bit) => [bit, leaving(bit)]))
}
