/** Which edits the ensemble that was asked for last is of: what is published must be of the very edits that are. */
import type { EnsembleState } from '../../../twin/protocol/messages.ts'
import type { Live } from '../../state/live.ts'
import type { Scenario } from './useScenario.ts'

/** More keys than one where what is at hand was only said more exactly since. */
const asked = new WeakMap<Live, { readonly id: string; readonly keys: Set<string> }>()

/** As a text that is the same for the same edits, beginning and span. */
export function keyOf({
  history,
  horizonS,
  begin,
}: Pick<Scenario, 'history' | 'horizonS' | 'begin'>): string {
  return JSON.stringify([history.edits, horizonS, begin])
}

export function noteMeasured(live: Live, id: string, key: string): void {
  asked.set(live, { id, keys: new Set([key]) })
}

/** What was measured under one key is so under the other: an hour of today has got today's date. */
export function noteSame(live: Live, before: string, after: string): void {
  const last = asked.get(live)
  if (last?.keys.has(before)) last.keys.add(after)
}

export function isMeasured(live: Live, id: string, key: string): boolean {
  const last = asked.get(live)
  return last?.id === id && last.keys.has(key)
}

/** Of the scenario at hand as it is; undefined when nothing of it is measured. */
export function measuredOf(live: Live, scenario: Scenario): EnsembleState | undefined {
  const { ensemble } = live.store.get()
  const isOfThis = ensemble !== undefined && isMeasured(live, ensemble.id, keyOf(scenario))
  return isOfThis && ensemble.pairs > 0 ? ensemble : undefined
}
