/** Edits that may be made to a thing, or where it stands: a button each, until it is in the scenario. */
import { thingOf } from '../../../twin/scenario/thing.ts'
import type { EditOffer } from './editWords.ts'
import type { Scenario } from './useScenario.ts'

export function OfferButtons({ offers, scenario }: { offers: readonly EditOffer[]; scenario: Scenario }) {
  const done = new Set(scenario.history.edits.map(thingOf))
  return offers.map(({ label, edit }) => (
    <button key={label} type="button" disabled={done.has(thingOf(edit))} onClick={() => scenario.add(edit)}>
      {label}
    </button>
  ))
}
