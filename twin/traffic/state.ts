/** Everything of traffic that changes, as columns: lanes, vehicles, links, zones, and a row of counters. A fork is a copy of these. */
import { loadColumn, type SavedState } from '../kernel/domain.ts'
import type { TypedArray } from '../kernel/columns.ts'
import { makeTable, type Table } from '../kernel/table.ts'
import type { Roads } from './roads.ts'
import { linkTable, NO_LINK, signalTable, vehicleTable } from './tables.ts'

/** Rows of vehicles at most: inside and waiting to enter together. */
const MAX_VEHICLES = 1 << 17
/** Far enough in the past to bind nobody. */
export const LONG_AGO = -1_000_000_000
/** `turn` of a vehicle that leaves the road at the end of its link. */
export const TURN_END = 255
/** `turn` not yet worked out: of a vehicle put on the road from a warm state. */
export const TURN_UNKNOWN = 254

/** Rows of `counters`. */
export const counter = {
  now: 0,
  inserted: 1,
  finished: 2,
  waiting: 3,
  teleports: 4,
  reroutes: 5,
  refused: 6,
  freeRows: 7,
  usedRows: 8,
  entryLinks: 9,
  liveZone: 10,
  busEvents: 11,
  busEventsRead: 12,
  rings: 13,
  watchedLanes: 14,
} as const

/** What `laneAt` says when a lane is not scheduled: nobody there; its first vehicle waits for room. */
export const LANE_EMPTY = -1
export const LANE_BLOCKED = -2

export interface TrafficState {
  readonly counters: Int32Array
  /** Rings of vehicles in lanes, slots of `roads.ringStart`: the vehicle, when it can leave at the earliest, when the one before it in the slot left. */
  readonly ringVehicle: Int32Array
  readonly ringReady: Int32Array
  readonly ringExit: Int32Array
  /** By lane: vehicles that ever entered and left; last entry and exit. */
  readonly laneIn: Int32Array
  readonly laneOut: Int32Array
  readonly laneLastIn: Int32Array
  readonly laneLastOut: Int32Array
  /** By lane: tick at which its first vehicle is next looked at, or LANE_EMPTY, LANE_BLOCKED; next lane in the same bucket of the wheel. */
  readonly laneAt: Int32Array
  readonly laneNext: Int32Array
  readonly wheel: Int32Array
  /** By lane: lanes waiting for room in it, first and last; the next in the list it waits in; the lane it waits for; woken by which lane. */
  readonly waitHead: Int32Array
  readonly waitTail: Int32Array
  readonly waitNext: Int32Array
  readonly waitFor: Int32Array
  readonly wokenBy: Int32Array
  /** By lane: since when its first vehicle is held up by others; −1 when it is not. */
  readonly heldSince: Int32Array
  /** Lanes whose plans are looked at each second; by lane: whether it is among them. */
  readonly watchedLanes: Int32Array
  readonly isWatched: Uint8Array
  /** By lane: ticks by which exits were other than planned since its plans were looked at. */
  readonly planDrift: Int32Array
  /** By node: who passed last where equals meet. */
  readonly nodeLastTick: Int32Array
  readonly nodeLastLink: Int32Array
  /** By link: smoothed travel time, ticks; exits since the last look. */
  readonly linkTicks: Int32Array
  readonly linkExits: Uint16Array
  /** By link: vehicles waiting to enter here, first and last; the links where any wait; whether a link is among them. */
  readonly entryHead: Int32Array
  readonly entryTail: Int32Array
  readonly entryLinks: Int32Array
  readonly isEntryLink: Uint8Array
  /** By vehicle: zone it drives to, route variant, turn at the end of its link, its number in the lane, when it came onto its link, when it would have to drive all of it without standing to be where it is bound (a bus past a stop: later), next waiting to enter. */
  readonly destination: Uint16Array
  readonly variant: Uint8Array
  readonly turn: Uint8Array
  readonly number: Int32Array
  readonly enteredTick: Int32Array
  readonly drivesFrom: Int32Array
  readonly nextWaiting: Int32Array
  /** By vehicle: first and last + 1 row of a bus's path, −1 for none; which it is on; its next stop; on this link, ticks to drive from its last stop to the end, 0 for none. */
  readonly busFirst: Int32Array
  readonly busEnd: Int32Array
  readonly busAt: Int32Array
  readonly stopPath: Int32Array
  readonly stopTicks: Int32Array
  readonly stopDwell: Int32Array
  readonly stopNotBefore: Int32Array
  readonly stopRest: Int32Array
  /** Free rows of vehicles, the last one used next. */
  readonly freeRows: Int32Array
  /** Trips that ended in each zone in the last step. */
  readonly arrivals: Uint16Array
}

