/** Whether a difference is good, as far as it is clear. */
import type { Outcome } from '../../../twin/scenario/outcome.ts'

export type Verdict = 'better' | 'worse' | 'changed' | 'unclear'

/** Of a difference that is clear, whether it is good. */
export function verdictOf({ worseWhen }: Outcome, difference: number, isClear: boolean): Verdict {
  if (!isClear || difference === 0) return 'unclear'
  if (worseWhen === undefined) return 'changed'
  return difference > 0 === (worseWhen === 'higher') ? 'worse' : 'better'
}
