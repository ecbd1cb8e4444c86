/** A histogram's counts add up to what was counted, each value in the class that holds it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { binned, litBin } from '../../../client/charts/bins.ts'

const edges = [0, 10, 20, 40]
const values = fc.array(fc.oneof(fc.double({ min: -50, max: 90, noNaN: true }), fc.constant(NaN)))

it('counts every known value once', () => {
  fc.assert(
    fc.property(values, (given) => {
      const bins = binned(given, edges)
      const counted = bins.flatMap(({ rows }) => rows).toSorted((a, b) => a - b)
      expect(counted).toEqual(given.flatMap((value, row) => (Number.isFinite(value) ? [row] : [])))
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(counted.length)
    }),
  )
})

it('puts a value within the edges of its class; the outermost take what lies beyond', () => {
  fc.assert(
    fc.property(values, (given) => {
      binned(given, edges).forEach(({ from, to, rows }, bin) => {
        for (const row of rows) {
          if (bin > 0) expect(given[row]).toBeGreaterThanOrEqual(from)
          if (bin < 2) expect(given[row]).toBeLessThan(to)
        }
      })
    }),
  )
})

it('weighs: counts are the sum of the weights, and what weighs nothing is in no class', () => {
  const weights = [3, 0, 4, 5]
  const bins = binned([5, 5, 5, 25], edges, (row) => weights[row])
  expect(bins.map(({ count }) => count)).toEqual([7, 0, 5])
  expect(bins[0].rows).toEqual([0, 2])
})

it('lights the class that holds most of what is pointed at', () => {
  const bins = binned([5, 6, 15, 25], edges)
  expect(litBin(bins, [0, 1, 3])).toBe(0)
  expect(litBin(bins, [3])).toBe(2)
  expect(litBin(bins, [9])).toBeUndefined()
  expect(litBin(bins, [])).toBeUndefined()
})
