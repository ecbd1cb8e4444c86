/**
 * Plans are held to the model: a vehicle whose plan has it further than `LIMIT_M` from where the model has it (`lanePlaces.ts`)
 * gets a new one that begins there. It changes only how vehicles are drawn: nothing here moves one.
 *
 * A lane is watched, second by second, from an event that neither plans nor model foresaw (somebody left a queue, a plan was put
 * off, a bus was told of a stop) until everybody in it stands, or drives as planned, for `CALM_TICKS`. Lanes where somebody
 * stands elsewhere than planned are found by the reviews. This costs a fraction of looking at every lane each second, and misses
 * little: at Montevideo's evening peak 6 vehicle seconds of 10,000 are beyond the limit (`npm run bench -- plans`).
 */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { placeLane } from './lanePlaces.ts'
import { planPositionM } from './planPosition.ts'
import { JAM_SPACING_M } from './roads.ts'
import { counter } from './state.ts'
import type { World } from './world.ts'

/** Metres a plan may be from the model. */
export const LIMIT_M = 8
/** Metres the plan of one who stands may be from the model: less than a jam spacing, or two would stand in one place. */
export const STANDING_LIMIT_M = 2
/** Exits that are other than planned by so much in all move vehicles about half of `LIMIT_M` (ticks). */
const DRIFT_TICKS = TICKS_PER_S / 2
/** Longer than between two reviews of a link (ticks; 6 s). */
const CALM_TICKS = 6 * TICKS_PER_S
/** Seconds between two questions whether a watched lane is calm. */
const CALM_EVERY_S = 3
/** Nearer than this a vehicle stands, or two places are one. */
const SAME_M = 0.5
/** Vehicles of a lane whose exits are further apart than so many headways leave in different greens (assumed). */
const APART_HEADWAYS = 3

/** Has the plans of `lane` looked at from the end of this second on. */
export function watchLane(world: World, lane: number): void {
  const { state } = world
  if (!world.keepsPlans || state.isWatched[lane] !== 0) return
  state.isWatched[lane] = 1
  state.watchedLanes[state.counters[counter.watchedLanes]++] = lane
}

/** The first of `lane` leaves so many ticks later (or sooner) than planned: with others behind it, enough of these are watched. */
export function noteDrift(world: World, lane: number, lateTicks: number): void {
  const { state } = world
  if (state.laneIn[lane] <= state.laneOut[lane] + 1) return
  state.planDrift[lane] += lateTicks < 0 ? -lateTicks : lateTicks
  if (state.planDrift[lane] > DRIFT_TICKS) watchLane(world, lane)
}

/** A queue moves on, its next one at `at`: watched when not all of it will have left in one go. */
export function watchWhoStays(world: World, lane: number, at: number): void {
  if (!world.keepsPlans) return
  const { state, roads, tables } = world
  const link = roads.laneLink[lane]
  const count = state.laneIn[lane] - state.laneOut[lane]
  const last = state.ringVehicle[roads.ringStart[lane] + ((state.laneIn[lane] - 1) % roads.storage[link])]
  const inOneGo = at + (count + APART_HEADWAYS) * roads.headTicks[link]
  if (tables.vehicles.columns.exitTick[last] > inOneGo) watchLane(world, lane)
}

/** Looks at every watched lane at `tick`, the end of a second; each lane by itself, so that their order does not matter. */
export function correctPlans(world: World, tick: number): void {
  const { state, places } = world
  const count = state.counters[counter.watchedLanes]
  let kept = 0
  for (let i = 0; i < count; i++) {
    const lane = state.watchedLanes[i]
    if (correctLane(world, lane, tick, places)) state.watchedLanes[kept++] = lane
    else state.isWatched[lane] = 0
  }
  state.counters[counter.watchedLanes] = kept
}

/** Working memory, rows for the fullest lane: where its vehicles are now, in a second, and when all is calm. */
export interface Places {
  readonly now: Float64Array
  readonly soon: Float64Array
  readonly calm: Float64Array
}

