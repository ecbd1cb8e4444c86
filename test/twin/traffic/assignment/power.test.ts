/** Powers without the language's own: as near to them as sixteen digits allow. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyPower, wholePower } from '../../../../twin/traffic/assignment/power.ts'

describe('powers', () => {
  it('are those of the language, to 1e-13, where answers are of a size that costs have', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e4, noNaN: true }),
        fc.double({ min: -1, max: 16, noNaN: true }),
        (x, y) => {
          const due = x ** y
          fc.pre(due > 1e-60 && due < 1e60)
          expect(Math.abs(anyPower(x, y) / due - 1)).toBeLessThan(1e-13)
        },
      ),
      { numRuns: 5000 },
    )
  })

  it('rise with their base', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 50, noNaN: true }),
        fc.double({ min: 0.1, max: 16, noNaN: true }),
        (x, y) => {
          expect(anyPower(x * 1.000001, y)).toBeGreaterThanOrEqual(anyPower(x, y))
        },
      ),
    )
  })

  it('of nothing, and to nothing, and beyond what numbers hold', () => {
    expect(anyPower(0, 2.5)).toBe(0)
    expect(anyPower(3, 0)).toBe(1)
    expect(anyPower(1e300, 5.5)).toBe(Infinity)
    expect(anyPower(1e-300, 5.5)).toBe(0)
  })

  it('to whole numbers are products', () => {
    expect([0, 1, 2, 3, 12].map((power) => wholePower(3, power))).toEqual([1, 3, 9, 27, 531441])
  })
})
