/** The first answer to a scenario, before any run and marked preliminary: what it says, and what it cannot say. */
import type { ScenarioEdit } from '../edits.ts'
import { outcomes, type OutcomeId } from '../outcome.ts'
import type { RefusalOf } from '../refusals.ts'

export interface PreliminaryMeasure {
  readonly id: OutcomeId
  readonly base: number
  readonly edited: number
  readonly difference: number
  /** Whether it is more than what the equilibrium leaves undecided. */
  readonly isClear: boolean
}

/** Vehicles an hour by row of links, before and after, of those where they differ; most first. */
export interface FlowChange {
  readonly link: readonly number[]
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** Why an edit is not in the answer: it is refused; it is of what static flows do not know; only what buses make of it is not. */
export type LeftOut = { readonly id: string; readonly kind: ScenarioEdit['kind'] } & (
  { readonly why: 'refused'; readonly refusal: RefusalOf } | { readonly why: 'notJudged' | 'busesNotJudged' }
)

export interface PreliminaryAnswer {
  /** The hour of the day whose usual traffic it is of. */
  readonly hour: number
  /** What it can say, of the measures of `outcome.ts`, over the whole time as if that hour went on. */
  readonly measures: readonly PreliminaryMeasure[]
  /** While most of the edits hold. */
  readonly flowChange: FlowChange
  readonly leftOut: readonly LeftOut[]
  /** Whether the edits themselves change who travels; else everybody goes where they went. */
  readonly isDemandEdited: boolean
  /** Of the time asked for, for how much of it the edits hold that it is of. */
  readonly share: number
  /** Vehicles an hour that find no way any more. */
  readonly withoutWayVph: number
  /** How near to equilibrium, see `assignment/measures.ts`. */
  readonly relativeGap: number
}

/** Fewer vehicles an hour more or less than this are no change worth drawing. */
const LEAST_CHANGE_VPH = 5
const MOST_LINKS = 4000

export function flowChangeOf(before: Float64Array, after: Float64Array, links: number): FlowChange {
  const link: number[] = []
  for (let row = 0; row < links; row++)
    if (Math.abs(after[row] - before[row]) >= LEAST_CHANGE_VPH) link.push(row)
  link.sort((a, b) => Math.abs(after[b] - before[b]) - Math.abs(after[a] - before[a]) || a - b)
  link.length = Math.min(link.length, MOST_LINKS)
  return {
    link,
    before: link.map((row) => Math.round(before[row])),
    after: link.map((row) => Math.round(after[row])),
  }
}

type Values = Partial<Record<OutcomeId, number>>

/** In the order of `outcomes`, those that both have; `leastShare` of a value is no clear difference. */
export function measuresOf(
  base: Values,
  edited: Values,
  leastShare: (id: OutcomeId) => number,
): PreliminaryMeasure[] {
  return outcomes.flatMap(({ id }) => {
    const [before, after] = [base[id], edited[id]]
    if (before === undefined || after === undefined) return []
    const difference = after - before
    const isClear = Math.abs(difference) > leastShare(id) * Math.abs(before)
    return [{ id, base: before, edited: after, difference, isClear }]
  })
}
