/**
 * The first answer to a scenario: the usual traffic of the hour in user equilibrium, made once and kept, from which the edits'
 * own is a warm start; and the power of the time asked for. Power and streets are coupled once: signals without supply are driven
 * as all-way stops. Without edits the difference is exactly none.
 */
import type { City } from '../../city.ts'
import { dayOfWeek, secondOfDay, TICKS_PER_S } from '../../kernel/clock.ts'
import { makeVarying } from '../../kernel/variation.ts'
import { mainLinkCount } from '../../objectives/measure.ts'
import { makeDemand } from '../../traffic/demand.ts'
import { walkTrees } from '../../traffic/assignment/treeOrder.ts'
import { treeCosts } from '../../traffic/assignment/settled.ts'
import { createTraffic } from '../../traffic/traffic.ts'
import { buildCity } from '../build.ts'
import { resolveEdits, type ScenarioEdit } from '../edits.ts'
import type { OutcomeId } from '../outcome.ts'
import type { Setting, Target } from '../setting.ts'
import { flowChangeOf, measuresOf, type LeftOut, type PreliminaryAnswer } from './answer.ts'
import {
  answerFrom,
  BASE_GOAL,
  COARSE_GOAL,
  measureFlows,
  solveBase,
  solveFrom,
  type FlowMeasures,
  type Flows,
  type LinkFacts,
} from './flows.ts'
import { busiestMoment, isOfBuses, isOfPower, isOfTraffic, meansByRow } from './moment.ts'
import { layStreets, type StreetState } from './streets.ts'
import { makeSupply, type SupplyAnswer } from './supply.ts'
import { addVisitors, pairsOf, tripsOfHour, type Visitors } from './trips.ts'
import { withSettings } from './turning.ts'

/** Hours kept at once; of a large city each takes some hundred megabytes. */
const MOST_HOURS = 3
/** What waits for gaps is solved anew so often, each time for the flows of the last. */
const SIGN_ROUNDS = 2
/** A difference of more than so many times what the gap leaves is clear. */
const CLEAR_GAPS = 2

export interface PreliminaryAsked {
  readonly edits: readonly ScenarioEdit[]
  /** Unix time of the beginning, ms. */
  readonly startMs: number
  readonly utcOffsetS: number
  readonly horizonS: number
}

export interface Preliminary {
  /** Makes and keeps the traffic of the hour that a question would be of. Yields often; may be left at any yield. */
  prepare(asked: Omit<PreliminaryAsked, 'edits'>): Generator<undefined, void>
  answer(asked: PreliminaryAsked): Generator<undefined, PreliminaryAnswer>
}

interface Hour {
  readonly hour: number
  readonly day: number
  readonly state: StreetState
  readonly trips: Float64Array
  readonly flows: Flows
  /** See `settled.ts`. */
  readonly treeCosts: Float32Array
  readonly links: LinkFacts
  readonly measures: FlowMeasures
}

