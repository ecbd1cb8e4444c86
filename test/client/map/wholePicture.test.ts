/** A picture over many screens is one picture: a place lies where it would on one large screen. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spanGeometry } from '../../../client/faces/wall/span/spanLens.ts'
import { heldWithin, lngLatOf, shifted, worldPx } from '../../../client/map/wholePicture.ts'
import type { Camera } from '../../../client/state/view.ts'

const cameras: fc.Arbitrary<Camera> = fc.record({
  lng: fc.double({ min: -170, max: 170, noNaN: true }),
  lat: fc.double({ min: -70, max: 70, noNaN: true }),
  zoom: fc.double({ min: 9, max: 19, noNaN: true }),
  bearing: fc.double({ min: -180, max: 180, noNaN: true }),
  pitch: fc.constant(0),
})
const px = fc.double({ min: -8000, max: 8000, noNaN: true })

/** Where a place is drawn, from the middle of a screen that looks as `camera` says. */
function drawnAt(camera: Camera, [lng, lat]: readonly [number, number]): readonly [number, number] {
  const [x, y] = worldPx(lng, lat, camera.zoom)
  const [x0, y0] = worldPx(camera.lng, camera.lat, camera.zoom)
  const turn = (-camera.bearing * Math.PI) / 180
  const [dx, dy] = [x - x0, y - y0]
  return [dx * Math.cos(turn) - dy * Math.sin(turn), dx * Math.sin(turn) + dy * Math.cos(turn)]
}

test('a shift looks so many pixels aside, also of a turned map, and shifts back', () => {
  fc.assert(
    fc.property(cameras, px, px, (camera, dx, dy) => {
      const there = shifted(camera, [dx, dy])
      const [x, y] = drawnAt(camera, [there.lng, there.lat])
      expect(x).toBeCloseTo(dx, 3)
      expect(y).toBeCloseTo(dy, 3)
      const back = shifted(there, [-dx, -dy])
      expect(back.lng).toBeCloseTo(camera.lng, 7)
      expect(back.lat).toBeCloseTo(camera.lat, 7)
    }),
  )
})

test('a place at a seam is drawn by both screens, a bezel apart', () => {
  fc.assert(
    fc.property(cameras, fc.integer({ min: 0, max: 40 }), px, (camera, gapPx, y) => {
      const tile = { width: 1920, height: 1080 }
      const span = { cols: 3, rows: 1, row: 0, bezel: { size: gapPx, unit: 'px' as const } }
      const whole = { left: 0, top: 0, ...tile }
      const [left, right] = [0, 1].map((col) =>
        shifted(camera, spanGeometry({ ...span, col }, tile, gapPx, 0.34).offsetPx(whole)),
      )
      const edge = shifted(left, [tile.width / 2, y])
      const [x, sameY] = drawnAt(right, [edge.lng, edge.lat])
      expect(x).toBeCloseTo(-tile.width / 2 - gapPx, 3)
      expect(sameY).toBeCloseTo(y, 3)
    }),
  )
})

test('a held picture shows nothing beyond the bounds', () => {
  const bounds = [-56.3, -34.95, -56.0, -34.75] as const
  fc.assert(
    fc.property(cameras, (wanted) => {
      const size = [3000, 2000] as const
      const camera = heldWithin({ ...wanted, bearing: 0 }, size, bounds)
      const [west, north] = lngLatOf(corner(camera, [-size[0] / 2, -size[1] / 2]), camera.zoom)
      const [east, south] = lngLatOf(corner(camera, [size[0] / 2, size[1] / 2]), camera.zoom)
      expect(west).toBeGreaterThanOrEqual(bounds[0] - 1e-9)
      expect(south).toBeGreaterThanOrEqual(bounds[1] - 1e-9)
      expect(east).toBeLessThanOrEqual(bounds[2] + 1e-9)
      expect(north).toBeLessThanOrEqual(bounds[3] + 1e-9)
    }),
  )
})

function corner({ lng, lat, zoom }: Camera, [dx, dy]: readonly [number, number]): readonly [number, number] {
  const [x, y] = worldPx(lng, lat, zoom)
  return [x + dx, y + dy]
}
