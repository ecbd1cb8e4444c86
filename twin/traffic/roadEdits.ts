/**
 * What planners' knobs make of the roads while they are driven: lanes and streets shut, limits, signal plans, what drivers make
 * of a street when they choose their way.
 *
 * Everything here follows from the network and the knobs, so that a knob turned back leaves the roads exactly as they were and a
 * saved state needs the knobs alone. Nobody is moved: who is on a street drives on from where it is, at the new limit; a lane
 * that is shut is driven out of; who waits for room in it looks for another.
 */
import { TICKS_PER_S } from '../kernel/clock.ts'
import type { Knobs } from '../kernel/knob.ts'
import { watchLane } from './corrections.ts'
import { sendElsewhere } from './entries.ts'
import type { trafficKnobs } from './knobs.ts'
import { wakeAll } from './lanes.ts'
import { setLinkSpeed, setLinkTimes } from './roads.ts'
import { forgetTrees, setRouteCosts } from './routes.ts'
import { NO_STAGE, setPlan } from './signals.ts'
import { counter } from './state.ts'
import { setLaneMasks, signalWaitS } from './turns.ts'
import type { World } from './world.ts'

type TrafficKnobs = Knobs<typeof trafficKnobs>

export interface RoadEdits {
  /** A knob of that link, or of that signal, was turned, or the link closed or opened; it holds from `settle` on. */
  linkTurned(link: number): void
  signalTurned(signal: number): void
  /** Brings the roads in line with all knobs turned since the last time, and has traffic take note. */
  settle(): void
  /** After a state was loaded: brings the roads in line with all knobs; traffic has taken note of them already. */
  follow(): void
}

/** What a link was before it was edited, to see what has become of it. */
interface Before {
  readonly freeTicks: number
  readonly waitS: number
  readonly lanes: number
  readonly kerbLane: number
  readonly isClosedToCars: boolean
  readonly isClosedToBuses: boolean
}

