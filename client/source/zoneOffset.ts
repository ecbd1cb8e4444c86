/** What a city's clocks add to UTC, for a page that has no server to tell it. */

const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const

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
