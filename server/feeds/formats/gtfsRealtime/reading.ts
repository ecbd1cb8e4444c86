/** What the rules of GTFS-Realtime share: the times of entities, and the trip they name. Rules are named as MobilityData's validator names them. */
import type { Deviations } from '../../deviations.ts'
import { isTime } from '../../plausible.ts'
import type { TripDescriptor } from './message.ts'

export interface Reading {
  readonly nowMs: number
  /** Of the message; NaN or 0 when it has none. */
  readonly headerS: number
  readonly deviations: Deviations
}

/** Clocks may differ by so much. */
const FUTURE_S = 60

/** Unix ms of an entity's timestamp; NaN when it has none that can be. */
export function entityTimeMs(timestampS: number, where: string, reading: Reading): number {
  const { nowMs, headerS, deviations } = reading
  if (!(timestampS > 0)) {
    deviations.add('W001', 'warning', where, undefined, 'a timestamp')
    return NaN
  }
  if (headerS > 0 && timestampS > headerS)
    deviations.add('E012', 'error', where, timestampS, `at most the header's ${headerS}`)
  if (!isPosix(timestampS, where, reading)) return NaN
  if (isFuture(timestampS, nowMs)) {
    deviations.add('E050', 'error', where, timestampS, `at most now, ${Math.round(nowMs / 1000)}`)
    return NaN
  }
  return timestampS * 1000
}

export function isPosix(timeS: number, where: string, { nowMs, deviations }: Reading): boolean {
  if (isTime(timeS * 1000, nowMs)) return true
  deviations.add('E001', 'error', where, timeS, 'POSIX seconds within ten years of now')
  return false
}

export function isFuture(timeS: number, nowMs: number): boolean {
  return timeS * 1000 > nowMs + FUTURE_S * 1000
}

/** A number of each, as a column. */
export function columnOf<T>(rows: readonly T[], numberOf: (row: T) => number): Float64Array {
  const column = new Float64Array(rows.length)
  rows.forEach((row, i) => (column[i] = numberOf(row)))
  return column
}

export interface TripName {
  readonly tripId: string
  readonly routeId: string
  readonly startDate: string
  readonly startTime: string
}

/** How an entity names its trip; what is no date or time of day is noted and left out. */
export function tripName(trip: TripDescriptor | undefined, where: string, deviations: Deviations): TripName {
  let { startDate = '', startTime = '' } = trip ?? {}
  if (startTime !== '' && !/^\d{1,3}:[0-5]\d:[0-5]\d$/.test(startTime)) {
    deviations.add('E020', 'error', where, startTime, 'a start_time as HH:MM:SS')
    startTime = ''
  }
  if (startDate !== '' && !/^\d{8}$/.test(startDate)) {
    deviations.add('E021', 'error', where, startDate, 'a start_date as YYYYMMDD')
    startDate = ''
  }
  return { tripId: trip?.tripId ?? '', routeId: trip?.routeId ?? '', startDate, startTime }
}