export function makePlaces(storage: Uint16Array): Places {
  const most = storage.reduce((fullest, count) => Math.max(fullest, count), 0)
  return { now: new Float64Array(most), soon: new Float64Array(most), calm: new Float64Array(most) }
}

/** Corrects the plans of one lane; whether it is to be looked at again in a second. */
export function correctLane(world: World, lane: number, tick: number, places: Places): boolean {
  const { state, roads, tables } = world
  const { entryTick, exitTick, stopM } = tables.vehicles.columns
  const link = roads.laneLink[lane]
  const storage = roads.storage[link]
  const ring = roads.ringStart[lane]
  const lengthM = roads.lengthM[link]
  const v = roads.mPerTick[link]
  const headTicks = roads.headTicks[link]
  const first = state.laneOut[lane]
  const count = placeLane(world, lane, tick, places.now)
  // whether it is calm is asked every third second only: that costs as much again
  const isAsked = (tick / TICKS_PER_S + lane) % CALM_EVERY_S === 0
  if (isAsked) placeLane(world, lane, tick + CALM_TICKS, places.calm)
  state.planDrift[lane] = 0
  let isSoonKnown = false
  let isRestless = !isAsked
  let groupM = 0
  let aheadExit = 0
  let slot = ring + (first % storage)
  for (let k = 0; k < count; k++) {
    const vehicle = state.ringVehicle[slot]
    const vehicleSlot = slot
    if (++slot === ring + storage) slot = ring
    const m = places.now[k]
    let exit = exitTick[vehicle]
    if (k > 0) groupM = exit - aheadExit > APART_HEADWAYS * headTicks ? 0 : groupM + JAM_SPACING_M
    const busRest = state.stopRest[vehicle]
    if (busRest > 0) {
      const ready = state.ringReady[vehicleSlot]
      if (ready - busRest > tick) groupM = Math.max(groupM, busRest * v)
      // a bus that pulls out before its way is free stands twice, which no plan says beforehand
      if (ready > tick && exit > ready + DRIFT_TICKS) isRestless = true
    }
    let planM = planPositionM(tick, entryTick[vehicle], exit, stopM[vehicle], lengthM, v)
    const limitM = Math.abs(lengthM - stopM[vehicle] - planM) < SAME_M ? STANDING_LIMIT_M : LIMIT_M
    if (planM > m + limitM || planM < m - limitM) {
      if (!isSoonKnown) placeLane(world, lane, tick + TICKS_PER_S, places.soon)
      isSoonKnown = true
      const isMoving = places.soon[k] > m + SAME_M
      const leftTicks = Math.ceil((lengthM - m) / v)
      if (exit < tick + leftTicks) exit = tick + leftTicks
      if (!isMoving) {
        // who stands sets off no sooner than the first of the lane, and a wave later for each one between
        const due = state.laneAt[lane] > tick ? state.laneAt[lane] : tick
        if (exit < due + k * headTicks) exit = due + k * headTicks
      }
      entryTick[vehicle] = tick - Math.floor(m / v)
      stopM[vehicle] = isMoving ? Math.min(lengthM - m, groupM) : lengthM - m
      planM = m
    }
    // nobody leaves before the one ahead
    if (k > 0 && exit <= aheadExit) exit = aheadExit + 1
    if (exit !== exitTick[vehicle]) exitTick[vehicle] = exit
    aheadExit = exit
    if (isRestless) continue
    const calmM = planPositionM(tick + CALM_TICKS, entryTick[vehicle], exit, stopM[vehicle], lengthM, v)
    const together = Math.abs(planM - m) < SAME_M && Math.abs(calmM - places.calm[k]) < SAME_M
    const standing = calmM - planM < SAME_M && places.calm[k] - m < SAME_M
    isRestless = !together && !standing
  }
  return isRestless
}
