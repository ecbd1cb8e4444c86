/** Keys lead through the marks one by one and never beyond; a hand finds the nearest within reach. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arrows, nearestPlace, stepInOrder } from '../../../client/charts/useMarks.ts'

it('a key leads to a mark that is there, and to its neighbour at most, but for the ends', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.nat(), fc.constantFrom(...arrows), (count, pick, key) => {
      const from = pick % count
      const to = stepInOrder(count)(from, key)
      expect(to).toBeGreaterThanOrEqual(0)
      expect(to).toBeLessThan(count)
      if (key === 'Home') expect(to).toBe(0)
      else if (key === 'End') expect(to).toBe(count - 1)
      else expect(Math.abs(to - from)).toBeLessThanOrEqual(1)
    }),
  )
})

it('right from the first reaches every mark', () => {
  const step = stepInOrder(5)
  const seen = [0]
  while (seen.length < 5) seen.push(step(seen[seen.length - 1], 'ArrowRight'))
  expect(seen).toEqual([0, 1, 2, 3, 4])
})

it('the nearest place is no further than any other, and within reach', () => {
  const place = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 300 }))
  fc.assert(
    fc.property(fc.array(place), place, (places, [x, y]) => {
      const distances = places.map(([px, py]) => Math.hypot(px - x, py - y))
      const found = nearestPlace(places, x, y, 40)
      if (found === undefined) for (const distance of distances) expect(distance).toBeGreaterThanOrEqual(40)
      else expect(distances[found]).toBe(Math.min(...distances))
    }),
  )
})

it('a place that is not known is not found', () => {
  expect(nearestPlace([[NaN, 3]], 0, 3, 40)).toBeUndefined()
})
