/** Who may drive at a junction, and until when the others wait: signals, gaps in the major stream, equals, all-way stops, dark signals. */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { allWayStop } from './allWayStop.ts'
import { NO_STAGE, ticksSinceGreen, ticksToGreen } from './signals.ts'
import { LANE_BLOCKED, LANE_EMPTY } from './state.ts'
import { turnRules } from './turns.ts'
import type { World } from './world.ts'

/** Where streets of equal rank meet, vehicles from different arms pass this far apart (ticks; 2 s, assumed). */
export const SHARED_TICKS = 2 * TICKS_PER_S
/** Left turners who stood waiting may still clear the junction so long after green (ticks; HCM: about two a cycle). */
const CLEARING_TICKS = 4 * TICKS_PER_S
/** After waiting this long drivers accept shorter gaps, down to the follow-up time once they have waited twice as long (ticks; assumed). */
const PATIENCE_TICKS = 40 * TICKS_PER_S

/** The tick at which the first vehicle of `lane` should try again to make turn `row` at the end of `link`; `tick` itself when it may go. */
export function holdUntil(world: World, lane: number, link: number, row: number, tick: number): number {
  const rule = world.turns.rule[row]
  if (rule === turnRules.free) return tick
  if (rule === turnRules.signal) {
    if (world.tables.signals.columns.mode[world.plans.signalOfLink[link]] !== 0)
      return allWayStop(world, lane, link, tick)
    return signal(world, lane, link, row, tick)
  }
  if (rule === turnRules.gap) return gap(world, lane, row, tick)
  if (rule === turnRules.shared) return shared(world, lane, link, tick)
  return allWayStop(world, lane, link, tick)
}

/** Notes who drove through a node last. */
export function passed(world: World, link: number, node: number, tick: number): void {
  world.state.nodeLastTick[node] = tick
  world.state.nodeLastLink[node] = link
}

/** First tick from `tick` on with green for `link`; `tick` itself where there is no working signal. */
export function nextGreen(world: World, link: number, tick: number): number {
  const { plans, tables } = world
  if (plans.stageOfLink[link] === NO_STAGE || tables.signals.columns.mode[plans.signalOfLink[link]] !== 0)
    return tick
  return tick + ticksToGreen(plans, link, tick)
}

function signal(world: World, lane: number, link: number, row: number, tick: number): number {
  const { state, turns, plans } = world
  const wait = ticksToGreen(plans, link, tick)
  if (turns.gapTicks[row] === 0) return tick + wait
  if (wait > 0) {
    const isClearing = state.heldSince[lane] >= 0 && ticksSinceGreen(plans, link, tick) < CLEARING_TICKS
    return isClearing ? tick : tick + wait
  }
  const until = gap(world, lane, row, tick)
  if (until === tick) return tick
  // Not beyond the end of green: there the junction is cleared.
  return until < tick + TICKS_PER_S ? until : tick + TICKS_PER_S
}

/**
 * Gap acceptance: the vehicle goes when no vehicle of a conflicting stream reaches the junction within its critical gap.
 * Standing conflicting queues let it in. With Poisson major flow q this gives Siegloch's capacity e^(−q (tc − tf / 2)) / tf.
 */
function gap(world: World, lane: number, row: number, tick: number): number {
  const { state, turns, roads } = world
  let gapTicks = turns.gapTicks[row]
  const since = state.heldSince[lane]
  if (since >= 0 && tick - since > PATIENCE_TICKS) {
    const over = Math.min(PATIENCE_TICKS, tick - since - PATIENCE_TICKS)
    gapTicks -= Math.floor(((gapTicks - turns.followTicks[row]) * over) / PATIENCE_TICKS)
  }
  let until = tick
  for (let i = turns.conflictStart[row]; i < turns.conflictStart[row + 1]; i++) {
    const link = turns.conflictLink[i]
    for (let other = roads.firstLane[link]; other < roads.firstLane[link + 1]; other++) {
      const at = state.laneAt[other]
      if (at === LANE_EMPTY || at === LANE_BLOCKED || at >= tick + gapTicks) continue
      if (state.heldSince[other] >= 0) continue
      if (at + 1 > until) until = at + 1
    }
  }
  if (until > tick && since < 0) state.heldSince[lane] = tick
  // A lane due in this very tick is looked at again in the next one.
  return until
}

function shared(world: World, lane: number, link: number, tick: number): number {
  const { state, roads } = world
  const node = roads.toNode[link]
  if (state.nodeLastLink[node] === link) return tick
  const free = state.nodeLastTick[node] + SHARED_TICKS
  if (free <= tick) return tick
  if (state.heldSince[lane] < 0) state.heldSince[lane] = tick
  return free
}
