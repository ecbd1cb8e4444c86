/** Of a difference, whether it is clear and whether it is good. */
import type { Outcome } from '../../../twin/scenario/outcome.ts'

export type Verdict = 'better' | 'worse' | 'changed' | 'unclear'

/** `written` is how a difference is shown: what is shown as nothing is neither better nor worse. */
export function verdictOf(
  { worseWhen }: Pick<Outcome, 'worseWhen'>,
  difference: number,
  isClear: boolean,
  written: (difference: number) => string,
): Verdict {
  if (!isClear || written(difference) === written(0)) return 'unclear'
  if (worseWhen === undefined) return 'changed'
  return difference > 0 === (worseWhen === 'higher') ? 'worse' : 'better'
}
