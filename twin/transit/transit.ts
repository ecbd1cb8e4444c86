/**
 * Public transport in motion. Each trip of the service day is one bus, and each bus a vehicle of traffic: transit says where it
 * stops and for how long, and reads from the road's events what became of it.
 *
 *   trips begun = trips ended + buses on the road + trips for which there was no row
 *
 * A bus leaves no stop before its time. It leaves late when the road, the passengers or the bus ahead made it late, or when it is
 * held to keep its distance.
 */
import { secondOfDay, TICKS_PER_S, type Clock } from '../kernel/clock.ts'
import { loadColumn, loadTable, saveTable, type Domain, type SavedState } from '../kernel/domain.ts'
import { loadKnobs, makeKnobs, NO_ROWS, saveKnobs, turnKnob, type Knobs } from '../kernel/knob.ts'
import { makeTable, type Table } from '../kernel/table.ts'
import { makeVarying, seedNow } from '../kernel/variation.ts'
import { dayBitOf, forTripsSettingOut, makeCalendar, midnightTick as midnightAt } from './calendar.ts'
import { dwellS, meanBoardings } from './dwell.ts'
import { plannedHeadwayS, timingPointsOf, type TimingPoint } from './holding.ts'
import { transitKnobs } from './knobs.ts'
import { placeOnWay } from './onTheWay.ts'
import { runsOfEdited, type Runs } from './service.ts'
import { NO_TRIP, NO_VEHICLE, transitVehicleTable } from './tables.ts'
import { dayBits, type Timetable } from './timetable.ts'

// A stop nobody served today counts as served this long ago, so that the first bus finds a usual number waiting.
const NEVER_SERVED = -0x40000000
const NO_STOP_TICK = 0x7fffffff

/** What transit asks of the road; traffic meets it. */
export interface BusRoad {
  /** Sends a bus along `count` links from row `first` of `patternLinks`; gives its vehicle row, or −1 when there is none. */
  addBus(first: number, count: number): number
  /** Sets the next stop of a bus: place, time to stand, and the tick before which it does not leave. */
  setNextStop(
    vehicle: number,
    pathIndex: number,
    alongM: number,
    dwellTicks: number,
    notBeforeTick: number,
  ): void
  /** Forgets the next stop of a bus that has not reached it. */
  clearNextStop(vehicle: number): void
}

/** What buses did on the road since the last step. */
export interface RoadEvents {
  readonly count: number
  /** 0 entered a link, 1 stopped (from `tick` to `departTick`), 2 left the road. */
  readonly kind: Uint8Array
  readonly vehicle: Uint32Array
  readonly pathIndex: Uint16Array
  readonly tick: Int32Array
  readonly departTick: Int32Array
}

export const counters = { begun: 0, ended: 1, refused: 2, rows: 3 } as const

export interface Transit extends Domain {
  readonly vehicles: Table<typeof transitVehicleTable.columns>
  /** Trips begun, ended, refused, rows in use: see `counters`. */
  readonly counts: Int32Array
  /** By row: tick of midnight of the trip's service day. */
  readonly midnightTick: Int32Array
  readonly knobs: Knobs<typeof transitKnobs>
  /** Sets one row of a knob; it holds from the next step on. Whoever calls has checked row and value. */
  turn(knob: keyof typeof transitKnobs, row: number, value: number): void
  /** Takes in what the buses did on the road. */
  follow(events: RoadEvents, clock: Clock): void
  /** Puts a trip that is under way on the road, `delayS` behind its timetable; false when it is not under way, or finds no row. */
  resume(trip: number, midnightTick: number, delayS: number, clock: Clock): boolean
}

