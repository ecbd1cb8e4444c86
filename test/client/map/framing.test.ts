/** A wall opens where most of the city is, within what there is a map of. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { framed, fullestMiddle } from '../../../client/map/framing.ts'
import { worldPx } from '../../../client/map/wholePicture.ts'
import { makeProjection } from '../../../twin/geo/projection.ts'

test('what is all in one place is in the middle, and of two places the heavier is nearer to it', () => {
  const value = fc.double({ min: 0, max: 100, noNaN: true })
  const size = fc.double({ min: 1, max: 50, noNaN: true })
  fc.assert(
    fc.property(value, size, fc.double({ min: 0, max: 1, noNaN: true }), (at, size, share) => {
      const step = size / 200
      expect(fullestMiddle([at, at, at], [1, 2, 3], size)).toBe(at)
      const other = at + (share * size) / 2
      const middle = fullestMiddle([at, other], [3, 1], size)
      expect(Math.abs(middle - at)).toBeLessThanOrEqual(Math.abs(middle - other) + 2 * step)
      // both are in the picture
      expect(Math.max(middle - at, other - middle)).toBeLessThanOrEqual(size / 2 + step)
    }),
  )
})

const bounds = [-56.34, -34.96, -55.99, -34.81] as const
const projection = makeProjection([-56.18, -34.9])

/** A city of so many junctions, all within a few hundred metres of a place; its people work there, or it is not known where. */
function cityAt(xM: number, yM: number, hasJobs: boolean) {
  const spread = Array.from({ length: 40 }, (_, i) => (i % 8) * 60)
  return {
    info: { bounds },
    projection,
    network: {
      nodes: {
        xM: Float32Array.from(spread, (off) => xM + off),
        yM: Float32Array.from(spread, (off) => yM + off),
      },
    },
    zones: {
      zones: {
        xM: Float32Array.of(xM, -xM),
        yM: Float32Array.of(yM, -yM),
        jobs: Float32Array.of(hasJobs ? 1000 : 0, 0),
      },
    },
  } as unknown as Parameters<typeof framed>[0]
}

test('the picture is where the city is, and shows nothing beyond the map', () => {
  const sizes = [
    [1399, 795],
    [5060, 790],
    [5270, 2040],
    [500, 900],
  ] as const
  for (const size of sizes)
    for (const [xM, yM, hasJobs] of [
      [-9000, 4000, true],
      [8000, -4000, false],
      [0, 0, true],
    ] as const) {
      const camera = framed(cityAt(xM, yM, hasJobs), size)
      const [x, y] = worldPx(camera.lng, camera.lat, camera.zoom)
      const [left, top] = worldPx(bounds[0], bounds[3], camera.zoom)
      const [right, bottom] = worldPx(bounds[2], bounds[1], camera.zoom)
      expect(x - size[0] / 2).toBeGreaterThanOrEqual(left - 1)
      expect(x + size[0] / 2).toBeLessThanOrEqual(right + 1)
      expect(y - size[1] / 2).toBeGreaterThanOrEqual(top - 1)
      expect(y + size[1] / 2).toBeLessThanOrEqual(bottom + 1)
      const lng = -56.18 + xM / projection.mPerDegLng
      const lat = -34.9 + yM / projection.mPerDegLat
      const [px, py] = worldPx(lng, lat, camera.zoom)
      expect(Math.abs(px - x)).toBeLessThan(size[0] / 2)
      expect(Math.abs(py - y)).toBeLessThan(size[1] / 2)
    }
})
