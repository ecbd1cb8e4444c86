/** Below an inspector: what one may do to the thing in a scenario. */
import { thingOf } from '../../../twin/scenario/thing.ts'
import type { Selection } from '../../layers/layer.ts'
import { say } from '../../language/language.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import { offersFor } from './editWords.ts'
import type { Scenario } from './useScenario.ts'

export function EditActions({ selection, scenario }: { selection: Selection; scenario: Scenario }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const offers = city ? offersFor(selection, city) : []
  if (offers.length === 0) return null
  const done = new Set(scenario.history.edits.map(thingOf))
  return (
    <section className="stack" aria-label={say('scenario.inScenario')}>
      <h3>{say('scenario.inScenario')}</h3>
      {offers.map(({ label, edit }) => (
        <button
          key={label}
          type="button"
          disabled={done.has(thingOf(edit))}
          onClick={() => scenario.add(edit)}
        >
          {label}
        </button>
      ))}
    </section>
  )
}
