/** Of a difference, whether it is clear and whether it is good. */
import type { Outcome } from '../../../twin/scenario/outcome.ts'

export type Verdict = 'better' | 'worse' | 'changed' | 'unclear'

export function verdictOf(
  { worseWhen }: Pick<Outcome, 'worseWhen'>,
  difference: number,
  isClear: boolean,
): Verdict {
  if (!isClear || difference === 0) return 'unclear'
  if (worseWhen === undefined) return 'changed'
  return difference > 0 === (worseWhen === 'higher') ? 'worse' : 'better'
}
