/** Makes steps out of the two runs' numbers, and shares out what they come from. */
import { departureOf } from './departure.ts'
import type { MechanismId } from './mechanisms.ts'
import type { CauseOf, CauseStep, StepKind, StepPlaces, StepUnit } from './step.ts'
import type { Trace } from './trace.ts'

/** As many rows as a page lights at once. */
const MOST_ROWS = 120
/** Digits of what is sent: more are not read. */
const DIGITS = 4

/** Both runs, one value a look. */
export interface Runs {
  readonly base: Float64Array
  readonly edited: Float64Array
}

/** Both runs' sum of a column over some rows. */
export function sumOf(
  base: ArrayLike<number>,
  edited: ArrayLike<number>,
  rows: readonly number[],
  stride: number,
  looks: number,
  scale = 1,
): Runs {
  const sum = (column: ArrayLike<number>) =>
    Float64Array.from({ length: looks }, (_, look) => {
      let all = 0
      for (const row of rows) all += column[look * stride + row]
      return all * scale
    })
  return { base: sum(base), edited: sum(edited) }
}

export interface Found {
  readonly id: string
  readonly kind: StepKind
  readonly unit: StepUnit
  /** A smaller difference counts for nothing. */
  readonly least: number
  readonly runs: Runs
  /** What is shown, where it is not what departs: vehicles part, the time that they spend is shown. */
  readonly shown?: Runs
  readonly count: number
  readonly places: readonly StepPlaces[]
  readonly from: readonly CauseOf[]
  readonly routes?: CauseStep['routes']
  /** Of what acts at once: the second at which it did, from the couplings' own account. */
  readonly exactS?: number
}

/** The step, when the two runs part in it at all and something brought it about. */
export function stepOf(trace: Pick<Trace, 'stepS'>, found: Found): CauseStep | undefined {
  const { id, kind, unit, runs, shown = runs, count, from, exactS, routes } = found
  const departure = departureOf(runs.base, runs.edited, found.least)
  if (departure === undefined || from.length === 0) return undefined
  const peak = shown === runs ? departure.peak : shown.base.length - 1
  return {
    id,
    kind,
    unit,
    count,
    places: found.places.map(({ table, rows }) => ({ table, rows: rows.slice(0, MOST_ROWS) })),
    atS: exactS ?? departure.look * trace.stepS,
    noise: rounded(departure.noise),
    peakS: peak * trace.stepS,
    base: rounded(shown.base[peak]),
    edited: rounded(shown.edited[peak]),
    series: { base: Array.from(shown.base, rounded), edited: Array.from(shown.edited, rounded) },
    ...(routes && { routes }),
    from,
  }
}

/** Causes with a weight each, those without left out; the largest share first. */
export function sharedOut(
  weights: readonly (readonly [step: string | undefined, mechanism: MechanismId, weight: number])[],
): CauseOf[] {
  const sum = weights.reduce((all, [step, , weight]) => all + (step === undefined ? 0 : Math.abs(weight)), 0)
  if (sum === 0) return []
  return weights
    .flatMap(([step, mechanism, weight]) =>
      step === undefined || weight === 0 ? [] : [{ step, mechanism, share: rounded(Math.abs(weight) / sum) }],
    )
    .sort((a, b) => b.share - a.share)
}

/** Rows in the order of what they weigh, the heaviest first; those of no weight left out. */
export function byWeight(rows: readonly number[], weightOf: (row: number) => number): number[] {
  return rows
    .map((row) => [row, Math.abs(weightOf(row))] as const)
    .filter(([, weight]) => weight > 0)
    .sort(([a, x], [b, y]) => y - x || a - b)
    .map(([row]) => row)
}

export function rounded(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : 0
}
