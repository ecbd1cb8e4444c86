/** What pairs of runs come to, with the edits and without: each measure's means, the difference and how sure it is. */
import type { EnsembleState } from '../protocol/messages.ts'
import { suretyOf } from './interval.ts'
import { outcomes, type OutcomeValues } from './outcome.ts'

/** `edited[i]` and `base[i]` are of the same member. Empty before the first pair. */
export function outcomesOfPairs(
  base: readonly OutcomeValues[],
  edited: readonly OutcomeValues[],
): EnsembleState['outcomes'] {
  if (edited.length === 0) return []
  return outcomes.map(({ id, grain }) => ({
    id,
    ...suretyOf(
      base.map((values) => values[id]),
      edited.map((values) => values[id]),
      grain,
    ),
  }))
}

type ByMeasure = Readonly<Record<string, readonly number[]>>

/** Run by run, what one ensemble came to: whatever is made of several measures, or of two ensembles, is made of this. */
export interface MemberRuns {
  /** Which dice and demand the pairs lived under, in the order in which they were done. */
  readonly members: readonly number[]
  /** By measure, a value a pair. */
  readonly base: ByMeasure
  readonly edited: ByMeasure
}

export function runsOfPairs(
  members: readonly number[],
  base: readonly OutcomeValues[],
  edited: readonly OutcomeValues[],
): MemberRuns {
  const byMeasure = (runs: readonly OutcomeValues[]): ByMeasure =>
    Object.fromEntries(outcomes.map(({ id }) => [id, runs.map((values) => values[id])]))
  return { members, base: byMeasure(base), edited: byMeasure(edited) }
}

/**
 * From one scenario to another, each member of the one with the same of the other: as many pairs, and for each measure how sure
 * the difference is. Undefined where they have no member in common, or lived in other cities: runs without edits that began at one
 * moment, under the same dice, and lasted as long are the same to the last digit, and these are not.
 */
export function betweenScenarios(
  from: MemberRuns,
  to: MemberRuns,
): { readonly pairs: number; readonly outcomes: EnsembleState['outcomes'] } | undefined {
  const common = to.members.flatMap((member, j) => {
    const i = from.members.indexOf(member)
    return i < 0 ? [] : [{ i, j }]
  })
  const isOneCity = outcomes.every(({ id }) =>
    common.every(({ i, j }) => from.base[id][i] === to.base[id][j]),
  )
  if (common.length === 0 || !isOneCity) return undefined
  return {
    pairs: common.length,
    outcomes: outcomes.map(({ id, grain }) => ({
      id,
      ...suretyOf(
        common.map(({ i }) => from.edited[id][i]),
        common.map(({ j }) => to.edited[id][j]),
        grain,
      ),
    })),
  }
}
