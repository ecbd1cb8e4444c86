/** Below what may be done to a thing: what may be done where it stands. */
import type { Selection } from '../../../layers/layer.ts'
import { sayDraw } from '../../../language/drawWords.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import { OfferButtons } from '../OfferButtons.tsx'
import type { Scenario } from '../useScenario.ts'
import './draw.css'
import { placeOffersFor } from './placeOffers.ts'

export function AroundOffers({ selection, scenario }: { selection: Selection; scenario: Scenario }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  // a bus's trip is in the mirror, which has it when there are frames
  const hasFrames = useStore(live.store, ({ pulse }) => pulse > 0)
  const offers = city && hasFrames ? placeOffersFor(selection, city, live.mirror) : []
  if (offers.length === 0) return null
  return (
    <details className="around" open={selection.table !== 'traffic.links'}>
      <summary>{sayDraw('draw.here')}</summary>
      <div className="stack">
        <OfferButtons offers={offers} scenario={scenario} />
      </div>
    </details>
  )
}
