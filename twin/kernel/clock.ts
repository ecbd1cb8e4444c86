/** The twin's only notion of time: whole ticks since the run began. Hosts move it; domains read it. */

/** Ticks in one second. Traffic is event-driven on ticks of 20 ms; an i32 of them lasts 497 days. */
export const TICKS_PER_S = 50

/** Seconds between two steps of the domains. */
export const STEP_S = 1

export interface Clock {
  /** Ticks since the start of the run. */
  tick: number
  /** Unix time of tick 0, whole milliseconds. */
  readonly startMs: number
  /** What the city's clocks add to UTC, seconds. */
  readonly utcOffsetS: number
}

const DAY_S = 86_400

/** Unix time of `tick`, whole milliseconds. */
export function timeMsAt(clock: Clock, tick: number): number {
  return clock.startMs + tick * (1000 / TICKS_PER_S)
}

/** Seconds since local midnight, 0 up to (not including) 86,400. */
export function secondOfDay(clock: Clock): number {
  const localS = timeMsAt(clock, clock.tick) / 1000 + clock.utcOffsetS
  return localS - Math.floor(localS / DAY_S) * DAY_S
}

/** Local day of the week, 0 = Monday … 6 = Sunday. Unix time began on a Thursday. */
export function dayOfWeek(clock: Clock): number {
  const localDay = Math.floor((timeMsAt(clock, clock.tick) / 1000 + clock.utcOffsetS) / DAY_S)
  return (((localDay + 3) % 7) + 7) % 7
}

/** Hours since local midnight of 1 January, 0 … 8783, by the Gregorian calendar. */
export function hourOfYear(clock: Clock): number {
  const localS = Math.floor(timeMsAt(clock, clock.tick) / 1000 + clock.utcOffsetS)
  const day = Math.floor(localS / DAY_S)
  return (day - firstDayOfYear(day)) * 24 + Math.floor((localS - day * DAY_S) / 3600)
}

/** Days since 1970-01-01 of the 1 January at or before `day`. */
function firstDayOfYear(day: number): number {
  let year = 1970 + Math.floor(day / 365.2425)
  if (daysBefore(year) > day) year--
  if (daysBefore(year + 1) <= day) year++
  return daysBefore(year)
}

/** Days from 1970-01-01 to 1 January of `year`. */
function daysBefore(year: number): number {
  const y = year - 1
  return 365 * (year - 1970) + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) - 477
}
