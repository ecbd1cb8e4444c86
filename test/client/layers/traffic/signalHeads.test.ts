/** The gates of signals: across the lanes of their direction when shut, with the street when open. */
import { expect, it } from 'vitest'
import { LANE_WIDTH_M } from '../../../../client/layers/lanes.ts'
import { gateOf } from '../../../../client/layers/traffic/signalHeads.ts'
import { localFromLngLat, makeProjection, type LngLat } from '../../../../twin/geo/projection.ts'

/** On the equator: an avenue to the east with its way back, and a one-way street to the north. */
const projection = makeProjection([10, 0])
const network = {
  links: {
    lengthM: Float32Array.of(200, 200, 100),
    lanes: Uint8Array.of(2, 2, 3),
    reverseLink: Int32Array.of(1, 0, -1),
    shapeStart: Uint32Array.of(0, 2, 4),
    shapeCount: Uint16Array.of(2, 2, 2),
  },
  shape: { xM: Float32Array.of(0, 200, 200, 0, 0, 0), yM: Float32Array.of(0, 0, 0, 0, 0, 100) },
} as never

const vector = ([from, to]: readonly (readonly [number, number])[]) => {
  const [a, b] = [from, to].map((at) => localFromLngLat(projection, at as LngLat))
  return [b[0] - a[0], b[1] - a[1]] as const
}

it.each([0, 1, 2])('of link %i the open gate and the shut one stand at right angles', (link) => {
  const { along, across } = gateOf({ network, projection }, link)
  const [a, b] = [vector(along), vector(across)]
  expect(a[0] * b[0] + a[1] * b[1]).toBeCloseTo(0, 3)
})

it('the shut gate bars the lanes of its direction and no other', () => {
  for (const [link, lanes] of [2, 2, 3].entries()) {
    const { across } = gateOf({ network, projection }, link)
    const widthM = Math.hypot(...vector(across))
    expect(widthM).toBeLessThan(lanes * LANE_WIDTH_M)
    expect(widthM).toBeGreaterThan((lanes - 0.5) * LANE_WIDTH_M)
  }
  const [there, back] = [0, 1].map((link) => gateOf({ network, projection }, link).at)
  expect([there[1], back[1]]).toEqual([expect.closeTo(-LANE_WIDTH_M, 6), expect.closeTo(LANE_WIDTH_M, 6)])
})

it('a gate stands before the junction', () => {
  const { at } = gateOf({ network, projection }, 0)
  expect(at[0]).toBeLessThan(200)
  expect(at[0]).toBeGreaterThan(190)
})
