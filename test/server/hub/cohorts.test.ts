/** However many watch, all are written to before the next frame. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { COHORT, slotMs } from '../../../server/hub/stream.ts'

it('the last cohort’s slot comes before the next frame, and slots lie no further apart than they need', () => {
  const viewers = fc.integer({ min: 1, max: 200_000 })
  const everyMs = fc.integer({ min: 50, max: 10_000 })
  fc.assert(
    fc.property(viewers, everyMs, (count, betweenMs) => {
      const spacingMs = slotMs(count, betweenMs)
      const lastSlot = Math.floor((count - 1) / COHORT)
      expect(lastSlot * spacingMs).toBeLessThan(betweenMs)
      expect(slotMs(count, 2 * betweenMs)).toBeGreaterThanOrEqual(spacingMs)
      expect(slotMs(1, Infinity)).toBeGreaterThanOrEqual(spacingMs)
    }),
  )
})
