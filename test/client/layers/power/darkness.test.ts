/** Lamps and dark areas follow their transformers. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeNearest } from '../../../../client/layers/nearest.ts'
import { makePlane } from '../../../../client/layers/plane.ts'
import { darkAreas, makeTerritory } from '../../../../client/layers/power/darkAreas.ts'
import { makeLamps } from '../../../../client/layers/power/lamps.ts'
import { makeProjection } from '../../../../twin/geo/projection.ts'

const projection = makeProjection([-56.18, -34.9])
const plane = makePlane(projection)
/** Two transformers at the ends of a street of 1,000 m. */
const supplies = { xM: [0, 1000], yM: [0, 0] }
const network = {
  links: {
    lengthM: Float32Array.of(1000, 1000),
    lanes: Uint8Array.of(1, 1),
    roadClass: Uint8Array.of(4, 4),
    reverseLink: Int32Array.of(1, 0),
    shapeStart: Uint32Array.of(0, 2),
    shapeCount: Uint16Array.of(2, 2),
  },
  shape: { xM: Float32Array.of(0, 1000, 1000, 0), yM: Float32Array.of(0, 0, 0, 0) },
} as never

describe('lamps', () => {
  const lamps = makeLamps(network, supplies, plane)

  it('stand once along a street of two directions', () => {
    expect(lamps.count).toBe(Math.floor(1000 / 46 + 0.5))
  })

  it('hang on the nearest transformer', () => {
    for (let i = 0; i < lamps.count; i++) {
      const xM = lamps.words[i * 3] / plane.unitsPerM
      expect(lamps.words[i * 3 + 2]).toBe(xM < 500 ? 0 : 1)
    }
  })
})

it('the nearest by squares is the nearest of all within reach', () => {
  const coordinate = fc.integer({ min: -3000, max: 3000 })
  const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(points, coordinate, coordinate, (all, x, y) => {
      const found = makeNearest(
        all.map(([px]) => px),
        all.map(([, py]) => py),
        500,
      )(x, y)
      const distances = all.map(([px, py]) => Math.hypot(px - x, py - y))
      const least = Math.min(...distances)
      if (least >= 500) expect(found).toBe(-1)
      else expect(distances[found]).toBe(least)
    }),
  )
})

describe('dark areas', () => {
  const territory = makeTerritory(supplies)
  const areas = (isEnergized: number[]) =>
    darkAreas(territory, supplies, isEnergized, [120, 80], projection).features

  it('are none while everything is supplied', () => {
    expect(areas([1, 1])).toEqual([])
  })

  it('count the customers of their own transformers', () => {
    const points = areas([0, 1]).filter(({ geometry }) => geometry.type === 'Point')
    expect(points.map(({ properties }) => properties.customers)).toEqual([120])
    const all = areas([0, 0]).filter(({ geometry }) => geometry.type === 'Point')
    expect(all.reduce((sum, { properties }) => sum + properties.customers, 0)).toBe(200)
  })

  it('leave nobody out who is without supply, however small his spot', () => {
    const place = fc.record({
      xM: fc.integer({ min: 0, max: 4000 }),
      yM: fc.integer({ min: 0, max: 4000 }),
      customers: fc.integer({ min: 0, max: 300 }),
      isEnergized: fc.constantFrom(0, 1),
    })
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 60 }), (places) => {
        const many = { xM: places.map(({ xM }) => xM), yM: places.map(({ yM }) => yM) }
        const { features } = darkAreas(
          makeTerritory(many),
          many,
          places.map((one) => one.isEnergized),
          places.map((one) => one.customers),
          projection,
        )
        if (features.length === 0) return
        const told = features.filter(({ geometry }) => geometry.type === 'Point')
        const out = places.filter((one) => one.isEnergized === 0)
        expect(told.reduce((sum, { properties }) => sum + properties.customers, 0)).toBe(
          out.reduce((sum, { customers }) => sum + customers, 0),
        )
      }),
    )
  })
})
