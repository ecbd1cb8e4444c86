/**
 * Lanes as kinematic-wave queues. Vehicles leave a lane in the order they came; number k may enter only when number k − N has
 * left and its gap has travelled back over the lane (N = storage), and not sooner after number k − 1 than the saturation
 * headway. A lane is looked at only when its first vehicle may move: on its tick in the wheel, or when room is made ahead.
 *
 * Conserved after every event: inserted = finished + inside; the numbers in a lane never exceed its storage.
 */
import { watchWhoStays } from './corrections.ts'
import { holdUntil, passed } from './junctions.ts'
import { planEntry, planHead } from './plan.ts'
import { turnFor } from './drivers.ts'
import { advanceBus, busEntered, busLeft } from './buses.ts'
import { counter, LANE_BLOCKED, LANE_EMPTY, TURN_END, TURN_UNKNOWN } from './state.ts'
import { schedule } from './wheel.ts'
import { releaseRow } from './rows.ts'
import { visitorArrived } from './visitors.ts'
import type { World } from './world.ts'

/** Headway of a truck or bus over that of a car, in quarters: 1.5 passenger cars (HCM gives 1.5 to 2 on level ground). */
const HEADWAY_QUARTERS = [4, 6, 6]

/** Vehicles in the lane. */
export function inLane(world: World, lane: number): number {
  return world.state.laneIn[lane] - world.state.laneOut[lane]
}

/** First tick from `tick` on at which the next vehicle may enter the lane; −1 while it is full. */
export function entryTick(world: World, lane: number, tick: number): number {
  const { state, roads } = world
  const link = roads.laneLink[lane]
  const number = state.laneIn[lane]
  const storage = roads.storage[link]
  if (number - state.laneOut[lane] >= storage) return -1
  const gap = state.ringExit[roads.ringStart[lane] + (number % storage)] + roads.holeTicks[link]
  const next = state.laneLastIn[lane] + roads.headTicks[link]
  const first = gap > next ? gap : next
  return first > tick ? first : tick
}

/** The lane of `link` a vehicle making `turn` at its end takes: the one with most room among those that serve the turn; buses prefer the kerb. */
export function pickLane(world: World, link: number, turn: number, isBus: boolean): number {
  const { state, roads, turns } = world
  const first = roads.firstLane[link]
  const end = roads.firstLane[link + 1]
  if (end - first === 1 || isBus) return roads.kerbLane[link]
  const mask = turn === TURN_END ? roads.carLanes[link] : turns.laneMask[turns.firstTurn[link] + turn]
  let best = roads.kerbLane[link]
  let fewest = 0x7fffffff
  for (let lane = first; lane < end; lane++) {
    if (((mask >> (lane - first)) & 1) === 0) continue
    const count = state.laneIn[lane] - state.laneOut[lane]
    if (count < fewest) {
      fewest = count
      best = lane
    }
  }
  return best
}

/** Puts a vehicle at the start of `lane` at `tick`; the caller has asked `entryTick`. `turn` is what it will do at the end. */
export function enterLane(world: World, lane: number, vehicle: number, turn: number, tick: number): void {
  const { state, roads, tables } = world
  const link = roads.laneLink[lane]
  const number = state.laneIn[lane]++
  const slot = roads.ringStart[lane] + (number % roads.storage[link])
  const isFirst = number === state.laneOut[lane]
  const vehicles = tables.vehicles.columns
  state.ringVehicle[slot] = vehicle
  state.ringReady[slot] = tick + roads.driveTicks[link]
  state.laneLastIn[lane] = tick
  state.turn[vehicle] = turn
  state.number[vehicle] = number
  vehicles.link[vehicle] = link
  vehicles.lane[vehicle] = lane - roads.firstLane[link]
  vehicles.entryTick[vehicle] = tick
  state.enteredTick[vehicle] = tick
  state.drivesFrom[vehicle] = tick
  state.stopRest[vehicle] = 0
  if (state.busFirst[vehicle] >= 0) busEntered(world, vehicle, slot, tick)
  planEntry(world, lane, slot, number)
  if (!isFirst) return
  const next = state.laneLastOut[lane] + roads.headTicks[link]
  schedule(state, lane, state.ringReady[slot] > next ? state.ringReady[slot] : next)
}

/** Looks at the first vehicle of a lane and lets it move when it can. */
export function serveLane(world: World, lane: number, tick: number): void {
  const { state, roads } = world
  const woken = state.wokenBy[lane]
  state.wokenBy[lane] = -1
  const link = roads.laneLink[lane]
  const slot = roads.ringStart[lane] + (state.laneOut[lane] % roads.storage[link])
  const vehicle = state.ringVehicle[slot]
  if (state.ringReady[slot] > tick) {
    retry(world, lane, state.ringReady[slot], woken)
    return
  }
  const node = roads.toNode[link]
  const isBus = state.busFirst[vehicle] >= 0
  const isClosed = isBus ? world.closedToBuses : world.closedToCars
  let turn = state.turn[vehicle]
  const isStale =
    turn === TURN_UNKNOWN || (turn !== TURN_END && isClosed[roads.outLink[roads.outStart[node] + turn]] !== 0)
  if (isStale) {
    turn = turnFor(world, vehicle, node)
    state.turn[vehicle] = turn
  }
  if (turn === TURN_END) {
    leaveLane(world, lane, slot, tick, roads.headTicks[link])
    finish(world, vehicle, tick)
    if (woken >= 0) wakeNext(world, woken, tick + 1)
    return
  }
  const row = world.turns.firstTurn[link] + turn
  const until = holdUntil(world, lane, link, row, tick)
  if (until > tick) {
    retry(world, lane, until, woken)
    return
  }
  const out = roads.outLink[roads.outStart[node] + turn]
  const busAt = state.busAt[vehicle]
  if (isBus) advanceBus(world, vehicle, out)
  const next = turnFor(world, vehicle, roads.toNode[out])
  const target = pickLane(world, out, next, isBus)
  const at = entryTick(world, target, tick)
  if (at !== tick) {
    state.busAt[vehicle] = busAt
    if (at > tick) retry(world, lane, at, woken)
    else waitForRoom(world, lane, target, tick, woken)
    return
  }
  passed(world, link, node, tick)
  leaveLane(world, lane, slot, tick, headway(world, link, row, vehicle))
  enterLane(world, target, vehicle, next, tick)
  if (woken >= 0 && woken !== target) wakeNext(world, woken, tick + 1)
}

