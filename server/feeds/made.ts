/** When a publisher made its document. */
import type { Deviations } from './deviations.ts'
import type { ReadOptions } from './format.ts'
import { isTime, timeOf } from './plausible.ts'

/** NaN when it does not say, or says a time that cannot be. */
export function madeMsOf(text: string, { nowMs, utcOffsetS }: ReadOptions, deviations: Deviations): number {
  if (text === '') return NaN
  const madeMs = timeOf(text, utcOffsetS)
  if (isTime(madeMs, nowMs)) return madeMs
  deviations.add('timeImpossible', 'warning', 'document', text, 'a time within ten years of now')
  return NaN
}
