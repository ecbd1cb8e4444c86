/** Buses on the road: paths of links instead of trees, stops on the way, events for who owns the timetable. */
import { busEventKinds, type BusEvents } from './busInterface.ts'
import { watchLane } from './corrections.ts'
import { followPlan } from './plan.ts'
import { ROUTE_END, turnTowards } from './routes.ts'
import { counter, TURN_END } from './state.ts'
import type { World } from './world.ts'

const ENTERED = busEventKinds.indexOf('entered')
const STOPPED = busEventKinds.indexOf('stopped')
const LEFT = busEventKinds.indexOf('left')

/** Events of one step at most; a bus seldom makes two in a second. */
const MAX_EVENTS = 4096

export function makeBusEvents(): BusEvents {
  return {
    count: 0,
    kind: new Uint8Array(MAX_EVENTS),
    vehicle: new Uint32Array(MAX_EVENTS),
    pathIndex: new Uint16Array(MAX_EVENTS),
    tick: new Int32Array(MAX_EVENTS),
    departTick: new Int32Array(MAX_EVENTS),
  }
}

/**
 * The turn a bus makes at `node`, the end of the link it is on: to the next open link of its path, or on the way there when
 * links between are closed; TURN_END at the path's end and where no way is open.
 */
export function turnOfBus(world: World, vehicle: number, node: number): number {
  const { state, roads, closedToBuses, busPaths } = world
  const next = nextOpen(world, state.busAt[vehicle] + 1, state.busEnd[vehicle])
  if (next >= state.busEnd[vehicle]) return TURN_END
  const link = busPaths[next]
  for (let i = roads.outStart[node]; i < roads.outStart[node + 1]; i++)
    if (roads.outLink[i] === link) return i - roads.outStart[node]
  const turn = turnTowards(roads, world.routes, node, roads.network.links.fromNode[link], closedToBuses)
  if (turn === ROUTE_END) return TURN_END
  return closedToBuses[roads.outLink[roads.outStart[node] + turn]] === 0 ? turn : TURN_END
}

/** Moves the bus along its path when `link`, which it is about to enter, is its next open one; on a detour it stays where it was. */
export function advanceBus(world: World, vehicle: number, link: number): void {
  const { state, busPaths } = world
  const next = nextOpen(world, state.busAt[vehicle] + 1, state.busEnd[vehicle])
  if (next < state.busEnd[vehicle] && busPaths[next] === link) state.busAt[vehicle] = next
}

/** The first link of the bus paths from `at` on that is open to buses; `end` when none before it is. */
export function nextOpen({ busPaths, closedToBuses }: World, at: number, end: number): number {
  let next = at
  while (next < end && closedToBuses[busPaths[next]] !== 0) next++
  return next
}

/** Notes that a bus entered the next link of its path, and holds it at its stop there; on a detour it does neither. */
export function busEntered(world: World, vehicle: number, slot: number, tick: number): void {
  const { state, tables, busPaths } = world
  if (busPaths[state.busAt[vehicle]] !== tables.vehicles.columns.link[vehicle]) return
  addEvent(world, ENTERED, vehicle, tick, tick)
  applyStop(world, vehicle, slot, tick)
}

/** Notes that a bus has left the road. */
export function busLeft(world: World, vehicle: number, tick: number): void {
  const { state } = world
  if (state.busAt[vehicle] + 1 === state.busEnd[vehicle]) state.busAt[vehicle]++
  addEvent(world, LEFT, vehicle, tick, tick)
}

/** See BusTraffic.setNextStop. */
export function setNextStop(
  world: World,
  vehicle: number,
  pathIndex: number,
  alongM: number,
  dwellTicks: number,
  notBeforeTick: number,
): void {
  const { state, roads, busPaths, tables } = world
  if (state.busFirst[vehicle] < 0) return
  const at = state.busFirst[vehicle] + pathIndex
  const link = busPaths[at]
  state.stopPath[vehicle] = at
  state.stopTicks[vehicle] = Math.round(Math.min(alongM, roads.lengthM[link]) / roads.mPerTick[link])
  state.stopDwell[vehicle] = Math.round(dwellTicks)
  state.stopNotBefore[vehicle] = Math.round(notBeforeTick)
  if (state.busAt[vehicle] !== at || tables.vehicles.columns.link[vehicle] !== link) return
  const lane = roads.firstLane[link] + tables.vehicles.columns.lane[vehicle]
  const slot = roads.ringStart[lane] + (state.number[vehicle] % roads.storage[link])
  applyStop(world, vehicle, slot, state.counters[counter.now])
  followPlan(world, lane, state.number[vehicle], tables.vehicles.columns.exitTick[vehicle])
}

/** When the bus's next stop lies on the link it is on: moves the tick at which it is ready to leave the link, and says so. */
function applyStop(world: World, vehicle: number, slot: number, tick: number): void {
  const { state, tables, roads } = world
  if (state.stopPath[vehicle] !== state.busAt[vehicle]) return
  state.stopPath[vehicle] = -1
  const link = tables.vehicles.columns.link[vehicle]
  // What is left to drive from the stop, counted back from the end of the link, so that several stops add up.
  const rest = Math.max(0, roads.driveTicks[link] - state.stopTicks[vehicle])
  const arrives = Math.max(tick, state.ringReady[slot] - rest)
  const departs = Math.max(arrives + state.stopDwell[vehicle], state.stopNotBefore[vehicle])
  // Told of another stop once it has left the last one: where it is now counts from a later start. Told before, it stands at the later stop for both.
  const pulledOut = state.ringReady[slot] - state.stopRest[vehicle]
  if (tick >= pulledOut) state.drivesFrom[vehicle] = state.ringReady[slot] - roads.driveTicks[link]
  state.ringReady[slot] = departs + rest
  state.stopRest[vehicle] = rest
  watchLane(world, roads.firstLane[link] + tables.vehicles.columns.lane[vehicle])
  tables.vehicles.columns.entryTick[vehicle] = state.drivesFrom[vehicle]
  tables.vehicles.columns.stopM[vehicle] = rest * roads.mPerTick[link]
  const { exitTick } = tables.vehicles.columns
  if (exitTick[vehicle] < departs + rest) exitTick[vehicle] = departs + rest
  addEvent(world, STOPPED, vehicle, arrives, departs)
}

/** Begins a step: forgets the events that were there when the last step ended; those made since stay. */
export function forgetReadEvents(world: World): void {
  const { busEvents, state } = world
  const read = state.counters[counter.busEventsRead]
  busEvents.kind.copyWithin(0, read, busEvents.count)
  busEvents.vehicle.copyWithin(0, read, busEvents.count)
  busEvents.pathIndex.copyWithin(0, read, busEvents.count)
  busEvents.tick.copyWithin(0, read, busEvents.count)
  busEvents.departTick.copyWithin(0, read, busEvents.count)
  busEvents.count -= read
}

function addEvent(world: World, kind: number, vehicle: number, tick: number, departTick: number): void {
  const { busEvents, state } = world
  const at = busEvents.count
  if (at === MAX_EVENTS) return
  busEvents.count = at + 1
  busEvents.kind[at] = kind
  busEvents.vehicle[at] = vehicle
  busEvents.pathIndex[at] = state.busAt[vehicle] - state.busFirst[vehicle]
  busEvents.tick[at] = tick
  busEvents.departTick[at] = departTick
}
