/**
 * Traffic: vehicles on lane queues (kinematic waves with spillback), signals, demand and routes. One object that meets Domain,
 * and what couplings, transit and commands need of it.
 */
import type { City } from '../city.ts'
import { dayOfWeek, secondOfDay, TICKS_PER_S, timeMsAt, type Clock } from '../kernel/clock.ts'
import type { Domain, SavedState } from '../kernel/domain.ts'
import { loadKnobs, makeKnobs, NO_ROWS, saveKnobs, turnKnob, type Knobs } from '../kernel/knob.ts'
import { makeVarying, type Varying } from '../kernel/variation.ts'
import type { BusTraffic } from './busInterface.ts'
import { forgetReadEvents, makeBusEvents, nextOpen, setNextStop } from './buses.ts'
import { trafficParameters, type TrafficParameters } from './calibrationParameters.ts'
import {
  departuresOf,
  destinationOf,
  driverDraw,
  followHomesAndJobs,
  isFreight,
  makeDemand,
  originBits,
  purposeOf,
  setRates,
  type Demand,
} from './demand.ts'
import { trafficKnobs } from './knobs.ts'
import { correctPlans, makePlaces } from './corrections.ts'
import { letEnter, startTrip, waitToEnter } from './entries.ts'
import { serveLane } from './lanes.ts'
import { reviewLinks } from './review.ts'
import { makeRoadEdits } from './roadEdits.ts'
import { makeRoads, setDrivingSpeed } from './roads.ts'
import { HABITUAL_VARIANTS, LIVE_VARIANT, makeRoutes, makeTree, originOf } from './routes.ts'
import { takeRow } from './rows.ts'
import { copyPlans, makeSignalPlans } from './signals.ts'
import {
  counter,
  loadTraffic,
  makeTrafficState,
  makeTrafficTables,
  saveTraffic,
  type TrafficTables,
} from './state.ts'
import { drivingSpeedFactor } from './streetLife.ts'
import { vehicleKinds } from './tables.ts'
import type { TripWatch } from './tripWatch.ts'
import { makeTurns } from './turns.ts'
import { exportWarm, importWarm, type WarmTraffic } from './warm.ts'
import { loadVisitors, makeVisitors, saveVisitors, visitorCounts, type VisitorCounts } from './visitors.ts'
import { departVisitors } from './visitorTrips.ts'
import { takeBucket } from './wheel.ts'
import type { World } from './world.ts'

const CAR = vehicleKinds.indexOf('car')
const TRUCK = vehicleKinds.indexOf('truck')
const BUS = vehicleKinds.indexOf('bus')

/** Seconds between two refreshed live trees; 300 zones come round in a quarter of an hour. */
const LIVE_TREE_S = 3

/** Exact at any moment: inserted = finished + inside. */
export interface TrafficCounts {
  readonly inserted: number
  readonly finished: number
  readonly inside: number
  /** Vehicles not yet on the road for want of room. */
  readonly waiting: number
  /** Vehicles lifted out of a jam: an error of the model. */
  readonly teleports: number
  /** Vehicles that left their route because the next link stayed full. */
  readonly reroutes: number
  /** Rings of full lanes that moved on together. */
  readonly rings: number
  /** Trips that never began: no free row, or their street was closed. */
  readonly refused: number
}

export interface Traffic extends Domain, BusTraffic {
  readonly links: TrafficTables['links']
  readonly vehicles: TrafficTables['vehicles']
  readonly signals: TrafficTables['signals']
  readonly parameters: TrafficParameters
  /** By zone: car and truck trips that ended there in the last step. */
  readonly arrivals: Uint16Array
  counts(): TrafficCounts
  /** Who comes to events by car, all zones together. */
  visitors(): VisitorCounts
  /** What street life leaves a lone driver of the free speed at that second of the day, 0 to 1. */
  drivingSpeedFactor(secondOfDay: number): number
  /** No vehicle enters a closed link; those on it drive out. Throws when there is no such link. */
  setLinkClosed(link: number, isClosed: boolean): void
  /** A dark signal is driven as an all-way stop. Throws when there is no such signal. */
  setSignalDark(signal: number, isDark: boolean): void
  readonly knobs: Knobs<typeof trafficKnobs>
  /** Sets one row of a knob; it holds from the next step on. Whoever calls has checked row and value. */
  turn(knob: keyof typeof trafficKnobs, row: number, value: number): void
  /** Starts one car trip from a node to a zone; its row, or −1 when it has nowhere to go. */
  addTrip(node: number, zone: number): number
  /** Tells `watch`, and nobody else, of every trip from now on; of those under way only their end. */
  watchTrips(watch: TripWatch | undefined): void
  /** Where nobody draws vehicles, their plans need not be kept: the city moves the same, and sooner. Those there are stay as they are. */
  keepPlans(isKept: boolean): void
  exportWarm(): WarmTraffic
  importWarm(warm: WarmTraffic): void
  /** The engine's inside, for tests and measurements. */
  readonly world: World
}

