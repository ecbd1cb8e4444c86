/**
 * Where the model has the vehicles of a lane: what their plans are held to.
 *
 * The engine itself keeps only when vehicles come and go. Between, by Newell's simplified car-following (2002), a vehicle drives
 * at this hour's driving speed v until it would come nearer to the one ahead than the jam spacing s, and repeats what that one
 * did a wave time τ later; τ = headway − s / v is the one at which a queue leaves at the lane's headway. So vehicle k is no
 * further than its own drive (a bus stands at its last stop until it pulls out), no further than j s before the line while j
 * vehicles are ahead of it, and sets off from each such place j τ after the vehicle left whose leaving made the room; the same
 * behind a bus at its stop.
 */
import { planPositionM } from './planPosition.ts'
import { JAM_SPACING_M } from './roads.ts'
import type { World } from './world.ts'

/** Writes how far the vehicles of `lane`, front first, are from the start of their link at `tick`, metres, to `placeM`; gives their number. */
export function placeLane(world: World, lane: number, tick: number, placeM: Float64Array): number {
  const { state, roads } = world
  const { ringVehicle, ringReady, ringExit, drivesFrom, stopRest } = state
  const link = roads.laneLink[lane]
  const storage = roads.storage[link]
  const ring = roads.ringStart[lane]
  const lengthM = roads.lengthM[link]
  const v = roads.mPerTick[link]
  const spacingTicks = JAM_SPACING_M / v
  const waveTicks = Math.max(0, roads.headTicks[link] - spacingTicks)
  const first = state.laneOut[lane]
  const count = state.laneIn[lane] - first
  // how many that have left are still to be followed from their places, and when the last of these left
  let left = 0
  let leftTick = 0
  let busAt = -1
  let busStopM = 0
  let busTick = 0
  let aheadM = lengthM + JAM_SPACING_M
  let slot = ring + (first % storage)
  let lastSlot = slot
  for (let k = 0; k < count; k++) {
    while (left < storage) {
      const exitSlot = lastSlot === ring ? ring + storage - 1 : lastSlot - 1
      const exit = ringExit[exitSlot]
      if (tick - exit - (k + left + 1) * waveTicks >= spacingTicks) break
      lastSlot = exitSlot
      left++
      leftTick = exit
    }
    let m = lengthM - (k + left) * JAM_SPACING_M
    if (left > 0) m += v * Math.max(0, tick - leftTick - (k + left) * waveTicks)
    if (busAt >= 0) {
      const behind = k - busAt
      const m2 = busStopM - behind * JAM_SPACING_M + v * Math.max(0, tick - busTick - behind * waveTicks)
      if (m2 < m) m = m2
    }
    if (m > aheadM - JAM_SPACING_M) m = aheadM - JAM_SPACING_M
    const vehicle = ringVehicle[slot]
    const ready = ringReady[slot]
    if (++slot === ring + storage) slot = ring
    const rest = stopRest[vehicle]
    const ownM = planPositionM(tick, drivesFrom[vehicle], ready, rest * v, lengthM, v)
    m = Math.max(0, Math.min(m, ownM))
    placeM[k] = m
    aheadM = m
    if (rest > 0) {
      busAt = k
      busStopM = lengthM - rest * v
      busTick = ready - rest
    }
  }
  return count
}
