/**
 * A difference place by place, whoever worked it out: pairs of runs, or the flows of a balance found at once. In five classes
 * about zero, of which the middle is what cannot be told from chance or is too little to matter; absolute first, beside it per
 * cent where there is enough to take a share of.
 */
import { surerBy } from '../../../twin/scenario/interval.ts'
import type { Changes, PlaceDifferences } from '../../../twin/scenario/placeDifferences.ts'
import { UNCLEAR, type ShownDifference } from '../../state/lens.ts'

export const measureIds = ['flow', 'speed', 'loading', 'voltage'] as const
export type MeasureId = (typeof measureIds)[number]

export interface Measure {
  readonly of: ShownDifference['of']
  /** Of one of the engine's units: vehicles/h, km/h, points of a hundred, thousandths of the nominal voltage. */
  readonly scale: number
  readonly digits: number
  /** From here on a difference is one, and from there a large one, in shown units; assumed. */
  readonly edges: readonly [some: number, much: number]
  /** Of less no share is told; undefined of what is a share itself. */
  readonly leastBase: number | undefined
}

export const measures: Readonly<Record<MeasureId, Measure>> = {
  flow: { of: 'links', scale: 1, digits: 0, edges: [25, 100], leastBase: 50 },
  speed: { of: 'links', scale: 3.6, digits: 1, edges: [2, 8], leastBase: 5 },
  loading: { of: 'feeders', scale: 100, digits: 1, edges: [1, 5], leastBase: undefined },
  voltage: { of: 'feeders', scale: 1000, digits: 1, edges: [1, 5], leastBase: undefined },
}

/** Flows of a balance, before and after the edits, vehicles per hour by link: what is told before any run is done. */
export interface FoundFlows {
  readonly link: ArrayLike<number>
  readonly before: ArrayLike<number>
  readonly after: ArrayLike<number>
}

/** In shown units. */
export interface Field extends Changes {
  readonly id: MeasureId
  /** Pairs of runs behind it; 0 of flows found at once. */
  readonly pairs: number
  /** Of links or feeders. */
  readonly rows: Uint32Array
}

const columnOf = {
  flow: 'flowVph',
  speed: 'speedMps',
  loading: 'loadingRatio',
  voltage: 'voltagePu',
} as const satisfies Record<MeasureId, keyof PlaceDifferences>

export function fieldOfPlaces(places: PlaceDifferences, id: MeasureId): Field {
  const { of, scale } = measures[id]
  const { base, difference, reach } = places[columnOf[id]]
  const shown = (column: Float32Array) => column.map((value) => value * scale)
  return {
    id,
    pairs: places.pairs,
    rows: of === 'links' ? places.link : Uint32Array.from(base, (_, feeder) => feeder),
    base: shown(base),
    difference: shown(difference),
    reach: shown(reach),
  }
}

/** `leastVph` as of the pairs: what hardly changes is left out. */
export function fieldOfFlows({ link, before, after }: FoundFlows, leastVph: number): Field {
  const kept: number[] = []
  for (let i = 0; i < link.length; i++) if (Math.abs(after[i] - before[i]) >= leastVph) kept.push(i)
  return {
    id: 'flow',
    pairs: 0,
    rows: Uint32Array.from(kept, (i) => link[i]),
    base: Float32Array.from(kept, (i) => before[i]),
    difference: Float32Array.from(kept, (i) => after[i] - before[i]),
    reach: new Float32Array(kept.length).fill(NaN),
  }
}

/** 0 (much less) to 4 (much more); `UNCLEAR` where the interval holds zero, or too little changes to matter. */
export function stepOf(field: Field, at: number): number {
  const [some, much] = measures[field.id].edges
  const difference = field.difference[at]
  const size = Math.abs(difference)
  // a single pair and flows found at once have no interval: what they tell is marked as such
  if (size < some || size <= field.reach[at] * surerBy(field.pairs)) return UNCLEAR
  const away = size >= much ? 2 : 1
  return difference < 0 ? UNCLEAR - away : UNCLEAR + away
}

/** Places by class; together all that are listed. */
export function countSteps(field: Field): number[] {
  const counts = [0, 0, 0, 0, 0]
  for (let at = 0; at < field.rows.length; at++) counts[stepOf(field, at)]++
  return counts
}

/** Share of the base, signed; undefined where the base is too small to take a share of. */
export function shareOf({ id, base, difference }: Field, at: number): number | undefined {
  const { leastBase } = measures[id]
  return leastBase === undefined || base[at] < leastBase ? undefined : difference[at] / base[at]
}

/** As the map takes it: what is clear above what is not, and the largest on top. */
export function shownOf(field: Field): ShownDifference {
  const { rows, difference } = field
  const steps = Uint8Array.from(rows, (_, at) => stepOf(field, at))
  const size = (at: number) => (steps[at] === UNCLEAR ? -1 : Math.abs(difference[at]))
  const order = Array.from(rows.keys()).sort((a, b) => size(a) - size(b))
  return {
    of: measures[field.id].of,
    rows: Uint32Array.from(order, (at) => rows[at]),
    steps: Uint8Array.from(order, (at) => steps[at]),
    widths: Uint8Array.from(order, (at) => (steps[at] === UNCLEAR ? 0 : widthOf(field, at))),
  }
}

/** 1 to 7: four of them at where a difference begins to be large. */
function widthOf({ id, difference }: Field, at: number): number {
  const [, much] = measures[id].edges
  return Math.min(7, Math.max(1, Math.floor((4 * Math.abs(difference[at])) / much)))
}

/** Positions of the places that change most, clear ones alone, the most first; of those that `groupOf` says are one the first. */
export function most(field: Field, groupOf: (row: number) => string, limit: number): number[] {
  const clear = Array.from(field.rows.keys()).filter((at) => stepOf(field, at) !== UNCLEAR)
  clear.sort((a, b) => Math.abs(field.difference[b]) - Math.abs(field.difference[a]) || a - b)
  const seen = new Set<string>()
  const found: number[] = []
  for (const at of clear) {
    if (found.length >= limit) break
    const group = groupOf(field.rows[at])
    if (seen.has(group)) continue
    seen.add(group)
    found.push(at)
  }
  return found
}
