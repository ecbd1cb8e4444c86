/** Where an indicator, or what is said from several, comes from: to point at, come to or press. */
import type { IndicatorId } from '../../twin/objectives/indicators.ts'
import { Provenance } from '../layers/Provenance.tsx'
import { useStore } from '../state/store.ts'
import { indicatorOrigin } from './indicatorProvenance.ts'
import { useShell } from './shellContext.ts'

export interface IndicatorProvenanceProps {
  readonly ids: readonly IndicatorId[]
  /** Names it for who does not see it stand beside. */
  readonly what: string
}

export function IndicatorProvenance({ ids, what }: IndicatorProvenanceProps) {
  const { live } = useShell()
  // renders again with each picture taken in
  useStore(live.store, ({ pulse }) => pulse)
  const origin = indicatorOrigin(live, ids)
  return origin && <Provenance of={origin} what={what} />
}