export function makePreliminary(city: City, seed = city.info.seed): Preliminary {
  // nobody ever drives there: it is asked what its streets are like
  const traffic = createTraffic(city, seed, { demandFactor: 0 })
  const { world } = traffic
  const { roads, routes, parameters } = world
  const { zoneCount } = routes
  const hasNodes = Uint8Array.from({ length: zoneCount }, (_, zone) =>
    routes.originStart[zone + 1] > routes.originStart[zone] ? 1 : 0,
  )
  const demand = makeDemand(city.zones, hasNodes, parameters, 1, seed, makeVarying(), traffic.knobs)
  const supply = city.grid && makeSupply(city, seed)
  const loneTicks = roads.freeTicks.slice()
  const streets = layStreets(world)
  const mainLinks = mainLinkCount(city.network)
  const hours = new Map<string, Hour>()
  let supplied: { readonly key: string; readonly answer: SupplyAnswer } | undefined

  function* hourOf({
    startMs,
    utcOffsetS,
    horizonS,
  }: Omit<PreliminaryAsked, 'edits'>): Generator<undefined, Hour> {
    const middle = { tick: 0, startMs: startMs + 500 * (horizonS - 1), utcOffsetS }
    const [hour, day] = [Math.floor(secondOfDay(middle) / 3600), dayOfWeek(middle)]
    const key = `${hour} ${Math.max(4, day)}`
    const made = hours.get(key) ?? (yield* makeHour(hour, day))
    // the last asked for is the last to go
    hours.delete(key)
    hours.set(key, made)
    for (const old of hours.keys()) if (hours.size > MOST_HOURS) hours.delete(old)
    return made
  }

  function* makeHour(hour: number, day: number): Generator<undefined, Hour> {
    const drivingFactor = traffic.drivingSpeedFactor(hour * 3600 + 1800)
    const trips = tripsOfHour(demand, hour, day)
    const pairs = pairsOf(streets, routes, trips)
    let state: StreetState = { drivingFactor }
    let flows = yield* solveBase(streets.network(state), pairs, COARSE_GOAL)
    for (let round = 1; round <= SIGN_ROUNDS; round++) {
      state = { drivingFactor, flowVph: flows.flowVph }
      const goal = round < SIGN_ROUNDS ? COARSE_GOAL : BASE_GOAL
      flows = yield* solveFrom(flows, streets.network(state), pairs, goal)
    }
    walkTrees(flows.assignment)
    const driveS = Float64Array.from(loneTicks, (ticks) => ticks / drivingFactor / TICKS_PER_S)
    const links = { lengthM: roads.lengthM, driveS, mainLinks }
    const measures = measureFlows(flows, links)
    return { hour, day, state, trips, flows, treeCosts: treeCosts(flows.assignment), links, measures }
  }

  function* poweredBy(
    asked: PreliminaryAsked,
    settings: readonly Setting[],
    atS: number,
    { trips }: Hour,
  ): Generator<undefined, { readonly before: SupplyAnswer; readonly after: SupplyAnswer } | undefined> {
    const own = settings.filter(isOfPower)
    if (supply === undefined || own.length === 0) return undefined
    const { startMs, utcOffsetS, horizonS } = asked
    const arrivalsPerH = new Float64Array(zoneCount)
    trips.forEach((cars, pair) => (arrivalsPerH[pair % zoneCount] += cars))
    const of = { startMs, utcOffsetS, horizonS, arrivalsPerH, atS }
    const key = `${startMs} ${utcOffsetS} ${horizonS}`
    if (supplied?.key !== key) supplied = { key, answer: yield* supply.live({ ...of, settings: [] }) }
    return { before: supplied.answer, after: yield* supply.live({ ...of, settings: own }) }
  }

  return {
    *prepare(asked) {
      yield* hourOf(asked)
    },
    *answer(asked) {
      const { edits, horizonS } = asked
      const base = yield* hourOf(asked)
      const built = buildCity(edits, city)
      const { settings, refused } = resolveEdits(built.edits, city)
      const { holding, share, atS } = busiestMoment(settings, horizonS)
      const power = yield* poweredBy(asked, settings, atS, base)
      const dark = power?.after.darkSignals ?? []
      const lanesAdded = lanesAddedBy(city, built.city)
      const visitors = visitorsOf(settings, horizonS)
      const ofTraffic = holding.filter(isOfTraffic)
      const isDemandEdited =
        visitors.coming.size + visitors.leaving.size > 0 ||
        ofTraffic.some(({ target }) => ofDemand.has(target))
      let flows = base.flows
      if (isDemandEdited || ofTraffic.length > 0 || dark.length > 0 || lanesAdded !== undefined) {
        const { network, pairs } = withSettings(traffic, ofTraffic, () => {
          for (const signal of dark) traffic.setSignalDark(signal, true)
          const network = streets.network({ ...base.state, ...(lanesAdded && { lanesAdded }) })
          for (const signal of dark) traffic.setSignalDark(signal, false)
          if (!isDemandEdited) return { network, pairs: base.flows.assignment.demand }
          const trips = tripsOfHour(demand, base.hour, base.day)
          addVisitors(demand, visitors, trips)
          return { network, pairs: pairsOf(streets, routes, trips) }
        })
        flows = yield* answerFrom(base.flows, base.treeCosts, network, pairs)
      }
      const after = flows === base.flows ? base.measures : measureFlows(flows, base.links)
      const saysTrips = isDemandEdited || flows.withoutWayVph !== base.flows.withoutWayVph
      const leastShare = CLEAR_GAPS * Math.max(flows.relativeGap, base.flows.relativeGap)
      return {
        hour: base.hour,
        measures: measuresOf(
          { ...overTime(base.measures, horizonS, saysTrips), ...power?.before.measures },
          {
            ...overTime(between(base.measures, after, share), horizonS, saysTrips),
            ...power?.after.measures,
          },
          (id) => (id in base.measures ? leastShare : 0),
        ),
        flowChange: flowChangeOf(base.flows.flowVph, flows.flowVph, roads.linkCount),
        leftOut: [...built.refused, ...refused]
          .map(({ edit: { id, kind }, refused: refusal }): LeftOut => ({ id, kind, why: 'refused', refusal }))
          .concat(notJudged(edits, city)),
        isDemandEdited,
        share,
        withoutWayVph: flows.withoutWayVph,
        relativeGap: flows.relativeGap,
      }
    },
  }
}

