/**
 * The all-way stop of the Highway Capacity Manual (2000, chapter 17), which is also how a dark signal is driven: everybody
 * stops, and the more others stand at the other arms, the longer each takes.
 */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { turnDeg } from './roads.ts'
import type { World } from './world.ts'

/**
 * Saturation headway, seconds, by degree of conflict (case 1: nobody else; 2: somebody opposite; 3: somebody across; 4: two of
 * three; 5: at every arm) and by vehicles standing first at the other arms, more than listed counting as the last. HCM 2000, exhibit 17-22.
 */
const HEADWAY_S = {
  single: [[3.9], [4.7], [5.8], [7], [9.6]],
  double: [[4.5], [5, 6.2], [6.4, 7.2], [7.6, 7.6, 7.8, 9], [9.7, 9.7, 9.7, 9.7, 10, 11.5]],
  wide: [[4.5], [6, 6.8, 7.4], [6.6, 7.3, 7.8], [8.1, 8.1, 8.7, 9.6, 12.3], [10, 10, 10, 11.1, 11.4, 13.3]],
} as const
/** Seconds from one vehicle's leaving to the next one's standing at the line (HCM: 2.0 on single lanes, 2.3 on more). */
const MOVE_UP_TICKS = 2 * TICKS_PER_S
/** Arms whose headings differ by more than this face each other (degrees, assumed). */
const FACING_DEG = 135

/** Seconds a vehicle of each lane takes while somebody stands at every arm, where the widest arm has so many lanes. */
export function busyHeadwayS(lanes: number): number {
  return HEADWAY_S[lanes >= 3 ? 'wide' : lanes === 2 ? 'double' : 'single'][4][0]
}

/** The tick at which the first vehicle of `lane` may go on; `tick` itself when it has stood long enough. */
export function allWayStop(world: World, lane: number, link: number, tick: number): number {
  const { state, roads } = world
  const headwayS = headwayAt(world, link, tick, lanesStanding)
  const ready = state.ringReady[roads.ringStart[lane] + (state.laneOut[lane] % roads.storage[link])]
  const stoodFrom = Math.max(ready, state.laneLastOut[lane] + MOVE_UP_TICKS)
  const free = stoodFrom + Math.round(headwayS * TICKS_PER_S) - MOVE_UP_TICKS
  if (free <= tick) return tick
  if (state.heldSince[lane] < 0) state.heldSince[lane] = tick
  return free
}

/** Seconds between two vehicles of one lane of `link` while queues stand in every lane of every other arm. */
export function fullHeadwayS(world: World, link: number): number {
  return headwayAt(world, link, 0, allLanes)
}

/** By how many lanes of the other arms have somebody at the line. */
function headwayAt(
  world: World,
  link: number,
  tick: number,
  standingOf: (world: World, link: number, tick: number) => number,
): number {
  const { roads } = world
  const node = roads.toNode[link]
  let across = 0
  let facing = 0
  let armsAcross = 0
  let lanes = allLanes(world, link)
  for (let i = roads.inStart[node]; i < roads.inStart[node + 1]; i++) {
    const other = roads.inLink[i]
    if (other === link) continue
    lanes = Math.max(lanes, allLanes(world, other))
    const standing = standingOf(world, other, tick)
    if (standing === 0) continue
    if (Math.abs(turnDeg(roads.endDeg[link], roads.endDeg[other])) > FACING_DEG) facing += standing
    else {
      across += standing
      armsAcross++
    }
  }
  const arms = armsAcross + (facing > 0 ? 1 : 0)
  const degree = arms >= 3 ? 4 : arms === 2 ? 3 : armsAcross === 1 ? 2 : facing > 0 ? 1 : 0
  const byStanding = HEADWAY_S[lanes >= 3 ? 'wide' : lanes === 2 ? 'double' : 'single'][degree]
  return byStanding[Math.min(byStanding.length, Math.max(1, across + facing)) - 1]
}

function allLanes({ roads }: World, link: number): number {
  return roads.firstLane[link + 1] - roads.firstLane[link]
}

/** How many lanes of `link` have somebody standing at the end. */
function lanesStanding(world: World, link: number, tick: number): number {
  const { state, roads } = world
  let standing = 0
  for (let lane = roads.firstLane[link]; lane < roads.firstLane[link + 1]; lane++) {
    const first = state.laneOut[lane]
    if (state.laneIn[lane] === first) continue
    if (state.ringReady[roads.ringStart[lane] + (first % roads.storage[link])] <= tick) standing++
  }
  return standing
}