/** `baseTicks` is by link what a lone driver needs, waits included; `drivingFactor` what street life leaves of the free speed. */
export function makeRoadEdits(
  world: World,
  knobs: TrafficKnobs,
  baseTicks: Int32Array,
  drivingFactor: () => number,
): RoadEdits {
  const { roads, turns, plans, madePlans, routes, state, parameters, closedToCars, closedToBuses } = world
  const { isClosed } = world.tables.links.columns
  const { freeSpeedMps } = roads.network.links
  const turnedLinks = new Set<number>()
  const turnedSignals = new Set<number>()
  /** Links and signals that are not as made. */
  const editedLinks = new Set<number>()
  const editedSignals = new Set<number>()

  /** Sets the plans of `signals`, and adds the links that end at them to `links`. */
  function setSignals(signals: ReadonlySet<number>, links: Set<number>): void {
    if (signals.size === 0) return
    for (const signal of signals) {
      const cycleS = knobs.signalCycleS[signal]
      const share = knobs.mainGreenShare[signal]
      setPlan(plans, madePlans, signal, cycleS, share)
      if (cycleS !== 0 || share !== 0) editedSignals.add(signal)
      else editedSignals.delete(signal)
    }
    plans.signalOfLink.forEach((signal, link) => {
      if (signals.has(signal)) links.add(link)
    })
  }

  /** Sets all that follows from a link's knobs; whether it costs drivers more (1), less (−1) or the same (0). */
  function setLink(link: number): number {
    const limitMps = knobs.speedLimitMps[link]
    const capacityFactor = knobs.capacityFactor[link]
    setLinkTimes(roads, parameters, link, limitMps === 0 ? freeSpeedMps[link] : limitMps, capacityFactor)
    setLinkSpeed(roads, link, drivingFactor())
    const lanes = roads.firstLane[link + 1] - roads.firstLane[link]
    const shut = Math.min(lanes - 1, knobs.lanesShut[link])
    const ofBuses = knobs.busLane[link] !== 0 && lanes - shut > 1 ? 1 : 0
    const firstOfCars = shut + ofBuses
    roads.kerbLane[link] = roads.firstLane[link] + shut
    roads.openLanes[link] = lanes - shut
    roads.carLanes[link] = ((1 << (lanes - firstOfCars)) - 1) << firstOfCars
    setLaneMasks(roads, turns, link, firstOfCars, lanes - firstOfCars)
    roads.timeWeight[link] = knobs.perceivedTimeFactor[link]
    closedToCars[link] = isClosed[link] | knobs.closedToCars[link]
    closedToBuses[link] = isClosed[link] | knobs.closedToBuses[link]
    if (plans.stageOfLink[link] !== NO_STAGE) turns.linkWaitS[link] = signalWaitS(plans, link)
    baseTicks[link] = roads.driveTicks[link] + Math.round(turns.linkWaitS[link] * TICKS_PER_S)
    const isEdited =
      limitMps !== 0 || capacityFactor !== 1 || shut + ofBuses > 0 || roads.timeWeight[link] !== 1
    if (isEdited) editedLinks.add(link)
    else editedLinks.delete(link)
    return setRouteCosts(roads, turns, routes, link)
  }

  const beforeOf = (link: number): Before => ({
    freeTicks: roads.freeTicks[link],
    waitS: turns.linkWaitS[link],
    lanes: roads.carLanes[link],
    kerbLane: roads.kerbLane[link],
    isClosedToCars: closedToCars[link] !== 0,
    isClosedToBuses: closedToBuses[link] !== 0,
  })

  function takeNote(links: readonly number[], befores: readonly Before[], costs: readonly number[]): void {
    const now = state.counters[counter.now]
    const isBetter = (link: number, i: number) =>
      costs[i] < 0 || (befores[i].isClosedToCars && closedToCars[link] === 0)
    const isWorse = (link: number, i: number) =>
      costs[i] > 0 || (!befores[i].isClosedToCars && closedToCars[link] !== 0)
    forgetTrees(roads, routes, links.filter(isWorse), links.some(isBetter))
    links.forEach((link, i) => {
      const { freeTicks, waitS, lanes, kerbLane } = befores[i]
      if (freeTicks !== roads.freeTicks[link]) driveOn(world, link, freeTicks)
      const slowerTicks =
        roads.freeTicks[link] - freeTicks + Math.round((turns.linkWaitS[link] - waitS) * TICKS_PER_S)
      if (slowerTicks !== 0) state.linkTicks[link] = Math.max(1, state.linkTicks[link] + slowerTicks)
      const closesToCars = !befores[i].isClosedToCars && closedToCars[link] !== 0
      const closesToBuses = !befores[i].isClosedToBuses && closedToBuses[link] !== 0
      if (closesToCars || closesToBuses) sendElsewhere(world, link)
      if (
        closesToCars ||
        closesToBuses ||
        lanes !== roads.carLanes[link] ||
        kerbLane !== roads.kerbLane[link]
      )
        for (let lane = roads.firstLane[link]; lane < roads.firstLane[link + 1]; lane++)
          wakeAll(world, lane, now + 1)
    })
  }

  return {
    linkTurned: (link) => void turnedLinks.add(link),
    signalTurned: (signal) => void turnedSignals.add(signal),
    settle() {
      if (turnedLinks.size === 0 && turnedSignals.size === 0) return
      setSignals(turnedSignals, turnedLinks)
      const links = [...turnedLinks].sort((a, b) => a - b)
      turnedLinks.clear()
      turnedSignals.clear()
      const befores = links.map(beforeOf)
      takeNote(links, befores, links.map(setLink))
    },
    follow() {
      turnedLinks.clear()
      turnedSignals.clear()
      const links = new Set(editedLinks)
      const signals = new Set(editedSignals)
      const { signalCycleS, mainGreenShare } = knobs
      for (let signal = 0; signal < signalCycleS.length; signal++)
        if (signalCycleS[signal] !== 0 || mainGreenShare[signal] !== 0) signals.add(signal)
      setSignals(signals, links)
      const { lanesShut, speedLimitMps, capacityFactor, busLane, perceivedTimeFactor } = knobs
      for (let link = 0; link < roads.linkCount; link++) {
        closedToCars[link] = isClosed[link] | knobs.closedToCars[link]
        closedToBuses[link] = isClosed[link] | knobs.closedToBuses[link]
        const isEdited =
          lanesShut[link] !== 0 ||
          speedLimitMps[link] !== 0 ||
          capacityFactor[link] !== 1 ||
          busLane[link] !== 0 ||
          perceivedTimeFactor[link] !== 1
        if (isEdited) links.add(link)
      }
      for (const link of links) setLink(link)
    },
  }
}

/** The free time of a link has changed from `beforeTicks`: who is on it has done the same part of it, and drives the rest at the new speed. */
function driveOn(world: World, link: number, beforeTicks: number): void {
  const { state, roads, busPaths } = world
  const { ringVehicle, ringReady, drivesFrom, stopRest } = state
  const now = state.counters[counter.now]
  const ratio = roads.freeTicks[link] / beforeTicks
  const storage = roads.storage[link]
  for (let lane = roads.firstLane[link]; lane < roads.firstLane[link + 1]; lane++) {
    for (let number = state.laneOut[lane]; number < state.laneIn[lane]; number++) {
      const slot = roads.ringStart[lane] + (number % storage)
      const vehicle = ringVehicle[slot]
      const rest = Math.round(stopRest[vehicle] * ratio)
      const departs = ringReady[slot] - stopRest[vehicle]
      // a bus pulls out of its stop when it was to
      if (stopRest[vehicle] > 0 && departs > now) ringReady[slot] = departs + rest
      else if (ringReady[slot] > now) ringReady[slot] = now + Math.round((ringReady[slot] - now) * ratio)
      stopRest[vehicle] = rest
      drivesFrom[vehicle] = now - Math.round((now - drivesFrom[vehicle]) * ratio)
    }
    if (state.laneIn[lane] > state.laneOut[lane]) watchLane(world, lane)
  }
  // stops that buses were told of and have not reached
  for (let vehicle = 0; vehicle < state.counters[counter.usedRows]; vehicle++) {
    const isAhead = state.busFirst[vehicle] >= 0 && state.stopPath[vehicle] >= 0
    if (isAhead && busPaths[state.stopPath[vehicle]] === link)
      state.stopTicks[vehicle] = Math.round(state.stopTicks[vehicle] * ratio)
  }
}
