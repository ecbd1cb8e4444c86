/** How far pairs of runs have come, what they make sure of, and what no number of them does. */
import type { EnsembleState } from '../../../twin/protocol/messages.ts'
import { formatNumber } from '../../language/format.ts'
import { sayPlan } from '../../language/planWords.ts'

export function wordsOfSurety(pairs: number): string {
  return pairs === 1 ? sayPlan('sure.holdsOne') : sayPlan('sure.holds', { pairs: formatNumber(pairs) })
}

/** Why one failed is said elsewhere. */
export function wordsOfProgress({ state, ahead, pairs, members }: EnsembleState): string {
  if (state === 'failed') return ''
  if (state === 'queued') return sayPlan('sure.queued', { ahead })
  if (members === 1) return sayPlan(`sure.${state}.one`)
  return sayPlan(`sure.${state}`, { pairs, members })
}
