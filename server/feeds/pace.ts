/** When a feed is looked at next. */

/** One that fails is left in peace ever longer, up to this, ms; one that is back is seen within it. */
const MOST_BACK_OFF_MS = 300_000
/** Feeds of one cadence spread out, and many servers do not ask at once: a tenth of it either way. */
const JITTER = 0.1

/** Ms until the next look, after so many failures in a row; `dice` from 0 to 1. A server that says when to come again is heeded. */
export function nextLookMs(cadenceS: number, failures: number, dice: number, retryAfterS = 0): number {
  const cadenceMs = cadenceS * 1000
  const backedOffMs = Math.min(cadenceMs * 2 ** Math.min(failures, 20), Math.max(cadenceMs, MOST_BACK_OFF_MS))
  return Math.max(backedOffMs * (1 + JITTER * (2 * dice - 1)), retryAfterS * 1000)
}