/** Takes a lane out of the list it waits in; the caller says what becomes of it. */
export function stopWaiting(world: World, lane: number): void {
  const { state } = world
  const target = state.waitFor[lane]
  if (target < 0) return
  let before = -1
  let at = state.waitHead[target]
  while (at !== lane) {
    before = at
    at = state.waitNext[at]
  }
  const after = state.waitNext[lane]
  if (before < 0) state.waitHead[target] = after
  else state.waitNext[before] = after
  if (after < 0) state.waitTail[target] = before
  state.waitFor[lane] = -1
}

/** Takes the first vehicle out of its lane and sets when the next is looked at; wakes who waits for the room. */
export function leaveLane(
  world: World,
  lane: number,
  slot: number,
  tick: number,
  headwayTicks: number,
): void {
  const { state, roads } = world
  const link = roads.laneLink[lane]
  const took = tick - state.enteredTick[state.ringVehicle[slot]]
  // Exponential smoothing over the last eight or so vehicles, in whole ticks.
  state.linkTicks[link] += (took - state.linkTicks[link]) >> 3
  state.linkExits[link]++
  state.ringExit[slot] = tick
  state.ringVehicle[slot] = -1
  const left = ++state.laneOut[lane]
  state.laneLastOut[lane] = tick
  state.heldSince[lane] = -1
  state.laneAt[lane] = LANE_EMPTY
  if (state.laneIn[lane] > left) {
    const ready = state.ringReady[roads.ringStart[lane] + (left % roads.storage[link])]
    const at = ready > tick + headwayTicks ? ready : tick + headwayTicks
    schedule(state, lane, at)
    planHead(world, lane, at, true)
    if (ready <= at) watchWhoStays(world, lane, at)
  }
  wakeNext(world, lane, tick + roads.holeTicks[link])
}

/** Ends a vehicle's trip here and frees its row. */
export function finish(world: World, vehicle: number, tick: number): void {
  const { state } = world
  if (state.busFirst[vehicle] >= 0) busLeft(world, vehicle, tick)
  else {
    world.tripWatch?.ended(vehicle, tick)
    if (state.destination[vehicle] < state.arrivals.length) state.arrivals[state.destination[vehicle]]++
  }
  visitorArrived(world.visitors, vehicle, state.destination[vehicle])
  state.counters[counter.finished]++
  releaseRow(world, vehicle)
}

function retry(world: World, lane: number, tick: number, woken: number): void {
  schedule(world.state, lane, tick)
  planHead(world, lane, tick, false)
  if (woken >= 0) wakeNext(world, woken, world.state.counters[counter.now] + 1)
}

/** Puts `lane` at the end of those waiting for room in `target`; at the front when it was called and came in vain. */
function waitForRoom(world: World, lane: number, target: number, tick: number, woken: number): void {
  const { state } = world
  if (state.heldSince[lane] < 0) state.heldSince[lane] = tick
  state.laneAt[lane] = LANE_BLOCKED
  state.waitFor[lane] = target
  if (state.waitHead[target] < 0) {
    state.waitHead[target] = lane
    state.waitTail[target] = lane
    state.waitNext[lane] = -1
  } else if (woken === target) {
    state.waitNext[lane] = state.waitHead[target]
    state.waitHead[target] = lane
  } else {
    state.waitNext[state.waitTail[target]] = lane
    state.waitTail[target] = lane
    state.waitNext[lane] = -1
  }
  planHead(world, lane, tick, false)
  if (woken >= 0 && woken !== target) wakeNext(world, woken, tick + 1)
}

/** Has all who wait for room in `lane` look again, in their order: what they wait for is not as it was. */
export function wakeAll(world: World, lane: number, tick: number): void {
  while (world.state.waitHead[lane] >= 0) wakeNext(world, lane, tick)
}

function wakeNext(world: World, lane: number, tick: number): void {
  const { state } = world
  const first = state.waitHead[lane]
  if (first < 0) return
  state.waitHead[lane] = state.waitNext[first]
  if (state.waitHead[lane] < 0) state.waitTail[lane] = -1
  state.waitFor[first] = -1
  state.wokenBy[first] = lane
  schedule(state, first, tick)
  planHead(world, first, tick, false)
}

/** Ticks until the next vehicle of the queue may follow: the lane's headway or the follow-up time of a gap, longer behind a long vehicle. */
function headway(world: World, link: number, row: number, vehicle: number): number {
  const follow = world.turns.followTicks[row]
  const base = world.roads.headTicks[link]
  const ticks = follow > base ? follow : base
  return (ticks * HEADWAY_QUARTERS[world.tables.vehicles.columns.kind[vehicle]]) >> 2
}
