/** The interval of a paired difference: of Student's table, wider with noise and with a smaller chance of error, and it holds the truth as often as it says. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomUnit } from '../../../twin/kernel/random.ts'
import { LEVEL, pairedDifference } from '../../../twin/scenario/interval.ts'

describe('the interval of a difference', () => {
  test('is that of a published example', () => {
    // Student (1908), hours of sleep gained by ten patients under two drugs; mean 1.58, standard deviation 1.230
    const without = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
    const given = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    const { difference, interval, isClear } = pairedDifference(without, given, 0)
    expect(difference).toBeCloseTo(1.58, 10)
    // 1.58 ± 1.3830 × 1.23 / √10
    expect(interval![0]).toBeCloseTo(1.58 - 0.538, 3)
    expect(interval![1]).toBeCloseTo(1.58 + 0.538, 3)
    expect(isClear).toBe(true)
  })

  test('of one pair is not known, of equal runs is nothing and not clear', () => {
    expect(pairedDifference([1], [3], 1)).toEqual({
      difference: 2,
      interval: undefined,
      isClear: false,
      pairs: 1,
    })
    expect(pairedDifference([1, 5], [1, 5], 0)).toMatchObject({
      difference: 0,
      interval: [0, 0],
      isClear: false,
    })
  })

  test('of a thing that no pair showed reaches as far as it may still happen, and less far with more pairs', () => {
    const same = (pairs: number) => pairedDifference(Array(pairs).fill(7), Array(pairs).fill(7), 2)
    // a chance of 14.9 % leaves ten pairs without it one time of five
    expect(same(10).interval![1]).toBeCloseTo(2 * 0.1487, 3)
    expect((1 - same(10).interval![1] / 2) ** 10).toBeCloseTo(1 - LEVEL, 6)
    expect(same(40).interval![1]).toBeLessThan(same(10).interval![1])
    expect(same(10).isClear).toBe(false)
  })

  test('moves with the difference, grows with the noise, and lies about the mean', () => {
    const number = fc.double({ min: -100, max: 100, noNaN: true })
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 60 }), number, (noise, shift) => {
        const base = noise.map(() => 0)
        const one = pairedDifference(base, noise, 0)
        const moved = pairedDifference(
          base,
          noise.map((value) => value + shift),
          0,
        )
        const twice = pairedDifference(
          base,
          noise.map((value) => value * 2),
          0,
        )
        const width = ({ interval }: typeof one) => interval![1] - interval![0]
        expect(moved.difference - one.difference).toBeCloseTo(shift, 6)
        expect(width(moved)).toBeCloseTo(width(one), 6)
        expect(width(twice)).toBeCloseTo(2 * width(one), 6)
        expect((one.interval![0] + one.interval![1]) / 2).toBeCloseTo(one.difference, 6)
      }),
    )
  })

  test.each([2, 5, 10, 20, 50])('of %i pairs holds the truth about as often as it says', (pairs) => {
    const cases = 4000
    let held = 0
    for (let one = 0; one < cases; one++) {
      // normal by Box and Muller
      const draw = (i: number) =>
        Math.sqrt(-2 * Math.log(1 - randomUnit(pairs, one, i, 0))) *
        Math.cos(2 * Math.PI * randomUnit(pairs, one, i, 1))
      const base = Array.from({ length: pairs }, (_, i) => 50 + 10 * draw(i))
      const edited = base.map((value, i) => value + 3 + 4 * draw(i + 1000))
      const [low, high] = pairedDifference(base, edited, 0).interval!
      if (low <= 3 && 3 <= high) held++
    }
    // four standard errors of a share of 4,000
    expect(Math.abs(held / cases - LEVEL)).toBeLessThan(0.026)
  })
})
