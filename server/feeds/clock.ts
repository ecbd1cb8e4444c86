/** What a clock on the wall shows as Unix ms: by its time zone, summer time and all, else by a fixed offset. */
import { FeedError, type ReadOptions } from './format.ts'
import { hasZone, isTime, timeOf } from './plausible.ts'

/** From what it shows, written as if it were UTC. */
export type Clock = (wallMs: number) => number

/** Time zones change their clocks at whole halves of an hour. */
const HALF_HOUR_MS = 1_800_000

/** Throws FeedError when there is no such IANA time zone. The hour that comes twice in autumn is taken as the second. */
export function clockOf(timeZone: string | undefined, options: ReadOptions): Clock {
  const { nowMs, utcOffsetS } = options
  if (timeZone === undefined) return (wallMs) => wallMs - utcOffsetS * 1000
  const format = formatOf(timeZone)
  const known = new Map<number, number>()
  const offsetMsAt = (timeMs: number) => {
    const halfHour = Math.floor(timeMs / HALF_HOUR_MS)
    let offsetMs = known.get(halfHour)
    if (offsetMs === undefined) known.set(halfHour, (offsetMs = offsetMsOf(format, halfHour * HALF_HOUR_MS)))
    return offsetMs
  }
  return (wallMs) =>
    isTime(wallMs, nowMs) ? wallMs - offsetMsAt(wallMs - offsetMsAt(wallMs)) : wallMs - utcOffsetS * 1000
}

/** An ISO 8601 time; one that names its zone is taken at its word. NaN when it is none. */
export function momentOf(text: string, clock: Clock): number {
  const wallMs = timeOf(text, 0)
  return hasZone(text) ? wallMs : clock(wallMs)
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  } catch {
    throw new FeedError(`settings: timeZone is ${timeZone}, the name of an IANA time zone is due`)
  }
}

function offsetMsOf(format: Intl.DateTimeFormat, timeMs: number): number {
  const name = format.formatToParts(timeMs).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours = '0', minutes = '0', seconds = '0'] =
    /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}
