/** Where a scenario changes something, measure by measure: of the one at hand, or of a kept one. */
import { useMemo, useState } from 'react'
import { LEAST_FLOW_VPH, type PlaceDifferences } from '../../../../twin/scenario/placeDifferences.ts'
import {
  fieldOfFlows,
  fieldOfPlaces,
  measureIds,
  type Field,
  type FoundFlows,
  type MeasureId,
} from '../../../layers/difference/field.ts'
import type { Live } from '../../../state/live.ts'
import type { Measuring } from '../useEnsemble.ts'
import type { KeptOnes } from './useKept.ts'
import { usePlaces } from './usePlaces.ts'

export interface Differences {
  /** Of every measure there is one for; empty before anything is known. */
  readonly fields: readonly Field[]
  /** Of the measure chosen, or the first there is. */
  readonly field: Field | undefined
  /** Of the scenario at hand. */
  readonly places: PlaceDifferences | undefined
  /** As they came over the line. */
  readonly bytes: number
  readonly error: string | undefined
  /** The run of a kept scenario, or undefined for the one at hand. */
  readonly whose: string | undefined
  choose(measure: MeasureId): void
  of(whose: string | undefined): void
}

/** `found` is what is known before the first pair of runs is done. */
export function useDifferences(
  live: Live,
  measuring: Measuring,
  kept: KeptOnes,
  found: FoundFlows | undefined,
): Differences {
  const { places, bytes, error } = usePlaces(live, measuring)
  const [measure, choose] = useState<MeasureId>('flow')
  const [whose, of] = useState<string>()
  const other = kept.all.find((one) => one.run.id === whose)
  const shown = other ? other.places : places
  const atOnce = other ? undefined : found
  const fields = useMemo(
    () =>
      shown
        ? measureIds.map((id) => fieldOfPlaces(shown, id)).filter(({ rows }) => rows.length > 0)
        : atOnce
          ? [fieldOfFlows(atOnce, LEAST_FLOW_VPH)]
          : [],
    [shown, atOnce],
  )
  return {
    fields,
    field: fields.find(({ id }) => id === measure) ?? fields[0],
    places,
    bytes,
    error,
    whose: other?.run.id,
    choose,
    of,
  }
}
