/** A moment of a page that may be read years later. */
import { formatClock, formatDay } from '../../language/format.ts'

/** «Friday, 27 November 2026, 18:04». */
export function momentOf(timeMs: number, timeZone: string): string {
  return `${formatDay(timeMs, timeZone)} ${new Date(timeMs).getUTCFullYear()}, ${formatClock(timeMs, timeZone)}`
}
