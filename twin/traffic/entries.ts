/** Trips that begin: they wait at the start of their first link, outside the road, until it has room. */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { busLeft, nextOpen } from './buses.ts'
import { turnFor } from './drivers.ts'
import { enterLane, entryTick, pickLane } from './lanes.ts'
import { releaseRow, takeRow } from './rows.ts'
import { counter, TURN_END } from './state.ts'
import type { World } from './world.ts'

/** A street is left room to move: nobody comes out of a drive onto a lane filled beyond this share (assumed). */
const FULLEST = 0.8

/** Has a vehicle wait to enter `link`. */
export function waitToEnter(world: World, vehicle: number, link: number): void {
  const { state } = world
  state.nextWaiting[vehicle] = -1
  if (state.entryHead[link] < 0) state.entryHead[link] = vehicle
  else state.nextWaiting[state.entryTail[link]] = vehicle
  state.entryTail[link] = vehicle
  state.counters[counter.waiting]++
  if (state.isEntryLink[link] !== 0) return
  state.isEntryLink[link] = 1
  state.entryLinks[state.counters[counter.entryLinks]++] = link
}

/**
 * Starts a trip at `node` to `zone`; gives the vehicle's row, −1 when it has nowhere to go or there is no free row (counted
 * as refused).
 */
export function startTrip(world: World, node: number, zone: number, variant: number, kind: number): number {
  const { state, roads, tables } = world
  const vehicle = takeRow(world)
  if (vehicle < 0) {
    state.counters[counter.refused]++
    return -1
  }
  state.destination[vehicle] = zone
  state.variant[vehicle] = variant
  tables.vehicles.columns.kind[vehicle] = kind
  const turn = turnFor(world, vehicle, node)
  if (turn === TURN_END) {
    releaseRow(world, vehicle)
    return -1
  }
  waitToEnter(world, vehicle, roads.outLink[roads.outStart[node] + turn])
  return vehicle
}

/** Lets waiting vehicles onto the road where there is room within the coming second; traffic that waits for the same room goes first. */
export function letEnter(world: World): void {
  const { state, roads } = world
  let kept = 0
  const count = state.counters[counter.entryLinks]
  for (let i = 0; i < count; i++) {
    const link = state.entryLinks[i]
    let tries = roads.firstLane[link + 1] - roads.firstLane[link]
    while (tries-- > 0 && state.entryHead[link] >= 0) if (!enterFirst(world, link)) break
    if (state.entryHead[link] >= 0) state.entryLinks[kept++] = link
    else state.isEntryLink[link] = 0
  }
  state.counters[counter.entryLinks] = kept
}

/**
 * A link has closed to all or to some: who waits to enter it and may not goes another way from the same node, or not at all; a
 * bus sets out from the next open link of its path.
 */
export function sendElsewhere(world: World, link: number): void {
  const { state, roads, closedToCars, closedToBuses } = world
  let vehicle = state.entryHead[link]
  state.entryHead[link] = -1
  state.entryTail[link] = -1
  const node = roads.network.links.fromNode[link]
  while (vehicle >= 0) {
    const next = state.nextWaiting[vehicle]
    state.counters[counter.waiting]--
    const isBus = state.busFirst[vehicle] >= 0
    if ((isBus ? closedToBuses : closedToCars)[link] === 0) waitToEnter(world, vehicle, link)
    else if (isBus) sendBusElsewhere(world, vehicle)
    else {
      const turn = turnFor(world, vehicle, node)
      if (turn === TURN_END) {
        world.tripWatch?.turnedAway(vehicle, state.counters[counter.now])
        refuse(world, vehicle)
      } else waitToEnter(world, vehicle, roads.outLink[roads.outStart[node] + turn])
    }
    vehicle = next
  }
}

function sendBusElsewhere(world: World, vehicle: number): void {
  const { state, busPaths } = world
  const at = nextOpen(world, state.busAt[vehicle], state.busEnd[vehicle])
  if (at < state.busEnd[vehicle]) {
    state.busAt[vehicle] = at
    waitToEnter(world, vehicle, busPaths[at])
    return
  }
  busLeft(world, vehicle, state.counters[counter.now])
  refuse(world, vehicle)
}

function refuse(world: World, vehicle: number): void {
  world.state.counters[counter.refused]++
  releaseRow(world, vehicle)
}

function enterFirst(world: World, link: number): boolean {
  const { state, roads } = world
  const vehicle = state.entryHead[link]
  const now = state.counters[counter.now]
  const turn = turnFor(world, vehicle, roads.toNode[link])
  const lane = pickLane(world, link, turn, state.busFirst[vehicle] >= 0)
  const count = state.laneIn[lane] - state.laneOut[lane]
  if (state.waitHead[lane] >= 0 || (count > 0 && count + 1 > FULLEST * roads.storage[link])) return false
  const at = entryTick(world, lane, now + 1)
  if (at < 0 || at > now + TICKS_PER_S) return false
  state.entryHead[link] = state.nextWaiting[vehicle]
  if (state.entryHead[link] < 0) state.entryTail[link] = -1
  state.nextWaiting[vehicle] = -1
  state.counters[counter.waiting]--
  state.counters[counter.inserted]++
  enterLane(world, lane, vehicle, turn, at)
  return true
}
