/** What a city's clocks add to UTC, for a page that has no server to tell it. */

const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const

/** The last millisecond of a day ('2026-11-28') on the clocks of `timeZone`, epoch milliseconds. Throws when there is no such day or zone. */
export function endOfDayMs(day: string, timeZone: string): number {
  const asUtcMs = new Date(`${day}T23:59:59.999Z`).getTime()
  // the offset is that of the evening itself, which that of UTC's evening may miss where clocks change
  const nearlyMs = asUtcMs - offsetOfZoneS(timeZone, asUtcMs) * 1000
  return asUtcMs - offsetOfZoneS(timeZone, nearlyMs) * 1000
}

/** Seconds at `timeMs` in `timeZone` (IANA name). Throws when there is no such zone. */
export function offsetOfZoneS(timeZone: string, timeMs: number): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = format.formatToParts(timeMs)
  const [year, month, day, hour, minute, second] = PARTS.map((type) =>
    Number(parts.find((part) => part.type === type)?.value),
  )
  return Math.round(
    (Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(timeMs / 1000) * 1000) / 1000,
  )
}