/**
 * Creates the traffic of a city on empty roads. `demandFactor` multiplies all trips (1 when left out, 0 for none), `varying` is
 * the variation of a fork. Throws when a parameter of the city is not a number.
 */
export function createTraffic(
  city: Pick<City, 'info' | 'network' | 'zones'>,
  seed: number,
  { demandFactor = 1, varying = makeVarying() }: { demandFactor?: number; varying?: Varying } = {},
): Traffic {
  const parameters = trafficParameters(city.info.parameters)
  const roads = makeRoads(city.network, parameters)
  const plans = makeSignalPlans(roads)
  const turns = makeTurns(roads, plans, parameters.gapFactor)
  const routes = makeRoutes(roads, turns, city.zones, seed)
  const state = makeTrafficState(roads, routes.zoneCount)
  const tables = makeTrafficTables(roads, state.turn.length)
  const busEvents = makeBusEvents()
  const world: World = {
    roads,
    turns,
    plans,
    madePlans: copyPlans(plans),
    routes,
    state,
    tables,
    parameters,
    busEvents,
    closedToCars: new Uint8Array(roads.linkCount),
    closedToBuses: new Uint8Array(roads.linkCount),
    busPaths: new Uint32Array(0),
    tripWatch: undefined,
    visitors: makeVisitors(state.turn.length, routes.zoneCount),
    keepsPlans: true,
    places: makePlaces(roads.storage),
  }
  const knobs = makeKnobs(trafficKnobs, {
    ...NO_ROWS,
    city: 1,
    link: roads.linkCount,
    signal: tables.signals.rows,
    zone: routes.zoneCount,
  })
  const hasNodes = Uint8Array.from({ length: routes.zoneCount }, (_, zone) =>
    routes.originStart[zone + 1] > routes.originStart[zone] ? 1 : 0,
  )
  const demand = makeDemand(city.zones, hasNodes, parameters, demandFactor, seed, varying, knobs)
  // What a lone driver needs for each link, its waits included.
  const waitTicks = (link: number) => Math.round(turns.linkWaitS[link] * TICKS_PER_S)
  const baseTicks = Int32Array.from(roads.driveTicks, (ticks, link) => ticks + waitTicks(link))
  state.linkTicks.set(baseTicks)
  const { isClosed } = tables.links.columns
  const { counters } = state
  const others = {
    trees: routes.trees,
    isTreeMade: routes.isMade,
    'busEvents.kind': busEvents.kind,
    'busEvents.vehicle': busEvents.vehicle,
    'busEvents.pathIndex': busEvents.pathIndex,
    'busEvents.tick': busEvents.tick,
    'busEvents.departTick': busEvents.departTick,
  }

  // Minute of the day that the driving times stand for; they follow from the clock, so they are no state.
  let lifeMinute = -1
  let drivingFactor = 1
  const edits = makeRoadEdits(world, knobs, baseTicks, () => drivingFactor)

  function followStreetLife(secondOfToday: number): void {
    const minute = Math.floor(secondOfToday / 60)
    if (minute === lifeMinute || parameters.sideFriction === 0) return
    lifeMinute = minute
    drivingFactor = drivingSpeedFactor(parameters.sideFriction, minute * 60)
    setDrivingSpeed(roads, drivingFactor)
    for (let link = 0; link < baseTicks.length; link++)
      baseTicks[link] = roads.driveTicks[link] + waitTicks(link)
  }

  function second(clock: Clock, endTick: number): void {
    const tick = counters[counter.now]
    const at = { ...clock, tick }
    followStreetLife(secondOfDay(at))
    if (demandFactor > 0) departSecond(world, demand, at)
    departVisitors(world, demand, at)
    letEnter(world)
    for (let t = tick + 1; t <= endTick; t++) {
      counters[counter.now] = t
      let lane = takeBucket(state, t)
      while (lane >= 0) {
        const next = state.laneNext[lane]
        serveLane(world, lane, t)
        lane = next
      }
    }
    const seconds = Math.floor(tick / TICKS_PER_S)
    reviewLinks(world, baseTicks, seconds, endTick)
    if (world.keepsPlans) correctPlans(world, endTick)
    if (seconds % LIVE_TREE_S === 0) refreshLiveTree(world)
  }

  return {
    tables: [tables.links, tables.vehicles, tables.signals],
    links: tables.links,
    vehicles: tables.vehicles,
    signals: tables.signals,
    parameters,
    arrivals: state.arrivals,
    busEvents,
    world,
    step(clock) {
      state.arrivals.fill(0)
      forgetReadEvents(world)
      edits.settle()
      while (counters[counter.now] < clock.tick)
        second(clock, Math.min(clock.tick, counters[counter.now] + TICKS_PER_S))
      counters[counter.busEventsRead] = busEvents.count
    },
    save(): SavedState {
      edits.settle()
      counters[counter.busEvents] = busEvents.count
      const saved = saveTraffic(state, tables, others)
      saveKnobs(trafficKnobs, knobs, saved)
      saveVisitors(world.visitors, saved)
      return saved
    },
    load(saved) {
      loadTraffic(state, tables, others, saved)
      loadKnobs(trafficKnobs, knobs, saved)
      loadVisitors(world.visitors, saved)
      edits.follow()
      busEvents.count = counters[counter.busEvents]
    },
    counts: () => ({
      inserted: counters[counter.inserted],
      finished: counters[counter.finished],
      inside: counters[counter.inserted] - counters[counter.finished],
      waiting: counters[counter.waiting],
      teleports: counters[counter.teleports],
      reroutes: counters[counter.reroutes],
      rings: counters[counter.rings],
      refused: counters[counter.refused],
    }),
    visitors: () => visitorCounts(world.visitors),
    drivingSpeedFactor: (second) => drivingSpeedFactor(parameters.sideFriction, second),
    setLinkClosed(link, closed) {
      if (!(link >= 0 && link < roads.linkCount))
        throw new Error(`traffic: link ${link} of ${roads.linkCount}`)
      if ((isClosed[link] !== 0) === closed) return
      isClosed[link] = closed ? 1 : 0
      edits.linkTurned(link)
      edits.settle()
    },
    knobs,
    turn(id, row, value) {
      if (!turnKnob(knobs, id, row, value)) return
      if (trafficKnobs[id].of === 'link') edits.linkTurned(row)
      else if (trafficKnobs[id].of === 'signal') edits.signalTurned(row)
    },
    setSignalDark(signal, isDark) {
      const { mode } = tables.signals.columns
      if (!(signal >= 0 && signal < mode.length))
        throw new Error(`traffic: signal ${signal} of ${mode.length}`)
      mode[signal] = isDark ? 1 : 0
    },
    watchTrips(watch) {
      world.tripWatch = watch
    },
    addTrip: (node, zone) => startTrip(world, node, zone, 0, CAR),
    useBusPaths(links) {
      world.busPaths = links
    },
    addBus(first, count) {
      const at = nextOpen(world, first, first + count)
      if (at === first + count) return -1
      const vehicle = takeRow(world)
      if (vehicle < 0) return -1
      tables.vehicles.columns.kind[vehicle] = BUS
      state.busFirst[vehicle] = first
      state.busEnd[vehicle] = first + count
      state.busAt[vehicle] = at
      state.stopPath[vehicle] = -1
      waitToEnter(world, vehicle, world.busPaths[at])
      return vehicle
    },
    setNextStop: (vehicle, pathIndex, alongM, dwellTicks, notBeforeTick) =>
      setNextStop(world, vehicle, pathIndex, alongM, dwellTicks, notBeforeTick),
    clearNextStop: (vehicle) => {
      state.stopPath[vehicle] = -1
    },
    travelTicks: (link) => state.linkTicks[link],
    keepPlans(isKept) {
      world.keepsPlans = isKept
    },
    exportWarm: () => exportWarm(world, baseTicks),
    importWarm: (warm) => importWarm(world, baseTicks, warm, seed),
  }
}

