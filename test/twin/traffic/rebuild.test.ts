/** Networks built otherwise: one-way streets are driven the other way, and nowhere is cut off without notice. */
import { expect, test } from 'vitest'
import { isAllReached, withLanesAdded, withReversed } from '../../../twin/traffic/rebuild.ts'
import { createTraffic } from '../../../twin/traffic/traffic.ts'
import { roadCity, type RoadCity } from '../../fixtures/roads.ts'

// a ring of one-way streets, 0 to 1 to 2 to 0; zones 0 and 1 at nodes 0 and 2
const ring = roadCity(
  [
    [0, 0],
    [400, 0],
    [200, 300],
  ],
  [
    { from: 0, to: 1 },
    { from: 1, to: 2, lanes: 2 },
    { from: 2, to: 0 },
  ],
  [{ nodes: [0] }, { nodes: [2] }],
)

/** Links that a trip from node 0 to node 2 drives over. */
function driven(city: RoadCity): number[] {
  const traffic = createTraffic(city, 1, { demandFactor: 0 })
  traffic.addTrip(0, 1)
  const clock = { tick: 0, startMs: 0, utcOffsetS: 0 }
  for (let s = 0; s < 120; s++) {
    clock.tick += 50
    traffic.step(clock)
  }
  expect(traffic.counts().finished).toBe(1)
  const { state, roads } = traffic.world
  return [0, 1, 2].filter(
    (link) => state.laneIn[roads.firstLane[link]] + state.laneIn[roads.firstLane[link + 1] - 1] > 0,
  )
}

test('a ring turned round is driven the other way', () => {
  expect(driven(ring)).toEqual([0, 1])
  expect(driven({ ...ring, network: withReversed(ring.network, [0, 1, 2]) })).toEqual([2])
})

test('a ring of which one street is turned round can be neither driven round nor left', () => {
  expect(isAllReached(ring.network, withReversed(ring.network, [1]))).toBe(false)
  expect(isAllReached(ring.network, withReversed(ring.network, [0, 1, 2]))).toBe(true)
  expect(isAllReached(ring.network, ring.network)).toBe(true)
})

test('lanes are added to the streets named, and to no other', () => {
  expect([...withLanesAdded(ring.network, [0, 1], 2).links.lanes]).toEqual([3, 4, 1])
  expect([...ring.network.links.lanes]).toEqual([1, 2, 1])
})
