/**
 * Visitors by car: they set out for a zone, park there, and drive home afterwards. They come from where people live, however far,
 * and leave for such places too; theirs are trips beside those of every day.
 * Conserves, by zone: set out = under way + arrived + turned away; parked = there before + arrived − left, never less than none.
 */
import { loadColumn, type SavedState } from '../kernel/domain.ts'
import type { Knobs } from '../kernel/knob.ts'
import type { trafficKnobs } from './knobs.ts'

/** All zones together, since the beginning. */
export interface VisitorCounts {
  readonly setOut: number
  readonly underWay: number
  readonly arrived: number
  readonly turnedAway: number
  readonly left: number
}

export interface Visitors {
  /** By row of vehicles: 1 of a visitor on the way there. */
  readonly isComing: Uint8Array
  /** By zone. */
  readonly arrived: Int32Array
  readonly left: Int32Array
  /** Set out, turned away. */
  readonly counters: Int32Array
}

export function makeVisitors(vehicles: number, zones: number): Visitors {
  return {
    isComing: new Uint8Array(vehicles),
    arrived: new Int32Array(zones),
    left: new Int32Array(zones),
    counters: new Int32Array(2),
  }
}

/** Cars of visitors that stand in a zone. */
export function parkedIn(visitors: Visitors, knobs: Knobs<typeof trafficKnobs>, zone: number): number {
  const { arrived, left } = visitors
  return Math.max(0, Math.floor(knobs.visitorsThere[zone]) + arrived[zone] - left[zone])
}

export function visitorCounts({ isComing, arrived, left, counters }: Visitors): VisitorCounts {
  return {
    setOut: counters[0],
    underWay: sum(isComing),
    arrived: sum(arrived),
    turnedAway: counters[1],
    left: sum(left),
  }
}

/** A vehicle ends its trip at `zone`. */
export function visitorArrived({ isComing, arrived }: Visitors, vehicle: number, zone: number): void {
  if (isComing[vehicle] === 0) return
  isComing[vehicle] = 0
  arrived[zone]++
}

/** A row of vehicles becomes free: of a visitor who has not arrived by then the street closed before the trip began. */
export function visitorGone({ isComing, counters }: Visitors, vehicle: number): void {
  counters[1] += isComing[vehicle]
  isComing[vehicle] = 0
}

/** Adds visitors to `state` when there ever were any. */
export function saveVisitors(visitors: Visitors, state: SavedState): void {
  if (visitors.counters[0] === 0 && visitors.left.every((left) => left === 0)) return
  for (const [name, column] of Object.entries(visitors)) state[`visitors.${name}`] = column.slice()
}

export function loadVisitors(visitors: Visitors, state: SavedState): void {
  for (const [name, column] of Object.entries(visitors)) {
    column.fill(0)
    if (state['visitors.counters'] !== undefined) loadColumn(column, state, `visitors.${name}`)
  }
}

function sum(column: Uint8Array | Int32Array): number {
  let total = 0
  for (let row = 0; row < column.length; row++) total += column[row]
  return total
}
