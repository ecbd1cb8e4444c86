/**
 * How many alarms an operator is given: no more than ten in any ten minutes (ISA-18.2, EEMUA 191). As the span fills, what is of
 * less weight waits, so that there is always room for what is grave.
 */
import { TICKS_PER_S } from '../kernel/clock.ts'
import type { Priority } from './catalogue.ts'

export const SPAN_TICKS = 600 * TICKS_PER_S
/** Annunciations within the span, of all priorities, up to which one of this priority may still be made. */
export const roomFor: Readonly<Record<Priority, number>> = { critical: 10, high: 8, medium: 6 }

/** Whether an alarm of `priority` may be annunciated at `tick`; `ticks` are those of the latest annunciations, in any order. */
export function isRoom(priority: Priority, ticks: Int32Array, tick: number): boolean {
  let within = 0
  for (const at of ticks) if (at > tick - SPAN_TICKS) within++
  return within < roomFor[priority]
}
