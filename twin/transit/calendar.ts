/** Which trips run on which day, and which of them begin in a given second. */
import { dayOfWeek, secondOfDay, TICKS_PER_S, type Clock } from '../kernel/clock.ts'
import { dayBits, type Timetable } from './timetable.ts'

const DAY_S = 86_400
// A bus pulls up to its first stop at this speed, m/s, so as to be there when the trip begins. Assumed.
const APPROACH_MPS = 6
// Planned time to the bus before, where there is none before. Assumed: an hour.
const FIRST_HEADWAY_S = 3600

export interface Calendar {
  /** Trips in the order in which their buses set out, and when each does, seconds after midnight of the service day. */
  readonly trips: Uint32Array
  readonly setOutS: Int32Array
  /** By trip: planned seconds since the trip before on the same pattern. */
  readonly headwayS: Float32Array
  /** Most buses that the timetable has on the road at once. */
  readonly mostBuses: number
}

/** Sorts the trips of a timetable by when their buses set out. */
export function makeCalendar(timetable: Timetable): Calendar {
  const { patterns, patternStops, trips } = timetable
  const count = trips.pattern.length
  const setOut = new Int32Array(count)
  const end = new Int32Array(count)
  for (let trip = 0; trip < count; trip++) {
    const pattern = trips.pattern[trip]
    const first = patterns.firstStop[pattern]
    const leadS = Math.ceil(patternStops.alongM[first] / APPROACH_MPS)
    setOut[trip] = trips.departureS[trip] + patternStops.arrivalS[first] - leadS
    end[trip] = trips.departureS[trip] + patternStops.arrivalS[first + patterns.stopCount[pattern] - 1]
  }
  const order = Uint32Array.from({ length: count }, (_, trip) => trip)
  order.sort((a, b) => setOut[a] - setOut[b] || a - b)
  const headwayS = new Float32Array(count)
  const before = new Map<number, number>()
  for (const trip of order) {
    // days with the same bits have the same trips before them
    const line = trips.pattern[trip] * 8 + trips.days[trip]
    const last = before.get(line)
    headwayS[trip] = last === undefined ? FIRST_HEADWAY_S : Math.max(60, setOut[trip] - last)
    before.set(line, setOut[trip])
  }
  return {
    trips: order,
    setOutS: Int32Array.from(order, (trip) => setOut[trip]),
    headwayS,
    mostBuses: mostAtOnce(setOut, end),
  }
}

/** The bit of `trips.days` for the day `days` after the clock's own. */
export function dayBitOf(clock: Clock, days: number): number {
  const day = (dayOfWeek(clock) + days + 7) % 7
  return day === 6 ? dayBits.sunday : day === 5 ? dayBits.saturday : dayBits.weekday
}

/** Tick of the local midnight `days` after the one that began the clock's day. */
export function midnightTick(clock: Clock, days: number): number {
  return clock.tick + Math.round((days * DAY_S - secondOfDay(clock)) * TICKS_PER_S)
}

/**
 * Calls `begin(trip, midnightTick)` for each trip whose bus sets out in the second that ends at the clock. Trips of yesterday's
 * service day that run past midnight count, and so do tomorrow's whose bus sets out before midnight.
 */
export function forTripsSettingOut(
  timetable: Timetable,
  calendar: Calendar,
  clock: Clock,
  begin: (trip: number, midnightTick: number) => void,
): void {
  const nowS = Math.floor(secondOfDay(clock))
  for (let days = -1; days <= 1; days++) {
    const bit = dayBitOf(clock, days)
    const dueS = nowS - days * DAY_S
    const midnight = midnightTick(clock, days)
    for (let i = firstAtLeast(calendar.setOutS, dueS); calendar.setOutS[i] === dueS; i++) {
      const trip = calendar.trips[i]
      if ((timetable.trips.days[trip] & bit) !== 0) begin(trip, midnight)
    }
  }
}

/** First row of a rising column that is at least `value`; its length when none is. */
export function firstAtLeast(rising: Int32Array, value: number): number {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rising[middle] >= value) high = middle
    else low = middle + 1
  }
  return low
}

function mostAtOnce(from: Int32Array, to: Int32Array): number {
  const starts = from.slice().sort()
  const ends = to.slice().sort()
  let most = 0
  let ended = 0
  for (let i = 0; i < starts.length; i++) {
    while (ends[ended] < starts[i]) ended++
    most = Math.max(most, i + 1 - ended)
  }
  return most
}
