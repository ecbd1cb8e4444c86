/** The city's own clock: what its time zone adds to UTC, and when a clock time of today is. */

const DAY_MS = 86_400_000

/** Seconds that clocks in `timeZone` (IANA name) add to UTC at `timeMs`. Throws when there is no such zone. */
export function utcOffsetS(timeZone: string, timeMs: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(timeMs)
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value)
  const localMs = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return Math.round((localMs - Math.floor(timeMs / 1000) * 1000) / 1000)
}

/** The moment of clock time `atS` (seconds after midnight) on the city's day at `nowMs`. */
export function momentAt(atS: number, nowMs: number, offsetS: number): number {
  const localMs = nowMs + offsetS * 1000
  return Math.floor(localMs / DAY_MS) * DAY_MS + atS * 1000 - offsetS * 1000
}

/** The same on a day of the calendar, as 2026-11-27. */
export function momentOn(date: string, atS: number, offsetS: number): number {
  return Date.parse(`${date}T00:00:00Z`) + (atS - offsetS) * 1000
}
