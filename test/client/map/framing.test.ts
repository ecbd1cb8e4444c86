/** A wall opens where most of the city is, within what there is a map of. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { framed, fullestMiddle } from '../../../client/map/framing.ts'
import { worldPx } from '../../../client/map/wholePicture.ts'
import { makeProjection } from '../../../twin/geo/projection.ts'

test('no other window of the same size holds more', () => {
  const value = fc.double({ min: 0, max: 100, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1 }),
      fc.double({ min: 1, max: 50, noNaN: true }),
      value,
      (values, size, other) => {
        const within = (middle: number) =>
          values.filter((one) => Math.abs(one - middle) <= size / 2 + 1e-9).length
        expect(within(fullestMiddle(values, size))).toBeGreaterThanOrEqual(within(other))
      },
    ),
  )
})

const bounds = [-56.34, -34.96, -55.99, -34.81] as const
const projection = makeProjection([-56.18, -34.9])

/** A city of so many junctions, all within a few hundred metres of a place. */
function cityAt(xM: number, yM: number) {
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
  } as unknown as Parameters<typeof framed>[0]
}

test('the picture is where the streets are, and shows nothing beyond the map', () => {
  const sizes = [
    [1399, 795],
    [5060, 790],
    [5270, 2040],
    [500, 900],
  ] as const
  for (const size of sizes)
    for (const [xM, yM] of [
      [-9000, 4000],
      [8000, -4000],
      [0, 0],
    ] as const) {
      const camera = framed(cityAt(xM, yM), size)
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
