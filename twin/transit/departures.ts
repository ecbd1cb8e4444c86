/** The next departures at a stop: as planned, and as expected from the delay that the bus has now. */
import { timeMsAt, type Clock } from '../kernel/clock.ts'
import type { Columns } from '../kernel/table.ts'
import { dayBitOf, midnightTick } from './calendar.ts'
import { NO_TRIP, type transitVehicleTable } from './tables.ts'
import type { Timetable } from './timetable.ts'

export interface Departure {
  readonly trip: number
  /** Row of patternStops. */
  readonly patternStop: number
  readonly plannedMs: number
  readonly expectedMs: number
  /** Behind the timetable, seconds; 0 for a bus that has not set out. */
  readonly delayS: number
  /** Row of transit.vehicles; undefined while it is not on the road. */
  readonly bus: number | undefined
}

/** Which patterns call at each stop, and the trips of each pattern by departure. */
export interface DepartureIndex {
  readonly timetable: Timetable
  readonly callsOfStop: readonly (readonly { pattern: number; patternStop: number }[])[]
  readonly tripsOfPattern: readonly Uint32Array[]
}

const TICK_MS = 20
// A bus so much later than this after its time is not coming any more, seconds.
const GIVEN_UP_S = 3600

/** Sorts a timetable by stop, once. */
export function makeDepartureIndex(timetable: Timetable): DepartureIndex {
  const { patterns, patternStops, stops, trips } = timetable
  const callsOfStop: { pattern: number; patternStop: number }[][] = Array.from(
    { length: stops.xM.length },
    () => [],
  )
  for (let pattern = 0; pattern < patterns.route.length; pattern++) {
    const first = patterns.firstStop[pattern]
    // nobody gets on where the trip ends
    for (let patternStop = first; patternStop < first + patterns.stopCount[pattern] - 1; patternStop++) {
      callsOfStop[patternStops.stop[patternStop]].push({ pattern, patternStop })
    }
  }
  const lists: number[][] = Array.from({ length: patterns.route.length }, () => [])
  trips.pattern.forEach((pattern, trip) => lists[pattern].push(trip))
  const tripsOfPattern = lists.map((list) =>
    Uint32Array.from(list).sort((a, b) => trips.departureS[a] - trips.departureS[b]),
  )
  return { timetable, callsOfStop, tripsOfPattern }
}

/** At most `limit` departures at `stop` from now on, the soonest first. A bus that has passed the stop is not among them. */
export function departuresAt(
  index: DepartureIndex,
  buses: { readonly rows: number; readonly columns: Columns<typeof transitVehicleTable.columns> },
  clock: Clock,
  stop: number,
  limit: number,
): Departure[] {
  const { trips, patterns, patternStops } = index.timetable
  const nowMs = timeMsAt(clock, clock.tick)
  const rowOfTrip = new Map<number, number>()
  for (let row = 0; row < buses.rows; row++) {
    if (buses.columns.trip[row] !== NO_TRIP) rowOfTrip.set(buses.columns.trip[row], row)
  }
  const found: Departure[] = []
  for (const { pattern, patternStop } of index.callsOfStop[stop] ?? []) {
    for (let days = -1; days <= 1; days++) {
      const bit = dayBitOf(clock, days)
      const midnightMs = nowMs + (midnightTick(clock, days) - clock.tick) * TICK_MS
      let taken = 0
      for (const trip of index.tripsOfPattern[pattern]) {
        if ((trips.days[trip] & bit) === 0) continue
        const plannedMs = midnightMs + (trips.departureS[trip] + patternStops.departureS[patternStop]) * 1000
        if (plannedMs < nowMs - GIVEN_UP_S * 1000) continue
        if (taken === limit) break
        // a trip number comes back every day: the bus on the road is today's when it is due about now
        const row = Math.abs(plannedMs - nowMs) < DAY_HALF_MS ? rowOfTrip.get(trip) : undefined
        if (row === undefined) {
          if (plannedMs < nowMs) continue
          found.push({ trip, patternStop, plannedMs, expectedMs: plannedMs, delayS: 0, bus: undefined })
        } else {
          if (buses.columns.nextStop[row] > patternStop - patterns.firstStop[pattern]) continue
          // never early: it waits for its time at every stop
          const delayS = Math.max(0, Math.round(buses.columns.delayS[row]))
          const expectedMs = Math.max(nowMs, plannedMs + delayS * 1000)
          found.push({ trip, patternStop, plannedMs, expectedMs, delayS, bus: row })
        }
        taken++
      }
    }
  }
  return found.sort((a, b) => a.expectedMs - b.expectedMs || a.trip - b.trip).slice(0, limit)
}

const DAY_HALF_MS = 43_200_000
