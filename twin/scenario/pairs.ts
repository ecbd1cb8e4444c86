/** What pairs of runs come to, with the edits and without: each measure's means, the difference and how sure it is. */
import type { EnsembleState } from '../protocol/messages.ts'
import { pairedDifference } from './interval.ts'
import { outcomes, type OutcomeValues } from './outcome.ts'

/** `edited[i]` and `base[i]` are of the same member. Empty before the first pair. */
export function outcomesOfPairs(
  base: readonly OutcomeValues[],
  edited: readonly OutcomeValues[],
): EnsembleState['outcomes'] {
  if (edited.length === 0) return []
  return outcomes.map(({ id, grain }) => {
    const without = base.map((values) => values[id])
    const withEdits = edited.map((values) => values[id])
    const { difference, interval, isClear } = pairedDifference(without, withEdits, grain)
    return {
      id,
      base: meanOf(without),
      edited: meanOf(withEdits),
      difference,
      isClear,
      ...(interval && { interval }),
    }
  })
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
