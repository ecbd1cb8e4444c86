/** What pairs of runs make sure of, and what no number of them does. */
import { formatNumber } from '../../language/format.ts'
import { sayPlan } from '../../language/planWords.ts'

export function wordsOfSurety(pairs: number): string {
  return pairs === 1 ? sayPlan('sure.holdsOne') : sayPlan('sure.holds', { pairs: formatNumber(pairs) })
}
