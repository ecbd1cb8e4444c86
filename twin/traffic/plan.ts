/**
 * The plans vehicles travel by on the page: when each will leave its link and where it joins the queue. Made when a vehicle
 * enters, from who is ahead and from the signal; corrected when the first of the lane is held up or goes early. A plan never
 * lets a vehicle leave before the one ahead of it.
 */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { STANDING_LIMIT_M, noteDrift, watchLane } from './corrections.ts'
import { nextGreen } from './junctions.ts'
import { JAM_SPACING_M } from './roads.ts'
import { LANE_BLOCKED } from './state.ts'
import type { World } from './world.ts'

/** A standing vehicle whose release nobody knows is planned to leave so much later, again and again (ticks; 8 s). */
const UNKNOWN_TICKS = 8 * TICKS_PER_S
/** Plans are put right when they are late by more than this (ticks; 2 s). */
const TOLERANCE_TICKS = 2 * TICKS_PER_S

/** Sets the plan of the vehicle in `slot`, the last of its lane. */
export function planEntry(world: World, lane: number, slot: number, number: number): void {
  if (!world.keepsPlans) return
  const { state, roads, tables } = world
  const { exitTick, stopM } = tables.vehicles.columns
  const link = roads.laneLink[lane]
  const vehicle = state.ringVehicle[slot]
  const ready = state.ringReady[slot]
  let exit = ready
  let stop = 0
  if (number > state.laneOut[lane]) {
    const leader = state.ringVehicle[roads.ringStart[lane] + ((number - 1) % roads.storage[link])]
    const after = exitTick[leader] + roads.headTicks[link]
    // it stands behind the one ahead when it comes sooner than it may follow
    if (after > exit) {
      exit = after
      stop = Math.min(stopM[leader] + JAM_SPACING_M, roads.lengthM[link])
    }
  }
  const busStopM = state.stopRest[vehicle] * roads.mPerTick[link]
  if (busStopM > stop) stop = busStopM
  exitTick[vehicle] = nextGreen(world, link, exit)
  stopM[vehicle] = stop
}

/** The first of `lane` is next looked at in `tick`: puts its plan right, and those behind as far as they depend on it. */
export function planHead(world: World, lane: number, tick: number, isNew: boolean): void {
  if (!world.keepsPlans) return
  const { state, roads, tables } = world
  const { exitTick } = tables.vehicles.columns
  const link = roads.laneLink[lane]
  const slot = roads.ringStart[lane] + (state.laneOut[lane] % roads.storage[link])
  const head = state.ringVehicle[slot]
  const isBlocked = state.laneAt[lane] === LANE_BLOCKED
  const due = isBlocked ? tick + UNKNOWN_TICKS : nextGreen(world, link, tick)
  const late = due - exitTick[head]
  if (isBlocked && late < UNKNOWN_TICKS / 2) return
  noteDrift(world, lane, late)
  if (late <= 0 && (!isNew || late > -TOLERANCE_TICKS)) return
  exitTick[head] = due
  followPlan(world, lane, state.laneOut[lane], due)
}

/** Carries a change of the plan of the lane's vehicle `from` back along the lane, to the first vehicle that it does not touch. */
export function followPlan(world: World, lane: number, from: number, exit: number): void {
  if (!world.keepsPlans) return
  const { state, roads, tables } = world
  const { exitTick } = tables.vehicles.columns
  const link = roads.laneLink[lane]
  const storage = roads.storage[link]
  const ring = roads.ringStart[lane]
  const headTicks = roads.headTicks[link]
  let before = exit
  for (let number = from + 1; number < state.laneIn[lane]; number++) {
    const slot = ring + (number % storage)
    const vehicle = state.ringVehicle[slot]
    const ready = state.ringReady[slot]
    const free = before + headTicks > ready ? before + headTicks : ready
    const due = nextGreen(world, link, free)
    const late = due - exitTick[vehicle]
    if (late <= 0 && late > -TOLERANCE_TICKS) return
    // it has missed its green
    if (late > TOLERANCE_TICKS) watchLane(world, lane)
    exitTick[vehicle] = due
    before = due
  }
}

/**
 * Looks through one lane: plans that have run out are put off, and where somebody stands who is planned elsewhere, all are
 * looked at. Gives the number of standing vehicles.
 */
export function reviewLane(world: World, lane: number, tick: number): number {
  const { state, roads, tables } = world
  const { exitTick, stopM } = tables.vehicles.columns
  const link = roads.laneLink[lane]
  const storage = roads.storage[link]
  const ring = roads.ringStart[lane]
  const first = state.laneOut[lane]
  const last = state.laneIn[lane]
  if (first === last) return 0
  const head = state.ringVehicle[ring + (first % storage)]
  const { keepsPlans } = world
  if (keepsPlans && state.laneAt[lane] === LANE_BLOCKED && exitTick[head] < tick + UNKNOWN_TICKS / 2) {
    exitTick[head] = tick + UNKNOWN_TICKS
    followPlan(world, lane, first, exitTick[head])
  }
  let standing = 0
  for (let number = first; number < last; number++) {
    const slot = ring + (number % storage)
    if (state.ringReady[slot] > tick) break
    standing++
    if (!keepsPlans) continue
    const vehicle = state.ringVehicle[slot]
    const dueM = (number - first) * JAM_SPACING_M
    if (stopM[vehicle] > dueM + STANDING_LIMIT_M || stopM[vehicle] < dueM - STANDING_LIMIT_M)
      watchLane(world, lane)
  }
  return standing
}
