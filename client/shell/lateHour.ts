/** When little moves, and the hour that is offered in its place. */

const LATE_FROM_H = 22
const LATE_TO_H = 6
/** The height of the evening, seconds after midnight. */
export const EVENING_S = 18 * 3600

/** Whether the city's clock, `localMs` of its own time zone, stands in the hours when little moves. */
export function isLate(localMs: number): boolean {
  const hour = new Date(localMs).getUTCHours()
  return hour >= LATE_FROM_H || hour < LATE_TO_H
}

/** «18:00» of seconds after midnight. */
export function clockOf(atS: number): string {
  const minutes = Math.round(atS / 60)
  return `${Math.floor(minutes / 60)}:${`${minutes % 60}`.padStart(2, '0')}`
}
