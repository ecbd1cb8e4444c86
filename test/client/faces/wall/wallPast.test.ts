/** All screens of a wall play one past: what is shown is of the host's time alone. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAstray, pastAt } from '../../../../client/faces/wall/steer/wallPast.ts'

const timeMs = fc.integer({ min: 0, max: 2e12 })
const hostMs = fc.integer({ min: 0, max: 1e9 })
const speed = fc.constantFrom(1, 10, 60)

test('what stands still, and what has not begun to run, is where it was told', () => {
  fc.assert(
    fc.property(timeMs, hostMs, speed, (at, now, speed) => {
      expect(pastAt(at, undefined, now)).toBe(at)
      expect(pastAt(at, { speed, sinceMs: now + 1 }, now)).toBe(at)
      expect(pastAt(at, { speed, sinceMs: now }, undefined)).toBe(at)
    }),
  )
})

test('a screen that comes late shows what the others do, and none is astray by its own count', () => {
  fc.assert(
    fc.property(timeMs, hostMs, speed, fc.integer({ min: 0, max: 1e7 }), (at, since, speed, passedMs) => {
      const run = { speed, sinceMs: since }
      const shown = pastAt(at, run, since + passedMs)
      expect(shown).toBe(at + passedMs * speed)
      expect(isAstray(shown, pastAt(at, run, since + passedMs + 400), run)).toBe(false)
      expect(isAstray(shown, pastAt(at, run, since + passedMs + 600), run)).toBe(true)
    }),
  )
})