export interface TrafficTables {
  readonly links: Table<typeof linkTable.columns>
  readonly vehicles: Table<typeof vehicleTable.columns>
  readonly signals: Table<typeof signalTable.columns>
}

/** Ticks the timing wheel spans (a power of two); later events are looked at again when it has come round. */
export const WHEEL_TICKS = 1 << 16

/** An empty road. */
export function makeTrafficState(roads: Roads, zoneCount: number): TrafficState {
  const { laneCount, linkCount, nodeCount, ringStart } = roads
  const slots = ringStart[laneCount]
  const vehicles = Math.min(MAX_VEHICLES, slots * 2 + 4096)
  const i32 = (rows: number, value = 0) => new Int32Array(rows).fill(value)
  const state: TrafficState = {
    counters: i32(16),
    ringVehicle: i32(slots, -1),
    ringReady: i32(slots),
    ringExit: i32(slots, LONG_AGO),
    laneIn: i32(laneCount),
    laneOut: i32(laneCount),
    laneLastIn: i32(laneCount, LONG_AGO),
    laneLastOut: i32(laneCount, LONG_AGO),
    laneAt: i32(laneCount, LANE_EMPTY),
    laneNext: i32(laneCount, -1),
    wheel: i32(WHEEL_TICKS, -1),
    waitHead: i32(laneCount, -1),
    waitTail: i32(laneCount, -1),
    waitNext: i32(laneCount, -1),
    waitFor: i32(laneCount, -1),
    wokenBy: i32(laneCount, -1),
    heldSince: i32(laneCount, -1),
    watchedLanes: i32(laneCount),
    isWatched: new Uint8Array(laneCount),
    planDrift: i32(laneCount),
    nodeLastTick: i32(nodeCount, LONG_AGO),
    nodeLastLink: i32(nodeCount, -1),
    linkTicks: i32(linkCount),
    linkExits: new Uint16Array(linkCount),
    entryHead: i32(linkCount, -1),
    entryTail: i32(linkCount, -1),
    entryLinks: i32(linkCount),
    isEntryLink: new Uint8Array(linkCount),
    destination: new Uint16Array(vehicles),
    variant: new Uint8Array(vehicles),
    turn: new Uint8Array(vehicles),
    number: i32(vehicles),
    enteredTick: i32(vehicles),
    drivesFrom: i32(vehicles),
    nextWaiting: i32(vehicles, -1),
    busFirst: i32(vehicles, -1),
    busEnd: i32(vehicles, -1),
    busAt: i32(vehicles),
    stopPath: i32(vehicles, -1),
    stopTicks: i32(vehicles),
    stopDwell: i32(vehicles),
    stopNotBefore: i32(vehicles),
    stopRest: i32(vehicles),
    freeRows: i32(vehicles),
    arrivals: new Uint16Array(zoneCount),
  }
  for (let row = 0; row < vehicles; row++) state.freeRows[row] = vehicles - 1 - row
  state.counters[counter.freeRows] = vehicles
  state.linkTicks.set(roads.freeTicks)
  return state
}

/** The published tables of an empty road. */
export function makeTrafficTables(roads: Roads, vehicleRows: number): TrafficTables {
  const links = makeTable(linkTable, roads.linkCount)
  const vehicles = makeTable(vehicleTable, vehicleRows)
  const signals = makeTable(signalTable, roads.network.signals.xM.length)
  for (let link = 0; link < roads.linkCount; link++)
    links.columns.speedMps[link] = (roads.lengthM[link] / roads.freeTicks[link]) * 50
  vehicles.columns.link.fill(NO_LINK)
  vehicles.rows = 0
  return { links, vehicles, signals }
}

/** Copies of every column of state and tables, by name. */
export function saveTraffic(
  state: TrafficState,
  tables: TrafficTables,
  others: Record<string, TypedArray>,
): SavedState {
  const saved: SavedState = {}
  for (const [name, column] of allColumns(state, tables, others)) saved[name] = column.slice()
  return saved
}

/** Takes saved columns over; throws with the name of one that does not fit. */
export function loadTraffic(
  state: TrafficState,
  tables: TrafficTables,
  others: Record<string, TypedArray>,
  saved: SavedState,
): void {
  for (const [name, column] of allColumns(state, tables, others)) loadColumn(column, saved, name)
  tables.vehicles.rows = state.counters[counter.usedRows]
}

function allColumns(
  state: TrafficState,
  tables: TrafficTables,
  others: Record<string, TypedArray>,
): [string, TypedArray][] {
  const columns = Object.entries(state) as [string, TypedArray][]
  for (const [tableName, table] of Object.entries(tables))
    for (const [name, column] of Object.entries((table as Table).columns))
      columns.push([`${tableName}.${name}`, column as TypedArray])
  return [...columns, ...Object.entries(others)]
}
