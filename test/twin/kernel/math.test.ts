/** Our mathematics agrees with the engine's own to the last few bits. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atan2, cos, exp, hypot, log, PI, pow, sin } from '../../../twin/kernel/math.ts'

function expectClose(ours: number, theirs: number, tolerance = 1e-13): void {
  expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(tolerance * Math.max(1e-300, Math.abs(theirs)))
}

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true })

describe('mathematics', () => {
  it('exp', () => fc.assert(fc.property(real(-600, 600), (x) => expectClose(exp(x), Math.exp(x)))))
  it('log', () =>
    fc.assert(
      fc.property(real(1e-300, 1e300), (x) =>
        expectClose(log(x), Math.log(x), x > 0.5 && x < 2 ? 1e-12 : 1e-13),
      ),
    ))
  it('pow', () =>
    fc.assert(fc.property(real(1e-6, 1e6), real(-8, 8), (x, y) => expectClose(pow(x, y), x ** y, 1e-12))))
  it('sin and cos', () =>
    fc.assert(
      fc.property(real(-1e4, 1e4), (x) => {
        expect(Math.abs(sin(x) - Math.sin(x))).toBeLessThan(1e-11)
        expect(Math.abs(cos(x) - Math.cos(x))).toBeLessThan(1e-11)
      }),
    ))
  it('atan2 in every quadrant', () =>
    fc.assert(
      fc.property(real(-1e6, 1e6), real(-1e6, 1e6), (y, x) => {
        expect(Math.abs(atan2(y, x) - Math.atan2(y + 0, x + 0)) % (2 * PI)).toBeLessThan(1e-12)
      }),
    ))
  it('hypot', () => expect(hypot(3, 4)).toBe(5))
  it('the ends of the range', () => {
    expect([exp(0), exp(1000), exp(-1000), log(1), pow(0, 2), pow(5, 0)]).toEqual([1, Infinity, 0, 0, 0, 1])
    expect(log(0)).toBe(-Infinity)
    expect(log(-1)).toBeNaN()
  })
})
