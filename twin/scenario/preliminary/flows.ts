/**
 * The streets of one hour in user equilibrium, and what edits make of it by a warm start. Trips are conserved: whoever finds no way
 * is counted apart.
 */
import { co2GPerS } from '../../traffic/emissions.ts'
import { emptyAssignment, UNASSIGNED, type Assignment } from '../../traffic/assignment/assignment.ts'
import type { Demand as Pairs } from '../../traffic/assignment/demand.ts'
import { equilibrate, type EquilibriumGoal } from '../../traffic/assignment/equilibrium.ts'
import type { AssignmentNetwork } from '../../traffic/assignment/graph.ts'
import { linkCosts, linkFlows } from '../../traffic/assignment/measures.ts'
import { settle } from '../../traffic/assignment/settled.ts'
import { warmStart } from '../../traffic/assignment/warmStart.ts'

/** Of the hours themselves, made ahead of need; and on the way there. */
export const BASE_GOAL: EquilibriumGoal = { relativeGap: 1e-5 }
export const COARSE_GOAL: EquilibriumGoal = { relativeGap: 1e-3 }
/**
 * An answer is near enough after a round that began at this gap or less: it ends at about a fifth (see `equilibrium.ts`), which to
 * measure would take as long as the round. Streets that edits overload come to rest slowly, so that rounds are counted.
 */
const NEAR_ENOUGH = 2e-3
/** A way that is shorter by less is not looked for, seconds. */
const TOLERANCE_S = 0.05
const LEFT_OF_GAP = 0.2
const MOST_ROUNDS = 6

export interface Flows {
  readonly assignment: Assignment
  /** By link of the city: vehicles an hour, and the seconds each takes. */
  readonly flowVph: Float64Array
  readonly timeS: Float64Array
  readonly relativeGap: number
  /** Vehicles an hour that find no way. */
  readonly withoutWayVph: number
}

/** Of all streets together, an hour. */
export interface FlowMeasures {
  readonly vehicleHours: number
  readonly vehicleKm: number
  readonly co2Kg: number
  /** Speed over that of an empty street, on main streets, mean by vehicle. */
  readonly speedRatio: number
  readonly tripsEnded: number
}

/** What of a link is the same in every answer. */
export interface LinkFacts {
  readonly lengthM: ArrayLike<number>
  /** Seconds a lone driver takes at that hour, waits left out; and the links before this row are main streets. */
  readonly driveS: ArrayLike<number>
  readonly mainLinks: number
}

/** The equilibrium from nothing; yields after every tree. */
export function* solveBase(
  network: AssignmentNetwork,
  pairs: Pairs,
  goal: EquilibriumGoal,
): Generator<undefined, Flows> {
  return yield* solved(emptyAssignment(network, pairs), goal)
}

/** The equilibrium of other streets and trips from that of an hour, which is left as it is. */
export function* solveFrom(
  base: Flows,
  network: AssignmentNetwork,
  pairs: Pairs,
  goal: EquilibriumGoal,
): Generator<undefined, Flows> {
  return yield* solved(warmStart(base.assignment, network, pairs), goal)
}

/** As `solveFrom`, as near as a first answer needs, with `costs` of the trees of `base`; its gap is an estimate. */
export function* answerFrom(
  base: Flows,
  costs: Float32Array,
  network: AssignmentNetwork,
  pairs: Pairs,
): Generator<undefined, Flows> {
  const a = warmStart(base.assignment, network, pairs)
  a.known = settle(a, base.assignment, costs, TOLERANCE_S)
  let gap = 1
  for (const { iteration, originsDone, relativeGap } of equilibrate(a, { relativeGap: 0 })) {
    gap = relativeGap * LEFT_OF_GAP
    if (originsDone === 1 && (relativeGap <= NEAR_ENOUGH || iteration > MOST_ROUNDS)) break
    yield
  }
  return flowsOf(a, gap)
}

function* solved(a: Assignment, goal: EquilibriumGoal): Generator<undefined, Flows> {
  const run = equilibrate(a, goal)
  for (;;) {
    const step = run.next()
    if (step.done === true) return flowsOf(a, step.value.relativeGap)
    yield
  }
}

function flowsOf(a: Assignment, relativeGap: number): Flows {
  const { fixedCost } = a.network
  let withoutWayVph = 0
  a.demand.trips.forEach((trips, pair) => {
    if (a.firstPath[pair] === UNASSIGNED) withoutWayVph += trips
  })
  return {
    assignment: a,
    flowVph: linkFlows(a),
    timeS: linkCosts(a).map((cost, link) => cost - fixedCost[link]),
    relativeGap,
    withoutWayVph,
  }
}

export function measureFlows(
  { flowVph, timeS, assignment, withoutWayVph }: Flows,
  links: LinkFacts,
): FlowMeasures {
  const { lengthM, driveS, mainLinks } = links
  let vehicleS = 0
  let drivenM = 0
  let co2G = 0
  let mainS = 0
  let drivenMainS = 0
  for (let link = 0; link < lengthM.length; link++) {
    if (flowVph[link] === 0) continue
    const onLinkS = flowVph[link] * timeS[link]
    vehicleS += onLinkS
    drivenM += flowVph[link] * lengthM[link]
    co2G += onLinkS * co2GPerS(lengthM[link] / timeS[link])
    if (link >= mainLinks) continue
    mainS += onLinkS
    drivenMainS += onLinkS * Math.min(1, driveS[link] / timeS[link])
  }
  const trips = assignment.demand.trips.reduce((sum, each) => sum + each, 0)
  return {
    vehicleHours: vehicleS / 3600,
    vehicleKm: drivenM / 1000,
    co2Kg: co2G / 1000,
    speedRatio: mainS > 0 ? drivenMainS / mainS : 1,
    tripsEnded: trips - withoutWayVph,
  }
}
