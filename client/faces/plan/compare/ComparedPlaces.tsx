/** In the planner's panel: how maps are compared, and where something changes; in the inspector, what changes there. */
import type { Selection } from '../../../layers/layer.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import { ComparePanel } from './ComparePanel.tsx'
import { PlaceFacts } from './PlaceFacts.tsx'
import { PlacesPanel } from './PlacesPanel.tsx'
import { PlaceTip } from './PlaceTip.tsx'
import type { Comparing } from './useComparing.ts'

export function ComparedPlaces({ comparing }: { comparing: Comparing }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const { compare, differences, kept, now, isOld, scenario } = comparing
  const { field } = differences
  if (scenario.history.edits.length === 0 && kept.all.length === 0) return null
  return (
    <>
      <ComparePanel compare={compare} kept={kept} now={now} />
      <PlacesPanel differences={differences} compare={compare} kept={kept} isOld={isOld} />
      {compare.view === 'difference' && field && city && <PlaceTip field={field} city={city} />}
    </>
  )
}

export function ComparedFacts({ comparing, selection }: { comparing: Comparing; selection: Selection }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  return city && <PlaceFacts selection={selection} fields={comparing.differences.fields} city={city} />
}
