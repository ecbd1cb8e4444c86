/** The area a page asks for holds all that its screen shows, and not much more. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaOf } from '../../../client/state/looking.ts'

const place = { lng: -56.18, lat: -34.9, pitch: 0 }
const METRES_PER_DEGREE = 111_320

test('every corner of the screen is within, however the map is turned', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 10, max: 19, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.integer({ min: 200, max: 4000 }),
      fc.integer({ min: 200, max: 3000 }),
      (zoom, bearing, widthPx, heightPx) => {
        const [west, south, east, north] = areaOf({ ...place, zoom, bearing }, widthPx, heightPx)
        const shrink = Math.cos((place.lat * Math.PI) / 180)
        const mPerPx = (40_075_017 * shrink) / (512 * 2 ** zoom)
        const turn = (bearing * Math.PI) / 180
        for (const [x, y] of [
          [widthPx / 2, heightPx / 2],
          [-widthPx / 2, heightPx / 2],
        ]) {
          const eastM = (x * Math.cos(turn) - y * Math.sin(turn)) * mPerPx
          const northM = (x * Math.sin(turn) + y * Math.cos(turn)) * mPerPx
          const lng = place.lng + eastM / (METRES_PER_DEGREE * shrink)
          const lat = place.lat + northM / METRES_PER_DEGREE
          expect(lng).toBeGreaterThan(west)
          expect(lng).toBeLessThan(east)
          expect(lat).toBeGreaterThan(south)
          expect(lat).toBeLessThan(north)
        }
      },
    ),
  )
})

test('a level map that is not turned is asked for with a seventh more on each side', () => {
  const [west, south, east, north] = areaOf({ ...place, zoom: 15, bearing: 0 }, 400, 800)
  const shrink = Math.cos((place.lat * Math.PI) / 180)
  const screenM = ((40_075_017 * shrink) / (512 * 2 ** 15)) * 400
  expect((east - west) * METRES_PER_DEGREE * shrink).toBeCloseTo(screenM * 1.3, -1)
  expect((north - south) * METRES_PER_DEGREE).toBeCloseTo(screenM * 2 * 1.3, -1)
})
