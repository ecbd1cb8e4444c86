/** A map is moved by buttons as it is by dragging. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { panned } from '../../../client/state/panned.ts'

const camera = fc.record({
  lng: fc.double({ min: -170, max: 170, noNaN: true }),
  lat: fc.double({ min: -70, max: 70, noNaN: true }),
  zoom: fc.double({ min: 10, max: 19, noNaN: true }),
  bearing: fc.double({ min: -180, max: 180, noNaN: true }),
  pitch: fc.constant(0),
})
const px = fc.integer({ min: -400, max: 400 })

describe('a camera that is moved on the screen', () => {
  test('goes east by going right, and north by going up, with north up', () => {
    const here = { lng: -56.2, lat: -34.9, zoom: 13, bearing: 0, pitch: 0 }
    expect(panned(here, 100, 0)[0]).toBeGreaterThan(here.lng)
    expect(panned(here, 100, 0)[1]).toBe(here.lat)
    expect(panned(here, 0, 100)[1]).toBeGreaterThan(here.lat)
    // a quarter turned to the right, up is east
    expect(panned({ ...here, bearing: 90 }, 0, 100)[0]).toBeGreaterThan(here.lng)
  })

  test('is back where it was after as much in the other direction', () => {
    fc.assert(
      fc.property(camera, px, px, (from, right, up) => {
        const [lng, lat] = panned(from, right, up)
        const [backLng, backLat] = panned({ ...from, lng, lat }, -right, -up)
        expect(backLng).toBeCloseTo(from.lng, 6)
        expect(backLat).toBeCloseTo(from.lat, 1)
      }),
    )
  })

  test('goes half as far on a map that is one step nearer', () => {
    fc.assert(
      fc.property(camera, px, px, (from, right, up) => {
        const [lng, lat] = panned(from, right, up)
        const [nearLng, nearLat] = panned({ ...from, zoom: from.zoom + 1 }, right, up)
        expect(nearLng - from.lng).toBeCloseTo((lng - from.lng) / 2, 9)
        expect(nearLat - from.lat).toBeCloseTo((lat - from.lat) / 2, 9)
      }),
    )
  })
})
