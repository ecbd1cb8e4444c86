/** Half an hour's normal life in a few bytes a vehicle, to begin a city with: who is where, bound for where. */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { randomUnit } from '../kernel/random.ts'
import { schedule } from './wheel.ts'
import { HABITUAL_VARIANTS, LIVE_VARIANT } from './routes.ts'
import { takeRow } from './rows.ts'
import { counter, LONG_AGO, TURN_UNKNOWN } from './state.ts'
import { vehicleKinds } from './tables.ts'
import type { World } from './world.ts'

const TRUCK = vehicleKinds.indexOf('truck')
/** `slowness` of a link at the time of a lone driver. */
const SLOWNESS_ONE = 16
/** Vehicles an hour in one step of `flow`. */
const FLOW_STEP_VPH = 20

/** Vehicles in order of links, lanes and places, front first; then one row per link. Buses are not in it. */
export interface WarmTraffic {
  readonly link: Uint32Array
  readonly lane: Uint8Array
  readonly destination: Uint16Array
  /** Seconds until it could be at the end of its link, up to 255. */
  readonly leftS: Uint8Array
  /** By link: travel time over that of a lone driver, sixteenths, up to 255. */
  readonly slowness: Uint8Array
  /** By link: flow, twenties an hour, up to 255. */
  readonly flow: Uint8Array
}

/** What is on the road now, but buses and who waits to enter. */
export function exportWarm(world: World, baseTicks: Int32Array): WarmTraffic {
  const { state, roads, tables } = world
  const now = state.counters[counter.now]
  const vehicles: [link: number, lane: number, destination: number, leftS: number][] = []
  for (let lane = 0; lane < roads.laneCount; lane++) {
    const link = roads.laneLink[lane]
    for (let number = state.laneOut[lane]; number < state.laneIn[lane]; number++) {
      const slot = roads.ringStart[lane] + (number % roads.storage[link])
      const vehicle = state.ringVehicle[slot]
      if (state.busFirst[vehicle] >= 0) continue
      const leftS = Math.max(0, Math.min(255, Math.round((state.ringReady[slot] - now) / TICKS_PER_S)))
      vehicles.push([link, lane - roads.firstLane[link], state.destination[vehicle], leftS])
    }
  }
  return {
    link: Uint32Array.from(vehicles, (vehicle) => vehicle[0]),
    lane: Uint8Array.from(vehicles, (vehicle) => vehicle[1]),
    destination: Uint16Array.from(vehicles, (vehicle) => vehicle[2]),
    leftS: Uint8Array.from(vehicles, (vehicle) => vehicle[3]),
    slowness: Uint8Array.from(state.linkTicks, (ticks, link) =>
      Math.min(255, Math.round((ticks * SLOWNESS_ONE) / baseTicks[link])),
    ),
    flow: Uint8Array.from(tables.links.columns.flowVph, (flow) =>
      Math.min(255, Math.round(flow / FLOW_STEP_VPH)),
    ),
  }
}

/**
 * Puts a warm state on an empty road, in the order it was in; what has no room is left out. Kind and way of choosing routes
 * are drawn anew. Throws when a row names a link or zone the city has not.
 */
export function importWarm(world: World, baseTicks: Int32Array, warm: WarmTraffic, seed: number): void {
  const { state, roads, tables, parameters, routes } = world
  const now = state.counters[counter.now]
  const columns = tables.vehicles.columns
  if (warm.slowness.length !== roads.linkCount || warm.flow.length !== roads.linkCount)
    throw new Error(`warm state: ${warm.slowness.length} links, expected ${roads.linkCount}`)
  for (let i = 0; i < warm.link.length; i++) {
    const link = warm.link[i]
    if (link >= roads.linkCount || warm.destination[i] >= routes.zoneCount)
      throw new Error(`warm state: row ${i} has link ${link} and zone ${warm.destination[i]}`)
    const lane = Math.min(roads.firstLane[link] + warm.lane[i], roads.firstLane[link + 1] - 1)
    const number = state.laneIn[lane]
    const storage = roads.storage[link]
    if (number - state.laneOut[lane] >= storage) continue
    const vehicle = takeRow(world)
    if (vehicle < 0) return
    const slot = roads.ringStart[lane] + (number % storage)
    const before = number > state.laneOut[lane] ? roads.ringStart[lane] + ((number - 1) % storage) : -1
    const left = Math.min(warm.leftS[i] * TICKS_PER_S, roads.driveTicks[link])
    const ready = Math.max(now + left, before < 0 ? LONG_AGO : state.ringReady[before])
    const isInformed = randomUnit(seed, i, 0x3a) < parameters.informedShare
    state.laneIn[lane]++
    state.laneLastIn[lane] = Math.min(now, ready - roads.driveTicks[link])
    state.ringVehicle[slot] = vehicle
    state.ringReady[slot] = ready
    state.destination[vehicle] = warm.destination[i]
    state.variant[vehicle] = isInformed ? LIVE_VARIANT : i % HABITUAL_VARIANTS
    state.turn[vehicle] = TURN_UNKNOWN
    state.number[vehicle] = number
    columns.link[vehicle] = link
    columns.lane[vehicle] = lane - roads.firstLane[link]
    columns.kind[vehicle] = randomUnit(seed, i, 0x3b) < parameters.truckShare ? TRUCK : 0
    columns.entryTick[vehicle] = ready - roads.driveTicks[link]
    state.enteredTick[vehicle] = ready - roads.driveTicks[link]
    state.drivesFrom[vehicle] = ready - roads.driveTicks[link]
    state.stopRest[vehicle] = 0
    columns.exitTick[vehicle] =
      before < 0
        ? ready
        : Math.max(ready, columns.exitTick[state.ringVehicle[before]] + roads.headTicks[link])
    columns.stopM[vehicle] = 0
    state.counters[counter.inserted]++
    if (before < 0) schedule(state, lane, ready)
  }
  for (let link = 0; link < roads.linkCount; link++) {
    state.linkTicks[link] = Math.round((warm.slowness[link] * baseTicks[link]) / SLOWNESS_ONE)
    tables.links.columns.flowVph[link] = warm.flow[link] * FLOW_STEP_VPH
    if (warm.flow[link] > 0)
      tables.links.columns.speedMps[link] = (roads.lengthM[link] / state.linkTicks[link]) * TICKS_PER_S
  }
}
