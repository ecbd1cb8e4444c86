/** Below an inspector: what one may do to the thing in a scenario. */
import type { Selection } from '../../layers/layer.ts'
import { say } from '../../language/language.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import { offersFor } from './editWords.ts'
import { OfferButtons } from './OfferButtons.tsx'
import type { Scenario } from './useScenario.ts'

export function EditActions({ selection, scenario }: { selection: Selection; scenario: Scenario }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const offers = city ? offersFor(selection, city) : []
  if (offers.length === 0) return null
  return (
    <section className="stack" aria-label={say('scenario.inScenario')}>
      <h3>{say('scenario.inScenario')}</h3>
      <OfferButtons offers={offers} scenario={scenario} />
    </section>
  )
}
