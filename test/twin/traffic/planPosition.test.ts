/** Laws of where a vehicle is on its link. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { planPositionM } from '../../../twin/traffic/planPosition.ts'

const plan = fc
  .record({
    lengthM: fc.double({ min: 1, max: 3000, noNaN: true }),
    speedMps: fc.double({ min: 2, max: 35, noNaN: true }),
    entryS: fc.double({ min: 0, max: 7000, noNaN: true }),
    waitS: fc.double({ min: 0, max: 600, noNaN: true }),
    stopShare: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ lengthM, speedMps, entryS, waitS, stopShare }) => ({
    lengthM,
    speedMps,
    entryS,
    exitS: entryS + lengthM / speedMps + waitS,
    stopM: stopShare * lengthM,
  }))
type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never
const at = (p: Plan, tS: number) => planPositionM(tS, p.entryS, p.exitS, p.stopM, p.lengthM, p.speedMps)

it('a vehicle begins at the start and ends at the end of its link', () => {
  fc.assert(
    fc.property(plan, (p) => {
      expect(at(p, p.entryS)).toBeCloseTo(0, 6)
      expect(at(p, p.exitS)).toBeCloseTo(p.lengthM, 6)
      expect(at(p, p.exitS + 50)).toBe(p.lengthM)
    }),
  )
})

it('a vehicle never goes back, never beyond its link and never faster than the free speed', () => {
  const times = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 3, noNaN: true }),
  )
  fc.assert(
    fc.property(plan, times, (p, [share, laterS]) => {
      const tS = p.entryS + share * (p.exitS - p.entryS)
      const before = at(p, tS)
      const after = at(p, tS + laterS)
      expect(before).toBeGreaterThanOrEqual(0)
      expect(after).toBeLessThanOrEqual(p.lengthM)
      expect(after).toBeGreaterThanOrEqual(before)
      expect(after - before).toBeLessThanOrEqual(laterS * p.speedMps + 1e-6)
    }),
  )
})
