/**
 * A timing wheel of lanes: one bucket a tick, lanes chained through `laneNext`. Putting in and taking out cost the same however
 * many there are. A lane is in the wheel at most once.
 */
import { counter, WHEEL_TICKS, type TrafficState } from './state.ts'

const MASK = WHEEL_TICKS - 1
/** An event further away than this is looked at early and put in again. */
const FURTHEST_TICKS = WHEEL_TICKS - 64

/** Has `lane` looked at in `tick`, or in the next tick when that is past, or early when it is very far. */
export function schedule(state: TrafficState, lane: number, tick: number): void {
  const now = state.counters[counter.now]
  const at = tick <= now ? now + 1 : tick > now + FURTHEST_TICKS ? now + FURTHEST_TICKS : tick
  const bucket = at & MASK
  state.laneAt[lane] = at
  state.laneNext[lane] = state.wheel[bucket]
  state.wheel[bucket] = lane
}

/** Empties the bucket of `tick`; gives its first lane, the others follow in `laneNext`, −1 ends them. */
export function takeBucket(state: TrafficState, tick: number): number {
  const bucket = tick & MASK
  const first = state.wheel[bucket]
  state.wheel[bucket] = -1
  return first
}
