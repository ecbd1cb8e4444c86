/** Local metres and back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lngLatFromLocal, localFromLngLat, makeProjection } from '../../../twin/geo/projection.ts'

describe('the projection', () => {
  it('gives back where it came from', () => {
    const offset = fc.double({ min: -0.2, max: 0.2, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: -70, max: 70, noNaN: true }), offset, offset, (lat, dLng, dLat) => {
        const projection = makeProjection([10, lat])
        const [lng, back] = lngLatFromLocal(projection, localFromLngLat(projection, [10 + dLng, lat + dLat]))
        expect(lng).toBeCloseTo(10 + dLng, 10)
        expect(back).toBeCloseTo(lat + dLat, 10)
      }),
    )
  })

  it('counts 111.2 km to a degree of latitude', () => {
    const [, northM] = localFromLngLat(makeProjection([0, 50]), [0, 51])
    expect(northM).toBeCloseTo(111_195, 0)
  })
})
