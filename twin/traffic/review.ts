/** Every five seconds each link is looked at: speed, flow and queue are published, late plans corrected, jams eased. */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { reviewLane } from './plan.ts'
import { easeLane } from './relief.ts'
import { JAM_SPACING_M } from './roads.ts'
import { LANE_BLOCKED } from './state.ts'
import type { World } from './world.ts'

/** Seconds between two looks at a link; a fifth of the links is looked at each second. */
export const REVIEW_S = 5
/** Flow is smoothed over this many looks (2 minutes). */
const FLOW_REVIEWS = 24
/** Below this an empty link counts as unused and shows its free speed, vehicles an hour. */
const UNUSED_VPH = 6
/** An unused link's travel time goes back to that of a lone driver by 1 / 2^n each look. */
const FORGET_SHIFT = 5

/** Looks at the links whose turn it is in `second`. */
export function reviewLinks(world: World, baseTicks: Int32Array, second: number, tick: number): void {
  const { state, roads, tables } = world
  const { speedMps, flowVph, queueM, vehicles } = tables.links.columns
  for (let link = second % REVIEW_S; link < roads.linkCount; link += REVIEW_S) {
    const firstLane = roads.firstLane[link]
    const endLane = roads.firstLane[link + 1]
    const exits = state.linkExits[link]
    state.linkExits[link] = 0
    const flow = flowVph[link]
    if (exits > 0 || flow > 0) {
      const next = flow + ((exits * 3600) / REVIEW_S - flow) / FLOW_REVIEWS
      flowVph[link] = exits === 0 && next < 1 ? 0 : next
    }
    let inside = 0
    let standing = 0
    for (let lane = firstLane; lane < endLane; lane++) {
      const count = state.laneIn[lane] - state.laneOut[lane]
      if (count === 0) continue
      inside += count
      standing += reviewLane(world, lane, tick)
      const head = state.ringVehicle[roads.ringStart[lane] + (state.laneOut[lane] % roads.storage[link])]
      const age = tick - state.enteredTick[head]
      if (age > state.linkTicks[link]) state.linkTicks[link] += (age - state.linkTicks[link]) >> 3
      if (state.laneAt[lane] === LANE_BLOCKED) easeLane(world, lane, tick)
    }
    vehicles[link] = inside
    queueM[link] = (standing * JAM_SPACING_M) / roads.openLanes[link]
    if (inside === 0) {
      if (exits === 0) state.linkTicks[link] += (baseTicks[link] - state.linkTicks[link]) >> FORGET_SHIFT
      if (flowVph[link] < UNUSED_VPH) {
        speedMps[link] = roads.mPerTick[link] * TICKS_PER_S
        continue
      }
    }
    if (exits > 0 || inside > 0 || flow > 0)
      speedMps[link] = (roads.lengthM[link] / state.linkTicks[link]) * TICKS_PER_S
  }
}
