/** Which edits the ensemble that was asked for last is of: what is published must be of the very edits that are. */
import type { EnsembleState } from '../../../twin/protocol/messages.ts'
import type { Live } from '../../state/live.ts'
import type { Scenario } from './useScenario.ts'

const asked = new WeakMap<Live, { readonly id: string; readonly key: string }>()

/** As a text that is the same for the same edits, beginning and span. */
export function keyOf({ history, horizonS, begin }: Scenario): string {
  return JSON.stringify([history.edits, horizonS, begin])
}

export function noteMeasured(live: Live, id: string, key: string): void {
  asked.set(live, { id, key })
}

/** Of the scenario at hand as it is; undefined when nothing of it is measured. */
export function measuredOf(live: Live, scenario: Scenario): EnsembleState | undefined {
  const { ensemble } = live.store.get()
  const last = asked.get(live)
  const isOfThis = last !== undefined && ensemble?.id === last.id && last.key === keyOf(scenario)
  return isOfThis && ensemble.pairs > 0 ? ensemble : undefined
}