const ofDemand = new Set<string>(['carTripsFactor', 'residentsAdded', 'jobsAdded'])

/** Cars of visitors an hour, mean of the time; no more leave than are there and come. */
function visitorsOf(settings: readonly Setting[], horizonS: number): Visitors {
  const mean = (target: Target) => meansByRow(settings, target, horizonS)
  const coming = mean('visitorsComingPerH')
  const there = mean('visitorsThere')
  const leaving = new Map<number, number>()
  for (const [zone, wanted] of mean('visitorsLeavingPerH'))
    leaving.set(zone, Math.min(wanted, (coming.get(zone) ?? 0) + ((there.get(zone) ?? 0) * 3600) / horizonS))
  return { coming, leaving }
}

/** A measure of an hour, of which edits hold a share. */
function between(before: FlowMeasures, after: FlowMeasures, share: number): FlowMeasures {
  const at = (id: keyof FlowMeasures) => before[id] + share * (after[id] - before[id])
  return {
    vehicleHours: at('vehicleHours'),
    vehicleKm: at('vehicleKm'),
    co2Kg: at('co2Kg'),
    speedRatio: at('speedRatio'),
    tripsEnded: at('tripsEnded'),
  }
}

/** As if the hour went on. With demand held every trip ends in equilibrium, which says nothing of the time it takes. */
function overTime(
  { speedRatio, tripsEnded, ...sums }: FlowMeasures,
  horizonS: number,
  saysTrips: boolean,
): Partial<Record<OutcomeId, number>> {
  const hours = horizonS / 3600
  return {
    vehicleHours: sums.vehicleHours * hours,
    vehicleKm: sums.vehicleKm * hours,
    co2Kg: sums.co2Kg * hours,
    speedRatio,
    ...(saysTrips && { tripsEnded: tripsEnded * hours }),
  }
}

/** Lanes that edits built, by link; undefined when they built none. */
function lanesAddedBy(city: City, built: City): Uint8Array | undefined {
  if (city === built) return undefined
  const { lanes } = city.network.links
  const added = Uint8Array.from(lanes, (count, link) => built.network.links.lanes[link] - count)
  return added.some((count) => count > 0) ? added : undefined
}

/** Edits that this answer has nothing of, or only what they do to cars. */
function notJudged(edits: readonly ScenarioEdit[], city: City): LeftOut[] {
  return edits.flatMap((edit): LeftOut[] => {
    if (edit.isOff === true) return []
    const { id, kind } = edit
    if (kind === 'reverseStreet') return [{ id, kind, why: 'notJudged' }]
    const { settings } = resolveEdits([edit], city)
    const isOfThem = settings.length > 0 && settings.every(isOfBuses)
    if (isOfThem) return [{ id, kind, why: 'notJudged' }]
    return kind === 'busLane' ? [{ id, kind, why: 'busesNotJudged' }] : []
  })
}
