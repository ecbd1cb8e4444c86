/**
 * What keeps jams from locking up. Lanes that wait for each other in a ring move on together, each into the place the next one
 * leaves; who stands long before a full link takes another way; who stands very long is lifted out and counted.
 */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { advanceBus } from './buses.ts'
import { turnFor } from './drivers.ts'
import { enterLane, entryTick, finish, leaveLane, pickLane, stopWaiting } from './lanes.ts'
import { counter, TURN_END } from './state.ts'
import { schedule } from './wheel.ts'
import type { World } from './world.ts'

/** A ring of full lanes moves on once its vehicles stood so long (ticks; 15 s, assumed: nobody blocks the junction itself). */
const RING_TICKS = 15 * TICKS_PER_S
/** Longest ring looked for, lanes. */
const RING_LANES = 64
/** A driver looks for another way after standing first so long (ticks; 60 s, assumed). */
const REROUTE_TICKS = 60 * TICKS_PER_S
/** The other way must be no narrower by more than this in classes, and less filled than this, or side streets jam instead (assumed). */
const OTHER_WAY_CLASSES = 1
const OTHER_WAY_FILLED = 0.4
/** After so long any way will do (ticks; 120 s, assumed). */
const DESPERATE_TICKS = 120 * TICKS_PER_S
/** After so long it is put where there is room (ticks; 300 s, as SUMO's default): an error of the model, counted as a teleport. */
const TELEPORT_TICKS = 300 * TICKS_PER_S
/** Links ahead that are tried for room. */
const TELEPORT_LINKS = 60

/** Helps the first vehicle of a blocked lane when it has stood too long. Called between ticks. */
export function easeLane(world: World, lane: number, tick: number): void {
  const { state } = world
  const stood = tick - state.heldSince[lane]
  if (state.heldSince[lane] < 0 || stood < RING_TICKS) return
  const length = findRing(world, lane)
  if (length > 0) turnRing(world, lane, length, tick)
  else if (stood < REROUTE_TICKS) return
  else if (stood < TELEPORT_TICKS) takeOtherWay(world, lane, tick)
  else teleport(world, lane, tick)
}

/** How many lanes lead from `lane`, each waiting for the next, back to it; 0 when they do not. */
function findRing(world: World, lane: number): number {
  const { waitFor } = world.state
  let at = waitFor[lane]
  for (let length = 1; length <= RING_LANES && at >= 0; length++) {
    if (at === lane) return length
    at = waitFor[at]
  }
  return 0
}

/** Moves the first vehicle of every lane of a ring into the next lane, all at once: each lane gives one place and takes one. */
function turnRing(world: World, lane: number, length: number, tick: number): void {
  const { state, roads } = world
  const lanes: number[] = []
  for (let at = lane; lanes.length < length; at = state.waitFor[at]) lanes.push(at)
  const vehicles = lanes.map((at) => firstOf(world, at))
  // First out of all lists: leaving a lane wakes those that wait for it.
  for (const at of lanes) stopWaiting(world, at)
  for (const at of lanes) {
    const link = roads.laneLink[at]
    const slot = roads.ringStart[at] + (state.laneOut[at] % roads.storage[link])
    leaveLane(world, at, slot, tick, roads.headTicks[link])
  }
  vehicles.forEach((vehicle, i) => {
    const target = lanes[(i + 1) % length]
    if (state.busFirst[vehicle] >= 0) advanceBus(world, vehicle, roads.laneLink[target])
    const turn = turnFor(world, vehicle, roads.toNode[roads.laneLink[target]])
    enterLane(world, target, vehicle, turn, tick)
  })
  state.counters[counter.rings]++
}

/** Turns the first vehicle into the emptiest other link with room; its route from there leads on to the destination. */
function takeOtherWay(world: World, lane: number, tick: number): void {
  const { state, roads, closedToCars } = world
  const link = roads.laneLink[lane]
  const vehicle = firstOf(world, lane)
  if (state.busFirst[vehicle] >= 0) return
  const node = roads.toNode[link]
  const count = roads.outStart[node + 1] - roads.outStart[node]
  let best = -1
  const isDesperate = tick - state.heldSince[lane] > DESPERATE_TICKS
  let fullest = isDesperate ? 1 : OTHER_WAY_FILLED
  const { roadClass, reverseLink } = roads.network.links
  for (let turn = 0; turn < count; turn++) {
    const out = roads.outLink[roads.outStart[node] + turn]
    const isUnwelcome = roadClass[out] > roadClass[link] + OTHER_WAY_CLASSES || roads.timeWeight[out] > 1
    const isNo = reverseLink[link] === out || (!isDesperate && isUnwelcome)
    if (turn === state.turn[vehicle] || isNo || closedToCars[out] !== 0) continue
    const next = pickLane(world, out, TURN_END, false)
    if (state.waitHead[next] >= 0 || entryTick(world, next, tick) < 0) continue
    const filled = (state.laneIn[next] - state.laneOut[next]) / roads.storage[out]
    if (filled >= fullest) continue
    fullest = filled
    best = turn
  }
  if (best < 0) return
  state.turn[vehicle] = best
  state.counters[counter.reroutes]++
  stopWaiting(world, lane)
  schedule(state, lane, tick + 1)
}

/** Lifts the first vehicle to the next link of its route that has room; it stays when there is none near. */
function teleport(world: World, lane: number, tick: number): void {
  const { state, roads } = world
  const link = roads.laneLink[lane]
  const vehicle = firstOf(world, lane)
  const slot = roads.ringStart[lane] + (state.laneOut[lane] % roads.storage[link])
  const isBus = state.busFirst[vehicle] >= 0
  const wasAt = state.busAt[vehicle]
  let at = link
  let turn = state.turn[vehicle]
  for (let i = 0; i < TELEPORT_LINKS && turn !== TURN_END; i++) {
    const node = roads.toNode[at]
    at = roads.outLink[roads.outStart[node] + turn]
    if (isBus) advanceBus(world, vehicle, at)
    turn = turnFor(world, vehicle, roads.toNode[at])
    const target = pickLane(world, at, turn, isBus)
    if (state.waitHead[target] >= 0 || entryTick(world, target, tick) !== tick) continue
    lift(world, lane, slot, tick)
    enterLane(world, target, vehicle, turn, tick)
    return
  }
  if (turn === TURN_END) {
    lift(world, lane, slot, tick)
    finish(world, vehicle, tick)
  } else state.busAt[vehicle] = wasAt
}

function lift(world: World, lane: number, slot: number, tick: number): void {
  world.state.counters[counter.teleports]++
  stopWaiting(world, lane)
  leaveLane(world, lane, slot, tick, world.roads.headTicks[world.roads.laneLink[lane]])
}

function firstOf(world: World, lane: number): number {
  const { state, roads } = world
  return state.ringVehicle[
    roads.ringStart[lane] + (state.laneOut[lane] % roads.storage[roads.laneLink[lane]])
  ]
}
