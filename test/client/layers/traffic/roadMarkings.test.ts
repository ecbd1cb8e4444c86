/** Roadways are as wide as their lanes, and the lines on them lie between the lanes. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { markingsAround, trimmed } from '../../../../client/layers/traffic/roadMarkings.ts'
import { LANE_WIDTH_M } from '../../../../client/layers/lanes.ts'
import { makeProjection, type Local } from '../../../../twin/geo/projection.ts'

/** On the equator, where a metre is a metre: an avenue of two lanes each way, a one-way street of three, a side street. */
const projection = makeProjection([10, 0])
const network = {
  links: {
    lengthM: Float32Array.of(200, 200, 100, 100),
    lanes: Uint8Array.of(2, 2, 3, 1),
    roadClass: Uint8Array.of(2, 2, 3, 5),
    reverseLink: Int32Array.of(1, 0, -1, -1),
    shapeStart: Uint32Array.of(0, 2, 4, 6),
    shapeCount: Uint16Array.of(2, 2, 2, 2),
  },
  shape: {
    xM: Float32Array.of(0, 200, 200, 0, 0, 0, 0, 50),
    yM: Float32Array.of(0, 0, 0, 0, 0, 100, 0, 0),
  },
} as never
const lines = markingsAround({ network, projection }, [0, 0], 5000)
const of = (kind: string) =>
  lines
    .filter(({ properties }) => properties?.kind === kind)
    .map(({ properties }) => properties as { width: number; offset: number })

it('each direction of an avenue lays its own half, a one-way street lies about its middle, a side street has none', () => {
  const surfaces = of('surface')
  expect(surfaces.map(({ width }) => width / LANE_WIDTH_M)).toEqual([2, 2, expect.closeTo(3, 9)])
  expect(surfaces.map(({ offset }) => offset)).toEqual([LANE_WIDTH_M, LANE_WIDTH_M, 0])
})

it('a line lies between every two lanes, and one between directions', () => {
  expect(of('middle').map(({ offset }) => offset)).toEqual([0])
  expect(of('lane').map(({ offset }) => offset / LANE_WIDTH_M)).toEqual([
    1,
    1,
    expect.closeTo(0.5, 9),
    expect.closeTo(-0.5, 9),
  ])
})

it('only what is near is marked', () => {
  expect(markingsAround({ network, projection }, [90_000, 0], 900)).toEqual([])
})

it('a line that is cut at both ends is as much shorter, whatever its bends', () => {
  const point = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 }))
  const lengthM = (course: readonly Local[]) =>
    course.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - course[i][0], y - course[i][1]), 0)
  fc.assert(
    fc.property(fc.array(point, { minLength: 2, maxLength: 8 }), (course) => {
      const cut = trimmed(course, 9)
      if (cut === undefined) expect(lengthM(course)).toBeLessThan(27)
      else expect(Math.abs(lengthM(course) - 18 - lengthM(cut))).toBeLessThan(1e-6)
    }),
  )
})