/** Transit of a timetable on a road; without a timetable it stays empty. `linkLengthM` is by link of the road, `residents` sets how many ride. */
export function createTransit(
  timetable: Timetable | undefined,
  linkLengthM: Float32Array,
  residents: number,
  seed: number,
  road: BusRoad,
  varying = makeVarying(),
): Transit {
  const calendar = timetable && makeCalendar(timetable)
  const capacity = calendar === undefined ? 0 : 2 * calendar.mostBuses + 64
  const vehicles = makeTable(transitVehicleTable, capacity)
  vehicles.rows = 0
  const { columns } = vehicles
  columns.trip.fill(NO_TRIP)
  columns.vehicle.fill(NO_VEHICLE)
  const state = {
    counts: new Int32Array(4),
    midnightTick: new Int32Array(capacity),
    /** By row: the link of the pattern's path that it set out from; 0 but for trips resumed on their way. */
    firstIndex: new Uint16Array(capacity),
    /** By row: when it reaches and leaves the stop it is planned to stand at. */
    arriveTick: new Int32Array(capacity).fill(NO_STOP_TICK),
    departTick: new Int32Array(capacity).fill(NO_STOP_TICK),
    /** By row of patternStops: when a bus of the pattern last served it. */
    servedTick: new Int32Array(timetable?.patternStops.stop.length ?? 0).fill(NEVER_SERVED),
  }
  const { counts, midnightTick, firstIndex, arriveTick, departTick, servedTick } = state
  const rowOfVehicle = new Map<number, number>()
  const knobs = makeKnobs(transitKnobs, {
    ...NO_ROWS,
    route: timetable?.routes.shortName.length ?? 0,
    stop: timetable?.stops.xM.length ?? 0,
  })
  // what runs on routes whose headway was edited, by day; follows from the knobs
  let runs: ReadonlyMap<number, Runs> = new Map()
  // by row of patternStops, where buses are held; follows from the knobs
  let timingPoints: ReadonlyMap<number, TimingPoint> = new Map()
  let areStopsTurned = false
  const mean = timetable === undefined ? 0 : meanBoardings(residents, weekdayCalls(timetable))

  const stopRow = (row: number): number =>
    timetable!.patterns.firstStop[timetable!.trips.pattern[columns.trip[row]]] + columns.nextStop[row]
  const stopsOf = (row: number): number =>
    timetable!.patterns.stopCount[timetable!.trips.pattern[columns.trip[row]]]
  /** Tick planned for a moment `afterS` seconds after the trip's start. */
  const plannedTick = (row: number, afterS: number): number =>
    midnightTick[row] + (timetable!.trips.departureS[columns.trip[row]] + afterS) * TICKS_PER_S

  function takeRow(trip: number, midnight: number, vehicle: number, first: number): number {
    let row = 0
    while (row < vehicles.rows && columns.trip[row] !== NO_TRIP) row++
    if (row === vehicles.rows) vehicles.rows++
    counts[counters.rows] = vehicles.rows
    columns.trip[row] = trip
    columns.vehicle[row] = vehicle
    columns.nextStop[row] = 0
    columns.isAtStop[row] = 0
    columns.delayS[row] = 0
    midnightTick[row] = midnight
    firstIndex[row] = first
    arriveTick[row] = NO_STOP_TICK
    departTick[row] = NO_STOP_TICK
    rowOfVehicle.set(vehicle, row)
    return row
  }

  /** A bus on the road from link `first` of its path on; its row, or −1 when there is no room for it. */
  function setOut(trip: number, midnight: number, first: number): number {
    const pattern = timetable!.trips.pattern[trip]
    const { firstLink, linkCount } = timetable!.patterns
    counts[counters.begun]++
    const hasRow = rowOfVehicle.size < capacity
    const vehicle = hasRow ? road.addBus(firstLink[pattern] + first, linkCount[pattern] - first) : -1
    if (vehicle >= 0) return takeRow(trip, midnight, vehicle, first)
    counts[counters.refused]++
    return -1
  }

  function followHeadways(): void {
    if (timetable !== undefined) runs = runsOfEdited(timetable, calendar!, knobs.headwayFactor)
  }

  function followHolding(): void {
    if (timetable !== undefined) timingPoints = timingPointsOf(timetable, knobs.holdEveryStops)
  }

  /** Until when a bus that could leave its stop at `leaveTick` is held there. */
  function heldUntil(row: number, leaveTick: number, clock: Clock): number {
    const at = stopRow(row)
    const point = timingPoints.get(at)
    if (point === undefined) return leaveTick
    const { patterns, patternStops, trips } = timetable!
    const trip = columns.trip[row]
    const route = patterns.route[trips.pattern[trip]]
    // whole days, also of a bus that runs later than the trip whose plan it follows
    const days = Math.round((midnightTick[row] - midnightAt(clock, 0)) / (86_400 * TICKS_PER_S))
    const plannedS = trips.departureS[trip] + patternStops.departureS[at]
    const headwayS = plannedHeadwayS(point, dayBitOf(clock, days), plannedS) * knobs.headwayFactor[route]
    const aheadTick = point.calls.reduce((last, call) => Math.max(last, servedTick[call]), NEVER_SERVED)
    const dueTick = aheadTick + Math.round(knobs.holdShare[route] * headwayS * TICKS_PER_S)
    const mostTick = leaveTick + knobs.holdMostS[route] * TICKS_PER_S
    return Math.max(leaveTick, Math.min(dueTick, mostTick))
  }

  function isNextClosed(row: number): boolean {
    const { stop } = timetable!.patternStops
    return columns.nextStop[row] < stopsOf(row) && knobs.stopClosed[stop[stopRow(row)]] !== 0
  }

  /** Buses on their way to a stop that was closed are told of the next one. */
  function passClosedStops(clock: Clock): void {
    for (let row = 0; row < vehicles.rows; row++) {
      const isOnItsWay = columns.trip[row] !== NO_TRIP && departTick[row] === NO_STOP_TICK
      if (!isOnItsWay || !isNextClosed(row)) continue
      road.clearNextStop(columns.vehicle[row])
      announceStop(row, clock)
    }
  }

  /** Tells the road of the bus's next stop that is open, when it has one left. */
  function announceStop(row: number, clock: Clock): void {
    while (isNextClosed(row)) columns.nextStop[row]++
    if (columns.nextStop[row] >= stopsOf(row)) return
    const { patternStops } = timetable!
    const at = stopRow(row)
    const trip = columns.trip[row]
    // when it should get there: as planned from here on
    const delayTicks = Math.max(0, columns.delayS[row]) * TICKS_PER_S
    const expectedTick = plannedTick(row, patternStops.arrivalS[at]) + Math.round(delayTicks)
    const sinceS = (expectedTick - servedTick[at]) / TICKS_PER_S
    const ratio = servedTick[at] === NEVER_SERVED ? 1 : sinceS / calendar!.headwayS[trip]
    const standS = dwellS(seedNow(seed, varying), trip, at, mean, secondOfDay(clock), ratio)
    const notBefore = plannedTick(row, patternStops.departureS[at])
    road.setNextStop(
      columns.vehicle[row],
      Math.max(0, patternStops.pathIndex[at] - firstIndex[row]),
      patternStops.alongM[at],
      Math.round(standS * TICKS_PER_S),
      notBefore,
    )
  }

  function stopped(row: number, tick: number, leaveTick: number, clock: Clock): void {
    if (columns.nextStop[row] >= stopsOf(row)) return
    // told again of a stop it is held at: it got there before, and is held there once
    const wasTold = departTick[row] !== NO_STOP_TICK
    const until = wasTold ? leaveTick : heldUntil(row, leaveTick, clock)
    if (until > leaveTick) standUntil(row, until)
    arriveTick[row] = Math.min(arriveTick[row], tick)
    departTick[row] = until
    servedTick[stopRow(row)] = until
  }

  /** Tells the road that the bus stays where it stops. */
  function standUntil(row: number, tick: number): void {
    const { pathIndex, alongM } = timetable!.patternStops
    const at = stopRow(row)
    const index = Math.max(0, pathIndex[at] - firstIndex[row])
    road.setNextStop(columns.vehicle[row], index, alongM[at], 0, tick)
  }

  /** A stop that the road drove past is skipped: the next is the first one ahead. */
  function entered(row: number, pathIndex: number, clock: Clock): void {
    const { patternStops } = timetable!
    if (departTick[row] !== NO_STOP_TICK) leaveStop(row, clock)
    const before = columns.nextStop[row]
    const link = pathIndex + firstIndex[row]
    while (columns.nextStop[row] < stopsOf(row) && patternStops.pathIndex[stopRow(row)] < link) {
      columns.nextStop[row]++
    }
    if (columns.nextStop[row] !== before) announceStop(row, clock)
  }

  function leaveStop(row: number, clock: Clock): void {
    const planned = plannedTick(row, timetable!.patternStops.departureS[stopRow(row)])
    columns.delayS[row] = (departTick[row] - planned) / TICKS_PER_S
    columns.isAtStop[row] = 0
    columns.nextStop[row]++
    arriveTick[row] = NO_STOP_TICK
    departTick[row] = NO_STOP_TICK
    announceStop(row, clock)
  }

  function end(row: number): void {
    counts[counters.ended]++
    rowOfVehicle.delete(columns.vehicle[row])
    columns.trip[row] = NO_TRIP
    columns.vehicle[row] = NO_VEHICLE
    columns.isAtStop[row] = 0
    columns.nextStop[row] = 0
    columns.delayS[row] = 0
    arriveTick[row] = NO_STOP_TICK
    departTick[row] = NO_STOP_TICK
    while (vehicles.rows > 0 && columns.trip[vehicles.rows - 1] === NO_TRIP) vehicles.rows--
    counts[counters.rows] = vehicles.rows
  }

  return {
    tables: [vehicles],
    vehicles,
    counts,
    midnightTick,
    knobs,
    turn(id, row, value) {
      if (!turnKnob(knobs, id, row, value)) return
      if (id === 'headwayFactor') followHeadways()
      else if (id === 'holdEveryStops') followHolding()
      else if (id === 'stopClosed') areStopsTurned = true
    },
    follow(events, clock) {
      for (let i = 0; i < events.count; i++) {
        const row = rowOfVehicle.get(events.vehicle[i])
        if (row === undefined) continue
        if (events.kind[i] === 0) entered(row, events.pathIndex[i], clock)
        else if (events.kind[i] === 1) stopped(row, events.tick[i], events.departTick[i], clock)
        else end(row)
      }
    },
    step(clock) {
      if (timetable === undefined) return
      for (let row = 0; row < vehicles.rows; row++) {
        if (arriveTick[row] <= clock.tick && columns.isAtStop[row] === 0 && columns.trip[row] !== NO_TRIP) {
          const planned = plannedTick(row, timetable.patternStops.arrivalS[stopRow(row)])
          columns.isAtStop[row] = 1
          columns.delayS[row] = (arriveTick[row] - planned) / TICKS_PER_S
        }
        if (departTick[row] <= clock.tick) leaveStop(row, clock)
      }
      if (areStopsTurned) passClosedStops(clock)
      areStopsTurned = false
      const begin = (trip: number, midnight: number) => {
        const row = setOut(trip, midnight, 0)
        if (row >= 0) announceStop(row, clock)
      }
      const { patterns, trips } = timetable
      forTripsSettingOut(timetable, calendar!, clock, (trip, midnight) => {
        if (knobs.headwayFactor[patterns.route[trips.pattern[trip]]] === 1) begin(trip, midnight)
      })
      for (const days of [-1, 0, 1]) {
        const dueS = Math.floor(secondOfDay(clock)) - days * 86_400
        for (const { trip, laterS } of runs.get(dayBitOf(clock, days))?.get(dueS) ?? [])
          begin(trip, midnightAt(clock, days) + laterS * TICKS_PER_S)
      }
    },
    resume(trip, midnight, delayS, clock) {
      const afterS = (clock.tick - midnight) / TICKS_PER_S - timetable!.trips.departureS[trip] - delayS
      const at = placeOnWay(timetable!, timetable!.trips.pattern[trip], afterS, linkLengthM)
      if (at === undefined) return false
      const row = setOut(trip, midnight, at.pathIndex)
      if (row < 0) return false
      columns.nextStop[row] = at.nextStop
      columns.delayS[row] = delayS
      announceStop(row, clock)
      return true
    },
    save() {
      const saved: SavedState = {}
      for (const [name, column] of Object.entries(state)) saved[name] = column.slice()
      saveTable(vehicles, saved, 'vehicles')
      saveKnobs(transitKnobs, knobs, saved)
      return saved
    },
    load(saved) {
      for (const [name, column] of Object.entries(state)) loadColumn(column, saved, name)
      loadTable(vehicles, saved, 'vehicles')
      loadKnobs(transitKnobs, knobs, saved)
      followHeadways()
      followHolding()
      areStopsTurned = false
      vehicles.rows = counts[counters.rows]
      rowOfVehicle.clear()
      for (let row = 0; row < vehicles.rows; row++) {
        if (columns.trip[row] !== NO_TRIP) rowOfVehicle.set(columns.vehicle[row], row)
      }
    },
  }
}

/** Stops served on a weekday, all trips together. */
function weekdayCalls({ patterns, trips }: Timetable): number {
  let calls = 0
  for (let trip = 0; trip < trips.pattern.length; trip++) {
    if ((trips.days[trip] & dayBits.weekday) !== 0) calls += patterns.stopCount[trips.pattern[trip]]
  }
  return calls
}