/** Starts the trips of the second that begins at `clock.tick`. */
function departSecond(world: World, demand: Demand, clock: Clock): void {
  followHomesAndJobs(demand)
  const shifted = { ...clock, startMs: clock.startMs - demand.varying.demandShiftS * 1000 }
  setRates(demand, secondOfDay(shifted), dayOfWeek(shifted))
  const unixS = Math.floor(timeMsAt(clock, clock.tick) / 1000)
  for (let zone = 0; zone < demand.zoneCount; zone++) {
    const count = departuresOf(demand, zone, unixS)
    for (let index = 0; index < count; index++) {
      const purpose = purposeOf(demand, zone, unixS, index)
      const to = destinationOf(demand, purpose, zone, unixS, index)
      const bits = originBits(demand, zone, unixS, index)
      const node = originOf(world.routes, zone, bits >>> 2)
      if (node < 0 || to === zone) continue
      const isInformed = driverDraw(demand, zone, unixS, index) < world.parameters.informedShare
      const variant = isInformed ? LIVE_VARIANT : (bits & 3) % HABITUAL_VARIANTS
      const vehicle = startTrip(world, node, to, variant, isFreight(purpose) ? TRUCK : CAR)
      if (vehicle >= 0) world.tripWatch?.setOut(vehicle, unixS, zone, index, to)
    }
  }
}

/** Makes the next zone's live tree anew from the travel times of now, when anyone uses it. */
function refreshLiveTree(world: World): void {
  const { routes, state, roads, closedToCars } = world
  if (routes.zoneCount === 0) return
  const zone = state.counters[counter.liveZone] % routes.zoneCount
  state.counters[counter.liveZone] = zone + 1
  if (routes.isMade[LIVE_VARIANT * routes.zoneCount + zone] !== 0)
    makeTree(roads, routes, LIVE_VARIANT, zone, state.linkTicks, closedToCars)
}
