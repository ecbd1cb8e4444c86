/** `/api/stops/<row>/departures`: what leaves a stop next, by the timetable and by the buses on the road. */
import { Router as makeRouter, type Router } from 'express'
import type { Table } from '../../twin/kernel/table.ts'
import { dayBits, type Timetable } from '../../twin/transit/timetable.ts'
import { NO_TRIP, transitVehicleTable } from '../../twin/transit/tables.ts'
import { stillStarting, type ApiContext } from './context.ts'

const DAY_S = 86_400
const SHOWN = 12
// How far ahead a departure is worth showing.
const HORIZON_S = 2 * 3600
// A bus may be this late and still be the trip of its own service day.
const MOST_LATE_S = 3 * 3600

export interface Departure {
  readonly route: string
  readonly headsign: string
  readonly plannedMs: number
  readonly expectedMs: number
  readonly delayS: number
  /** From a bus on the road; otherwise the plan alone. */
  readonly isLive: boolean
}

interface Call {
  readonly pattern: number
  readonly sequence: number
  readonly afterS: number
}

export class DepartureBoard {
  private readonly timetable: Timetable
  private readonly calls: Call[][]
  private readonly tripsOfPattern: number[][]

  constructor(timetable: Timetable) {
    this.timetable = timetable
    this.calls = callsOf(timetable)
    this.tripsOfPattern = timetable.patterns.route.length === 0 ? [] : tripsOf(timetable)
  }

  get stops(): number {
    return this.calls.length
  }

  /** The next departures at `stop`, soonest first. */
  next(
    stop: number,
    timeMs: number,
    utcOffsetS: number,
    buses: Table<typeof transitVehicleTable.columns>,
  ): Departure[] {
    const localS = timeMs / 1000 + utcOffsetS
    const today = Math.floor(localS / DAY_S)
    const busOfTrip = busesByTrip(buses)
    const found: Departure[] = []
    for (const { pattern, sequence, afterS } of this.calls[stop]) {
      for (const trip of this.tripsOfPattern[pattern]) {
        for (const day of [today - 1, today, today + 1]) {
          if ((this.timetable.trips.days[trip] & dayBit(day)) === 0) continue
          const plannedS = day * DAY_S + this.timetable.trips.departureS[trip] + afterS
          if (plannedS < localS - MOST_LATE_S || plannedS > localS + HORIZON_S) continue
          const bus = busOfTrip.get(trip)
          if (bus !== undefined && buses.columns.nextStop[bus] > sequence) continue
          const delayS = bus === undefined ? 0 : buses.columns.delayS[bus]
          const expectedS = plannedS + Math.max(0, delayS)
          if (expectedS < localS && bus === undefined) continue
          found.push({
            ...this.labelOf(pattern),
            plannedMs: (plannedS - utcOffsetS) * 1000,
            expectedMs: Math.round((Math.max(expectedS, localS) - utcOffsetS) * 1000),
            delayS,
            isLive: bus !== undefined,
          })
        }
      }
    }
    return found.sort((a, b) => a.expectedMs - b.expectedMs).slice(0, SHOWN)
  }

  private labelOf(pattern: number): { route: string; headsign: string } {
    const { patterns, routes } = this.timetable
    return { route: routes.shortName[patterns.route[pattern]], headsign: patterns.headsign[pattern] }
  }
}

export function departureRoutes(context: ApiContext): Router {
  const router = makeRouter()
  let board: DepartureBoard | undefined

  router.get('/api/stops/:row/departures', (request, response) => {
    const { live, city } = context
    const { timeMs, facts } = live
    if (city === undefined || timeMs === undefined || facts === undefined) return stillStarting(response)
    if (city.timetable !== undefined) board ??= new DepartureBoard(city.timetable)
    const stop = Number(request.params.row)
    if (board === undefined || !Number.isInteger(stop) || stop < 0 || stop >= board.stops) {
      response.status(404).json({ error: `there is no stop ${request.params.row}` })
      return
    }
    const next = board.next(stop, timeMs, facts.utcOffsetS, live.table(transitVehicleTable))
    response.set('Cache-Control', 'no-store').json(next)
  })

  return router
}

/** The bit of `trips.days` for a day counted from 1970-01-01, a Thursday. */
function dayBit(day: number): number {
  const weekday = (day + 3) % 7
  return weekday === 5 ? dayBits.saturday : weekday === 6 ? dayBits.sunday : dayBits.weekday
}

function callsOf({ stops, patterns, patternStops }: Timetable): Call[][] {
  const calls: Call[][] = Array.from({ length: stops.link.length }, () => [])
  for (let pattern = 0; pattern < patterns.route.length; pattern++) {
    // nobody boards at the last stop
    for (let sequence = 0; sequence < patterns.stopCount[pattern] - 1; sequence++) {
      const row = patterns.firstStop[pattern] + sequence
      calls[patternStops.stop[row]].push({ pattern, sequence, afterS: patternStops.departureS[row] })
    }
  }
  return calls
}

function tripsOf({ patterns, trips }: Timetable): number[][] {
  const rows: number[][] = Array.from({ length: patterns.route.length }, () => [])
  for (let trip = 0; trip < trips.pattern.length; trip++) rows[trips.pattern[trip]].push(trip)
  return rows
}

function busesByTrip(buses: Table<typeof transitVehicleTable.columns>): Map<number, number> {
  const rows = new Map<number, number>()
  for (let bus = 0; bus < buses.rows; bus++)
    if (buses.columns.trip[bus] !== NO_TRIP) rows.set(buses.columns.trip[bus], bus)
  return rows
}
