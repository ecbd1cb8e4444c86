/** The hull of places holds them all, and none of it can be left out. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaM2, hullOf, widened } from '../../../twin/geo/hull.ts'
import { isInRing } from '../../../twin/geo/polygon.ts'

const places = fc.array(fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 })), {
  minLength: 3,
  maxLength: 40,
})

test('a hull, a little widened, holds every place, and turns left at each corner', () => {
  fc.assert(
    fc.property(places, (list) => {
      const hull = hullOf(list)
      if (hull.length < 3) return
      const wide = widened(hull, 1)
      for (const [xM, yM] of list) expect(isInRing(wide, xM, yM)).toBe(true)
      for (let i = 0; i < hull.length; i++) {
        const [a, b, c] = [hull[i], hull[(i + 1) % hull.length], hull[(i + 2) % hull.length]]
        expect((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])).toBeGreaterThan(0)
      }
    }),
  )
})

test('places on a line have no hull, and a square has its area whichever way round', () => {
  expect(
    hullOf([
      [0, 0],
      [1, 1],
      [2, 2],
    ]).length,
  ).toBeLessThan(3)
  const square = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
  ] as const
  expect(areaM2(square)).toBe(100)
  expect(areaM2(square.toReversed())).toBe(100)
})
