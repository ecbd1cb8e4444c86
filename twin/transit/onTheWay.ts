/** Where a trip is by its timetable, so that a city can begin with its buses already on their way. */
import type { Calendar } from './calendar.ts'
import { dayBitOf, firstAtLeast, midnightTick } from './calendar.ts'
import { secondOfDay, type Clock } from '../kernel/clock.ts'
import type { Timetable } from './timetable.ts'

// No trip takes longer than this from end to end, seconds, delay included. Assumed.
const LONGEST_TRIP_S = 4 * 3600

/**
 * The link of its path that a trip of `pattern` is on `afterS` seconds after its start, counted from 0, and its next stop;
 * undefined once it has reached its last. Between two stops it moves evenly.
 */
export function placeOnWay(
  timetable: Timetable,
  pattern: number,
  afterS: number,
  linkLengthM: Float32Array,
): { pathIndex: number; nextStop: number } | undefined {
  const { patterns, patternStops, patternLinks } = timetable
  const first = patterns.firstStop[pattern]
  const last = first + patterns.stopCount[pattern] - 1
  if (afterS >= patternStops.arrivalS[last]) return undefined
  let left = first - 1
  while (patternStops.departureS[left + 1] <= afterS) left++
  if (left < first) return { pathIndex: 0, nextStop: 0 }
  const next = left + 1
  const runS = patternStops.arrivalS[next] - patternStops.departureS[left]
  const share = runS > 0 ? Math.min(1, (afterS - patternStops.departureS[left]) / runS) : 1
  const lengthOf = (index: number) => linkLengthM[patternLinks.link[patterns.firstLink[pattern] + index]]
  let wayM = patternStops.alongM[next] - patternStops.alongM[left]
  for (let i = patternStops.pathIndex[left]; i < patternStops.pathIndex[next]; i++) wayM += lengthOf(i)
  // from the start of the link of the stop left behind
  let doneM = patternStops.alongM[left] + share * wayM
  let index = patternStops.pathIndex[left]
  while (index < patternStops.pathIndex[next] && doneM >= lengthOf(index)) doneM -= lengthOf(index++)
  return { pathIndex: index, nextStop: next - first }
}

/** Calls `found(trip, midnightTick)` for each trip that has set out at most LONGEST_TRIP_S before the clock. */
export function forTripsUnderWay(
  timetable: Timetable,
  calendar: Calendar,
  clock: Clock,
  found: (trip: number, midnightTick: number) => void,
): void {
  const nowS = Math.floor(secondOfDay(clock))
  for (let days = -1; days <= 1; days++) {
    const bit = dayBitOf(clock, days)
    const toS = nowS - days * 86_400
    const midnight = midnightTick(clock, days)
    const from = firstAtLeast(calendar.setOutS, toS - LONGEST_TRIP_S)
    for (let i = from; i < calendar.setOutS.length && calendar.setOutS[i] <= toS; i++) {
      const trip = calendar.trips[i]
      if ((timetable.trips.days[trip] & bit) !== 0) found(trip, midnight)
    }
  }
}
