/**
 * Towards user equilibrium, in which no trip has a cheaper path (Wardrop 1952), by gradient projection on paths (Jayakrishnan,
 * Tsai, Prashker and Rajadhyaksha 1994): origin by origin and pair by pair at the newest costs, with Newton's step between
 * two paths. Between two rounds of trees, which are dear, the pairs with several paths are balanced among themselves, which
 * is cheap. Deterministic: the same network, demand and start give the same bits.
 */
import { loadFlows, UNASSIGNED, type Assignment } from './assignment.ts'
import { balancePairs, SAME_SHARE, tidyPaths } from './balance.ts'
import { costOf, measure, type Measures } from './measures.ts'
import { noteFallen } from './settled.ts'
import { visitOrigin } from './visitOrigin.ts'

export interface EquilibriumGoal {
  /** Ends when the relative gap is this or less. */
  readonly relativeGap: number
  /** Ends after so many rounds of all origins at most; 500 when left out. */
  readonly mostIterations?: number
}

export interface EquilibriumProgress {
  /** Rounds of all origins begun, and how many origins of this one have had their turn. */
  readonly iteration: number
  readonly originsDone: number
  readonly origins: number
  /** As last estimated, 1 before the second round; the flows are better by now. */
  readonly relativeGap: number
}

export interface Equilibrium extends Measures {
  readonly iterations: number
  readonly isReached: boolean
}

const MOST_ITERATIONS = 500
/** The gap at a round's end is about a fifth of what it was at its begin, rarely a tenth: then it is worth measuring. */
const LIKELY_SHARE = 10
/** So many measurements without a better gap: rounding lets it come no nearer. */
const MOST_WITHOUT_GAIN = 8

/** Between rounds of trees: sweeps over the pairs, the cost difference let be and the excess left, as shares of the gap. */
const MOST_SWEEPS = 20
const TOLERANCE_OF_GAP = 0.02
const EXCESS_OF_GAP = 0.005
/** A difference of more than this share of a path's cost is always looked at. */
const MOST_TOLERANCE = 1e-3
/** Slack in a tree, as a share of gap × mean cost of a trip: less churn among paths that cost the same. */
const SLACK_OF_GAP = 0.01
/** The gap that closing a busy street leaves (about, on Chicago Sketch). */
const GAP_OF_DETOUR = 1e-3

/**
 * Brings `a` to equilibrium, yielding after every origin; a host that stops asking leaves flows that are consistent, only not
 * yet balanced. Returns the exact measures of what was reached. How often the host asks changes nothing in the result.
 */
export function* equilibrate(
  a: Assignment,
  goal: EquilibriumGoal,
): Generator<EquilibriumProgress, Equilibrium> {
  const mostIterations = goal.mostIterations ?? MOST_ITERATIONS
  const origins = a.origins.length
  const trips = a.demand.trips.reduce((sum, each) => sum + each, 0)
  let estimate = 1
  let best = Infinity
  let withoutGain = 0
  for (let iteration = 1; iteration <= mostIterations; iteration++) {
    const costBefore = costOf(a)
    const slack = estimate < 1 ? (SLACK_OF_GAP * estimate * costBefore) / trips : 0
    // After streets were closed, first only the trips that wait for another way: the others are balanced as they are.
    const isDetour = iteration === 1 && costBefore > 0 && a.origins.some((_, row) => hasWaiting(a, row))
    if (a.known !== undefined) noteFallen(a, a.known)
    let cheapest = 0
    for (let row = 0; row < origins; row++) {
      if (isDetour && !hasWaiting(a, row)) continue
      cheapest += visitOrigin(a, row, slack)
      yield { iteration, originsDone: row + 1, origins, relativeGap: estimate }
    }
    if (isDetour) {
      balanceAll(a, GAP_OF_DETOUR)
      continue
    }
    // Of empty streets nothing is known; else flows moved between the two sums, which the size forgives.
    const isFirst = iteration === 1 && costBefore === 0
    if (!isFirst)
      estimate = Math.max(costBefore > 0 ? Math.abs(costBefore - cheapest) / costBefore : 0, SAME_SHARE)
    balanceAll(a, estimate)
    if (iteration < mostIterations && (isFirst || estimate > LIKELY_SHARE * goal.relativeGap)) continue
    loadFlows(a)
    const measures = measure(a)
    const isReached = measures.relativeGap <= goal.relativeGap
    withoutGain = measures.relativeGap < best ? 0 : withoutGain + 1
    best = Math.min(best, measures.relativeGap)
    if (isReached || iteration === mostIterations || withoutGain === MOST_WITHOUT_GAIN)
      return { ...measures, iterations: iteration, isReached }
    // What was measured is the better estimate.
    estimate = Math.max(measures.relativeGap, SAME_SHARE)
  }
  loadFlows(a)
  return { ...measure(a), iterations: mostIterations, isReached: false }
}

/** The whole way at once. */
export function solveEquilibrium(a: Assignment, goal: EquilibriumGoal): Equilibrium {
  const run = equilibrate(a, goal)
  for (;;) {
    const step = run.next()
    if (step.done === true) return step.value
  }
}

/** Whether an origin has pairs that are on no path yet. */
function hasWaiting(a: Assignment, row: number): boolean {
  const zone = a.origins[row]
  for (let pair = a.demand.start[zone]; pair < a.demand.start[zone + 1]; pair++)
    if (a.firstPath[pair] === UNASSIGNED) return true
  return false
}

function balanceAll(a: Assignment, gap: number): void {
  const tolerance = Math.max(SAME_SHARE, Math.min(MOST_TOLERANCE, gap * TOLERANCE_OF_GAP))
  const enough = gap * EXCESS_OF_GAP * costOf(a)
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) if (balancePairs(a, tolerance) <= enough) break
  tidyPaths(a)
}
