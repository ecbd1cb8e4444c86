/** What lies inside of an area, by laws that hold for any area and any place. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isInRing, ringAreaM2, ringFromLngLats, rowsInRing, type Ring } from '../../../twin/geo/polygon.ts'
import { makeProjection } from '../../../twin/geo/projection.ts'

const square: Ring = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
]
const metres = fc.double({ min: -50, max: 50, noNaN: true })
const corners = fc.array(fc.tuple(metres, metres), { minLength: 3, maxLength: 8 })

describe('an area', () => {
  test.each([
    ['its middle', 5, 5, true],
    ['a place beside it', 11, 5, false],
    ['a place above it', 5, 11, false],
    ['a place level with a corner', -3, 10, false],
  ])('holds or leaves out %s', (_, xM, yM, isIn) => {
    expect(isInRing(square, xM, yM)).toBe(isIn)
  })

  test('with a notch leaves out what lies in the notch', () => {
    const notched: Ring = [...square, [5, 5]]
    expect(isInRing(notched, 2, 5)).toBe(false)
    expect(isInRing(notched, 8, 5)).toBe(true)
  })

  test('is the same whichever way and from whichever corner it is drawn, closed or not', () => {
    fc.assert(
      fc.property(corners, metres, metres, fc.nat(7), (ring, xM, yM, by) => {
        const isIn = isInRing(ring, xM, yM)
        const at = by % ring.length
        expect(isInRing([...ring.slice(at), ...ring.slice(0, at)], xM, yM)).toBe(isIn)
        expect(isInRing([...ring, ring[0]], xM, yM)).toBe(isIn)
        expect(ringAreaM2(ring.toReversed())).toBeCloseTo(ringAreaM2(ring), 6)
      }),
    )
  })

  test('and its neighbour across an edge share no place, not even on the edge, and miss none', () => {
    const beside: Ring = [
      [10, 0],
      [20, 0],
      [20, 10],
      [10, 10],
    ]
    const yM = fc.double({ min: 0, max: 10, noNaN: true, maxExcluded: true })
    fc.assert(
      fc.property(fc.double({ min: 0, max: 20, noNaN: true, maxExcluded: true }), yM, (xM, y) => {
        expect(Number(isInRing(square, xM, y)) + Number(isInRing(beside, xM, y))).toBe(1)
      }),
    )
    expect(Number(isInRing(square, 10, 5)) + Number(isInRing(beside, 10, 5))).toBe(1)
  })

  test('drawn in degrees holds the rows whose metres lie in it', () => {
    const projection = makeProjection([-56.16, -34.9])
    const ring = ringFromLngLats(projection, [
      [-56.17, -34.91],
      [-56.15, -34.91],
      [-56.15, -34.89],
      [-56.17, -34.89],
    ])
    expect(rowsInRing(ring, [0, 5000, 100, 0], [0, 0, -100, -5000])).toEqual([0, 2])
    expect(ringAreaM2(ring) / 1e6).toBeCloseTo(1.824 * 2.224, 1)
  })
})
