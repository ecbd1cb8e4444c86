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
