/**
 * Plans are held to the model: a vehicle whose plan would have it drawn further than `LIMIT_M` from where the model has it
 * (`lanePlaces.ts`) gets a new one that begins there. Only how it is drawn: nothing here moves a vehicle.
 */
import { placeLane } from './lanePlaces.ts'
import { planPositionM } from './planPosition.ts'
import { JAM_SPACING_M } from './roads.ts'
import type { World } from './world.ts'
import { TICKS_PER_S } from '../kernel/clock.ts'

/** Metres a plan may be from the model. */
export const LIMIT_M = 8
/** Vehicles of a lane that leave further apart than so many headways leave in different greens (assumed). */
const APART_HEADWAYS = 3

let placeM = new Float64Array(256)
let soonM = new Float64Array(256)

export function correctLane(world: World, lane: number, tick: number): void {
  const { state, roads, tables } = world
  const { entryTick, exitTick, stopM } = tables.vehicles.columns
  const link = roads.laneLink[lane]
  const storage = roads.storage[link]
  if (storage > placeM.length) {
    placeM = new Float64Array(storage * 2)
    soonM = new Float64Array(storage * 2)
  }
  const count = placeLane(world, lane, tick, placeM)
  placeLane(world, lane, tick + TICKS_PER_S, soonM)
  const ring = roads.ringStart[lane]
  const lengthM = roads.lengthM[link]
  const v = roads.mPerTick[link]
  const first = state.laneOut[lane]
  const headTicks = roads.headTicks[link]
  const due = state.laneAt[lane] > tick ? state.laneAt[lane] : tick
  let groupM = 0
  let aheadExit = 0
  for (let k = 0; k < count; k++) {
    const vehicle = state.ringVehicle[ring + ((first + k) % storage)]
    const atM = placeM[k]
    let exit = exitTick[vehicle]
    if (k > 0) groupM = exit - aheadExit > APART_HEADWAYS * headTicks ? 0 : groupM + JAM_SPACING_M
    const planM = planPositionM(tick, entryTick[vehicle], exit, stopM[vehicle], lengthM, v)
    const offM = planM - atM
    if (offM > LIMIT_M || offM < -LIMIT_M) {
      const isMoving = soonM[k] - atM > 1
      const there = tick + Math.ceil((lengthM - atM) / v)
      if (exit < there) exit = there
      if (!isMoving && exit < due + k * headTicks) exit = due + k * headTicks
      entryTick[vehicle] = Math.ceil(tick - atM / v)
      const restM = lengthM - atM
      stopM[vehicle] = isMoving ? Math.min(restM, groupM) : restM
    }
    if (k > 0 && exit <= aheadExit) exit = aheadExit + 1
    exitTick[vehicle] = exit
    aheadExit = exit
  }
}
