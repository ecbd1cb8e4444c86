/** What keeps names off the edges of a map stands all along them, and nowhere else. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edgePoints } from '../../../client/map/edgeWatch.ts'

test('every point lies on an edge, and no gap lets a line of letters through', () => {
  const px = fc.integer({ min: 50, max: 8000 })
  fc.assert(
    fc.property(px, px, fc.double({ min: 1, max: 4, noNaN: true }), (width, height, scale) => {
      const points = edgePoints(width, height, scale)
      for (const [x, y] of points) expect(x === 0 || x === width || y === 0 || y === height).toBe(true)
      const left = points.flatMap(([x, y]) => (x === 0 ? [y] : [])).toSorted((a, b) => a - b)
      expect([left[0], left.at(-1)]).toEqual([0, height])
      left.slice(1).forEach((y, i) => expect(y - left[i]).toBeLessThanOrEqual(9 * scale + 1e-6))
    }),
    { numRuns: 30 },
  )
})
