/** Where the pairs of an ensemble differ, fetched anew with each pair that is done. */
import { inflateSync } from 'fflate'
import { useEffect, useState } from 'react'
import { placesOfBytes } from '../../../../twin/scenario/placeBytes.ts'
import type { PlaceDifferences } from '../../../../twin/scenario/placeDifferences.ts'
import type { Live } from '../../../state/live.ts'
import { useStore } from '../../../state/store.ts'
import type { Measuring } from '../useEnsemble.ts'

export interface FoundPlaces {
  /** Undefined before the first pair. */
  readonly places: PlaceDifferences | undefined
  /** As they came over the line. */
  readonly bytes: number
  readonly error: string | undefined
}

export function usePlaces(live: Live, { state }: Measuring): FoundPlaces {
  const links = useStore(live.store, ({ city }) => city?.network.links.lengthM.length)
  const [found, setFound] = useState<FoundPlaces & { readonly id: string }>()
  const { id, pairs = 0 } = state ?? {}
  useEffect(() => {
    if (id === undefined || pairs === 0 || links === undefined) return
    let isGone = false
    void live.source.ensemblePlaces(id).then((reply) => {
      if (isGone) return
      if (reply.ok) setFound({ id, ...placesOfText(reply.deflated, links) })
      else setFound({ id, places: undefined, bytes: 0, error: reply.error })
    })
    return () => {
      isGone = true
    }
  }, [live, id, pairs, links])
  return found?.id === id && found !== undefined ? found : { places: undefined, bytes: 0, error: undefined }
}

/** Of base64 of deflated bytes; what cannot be read is said. */
export function placesOfText(text: string, links: number): FoundPlaces {
  try {
    const deflated = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    return {
      places: placesOfBytes(inflateSync(deflated), links),
      bytes: text.length,
      error: undefined,
    }
  } catch (error) {
    return { places: undefined, bytes: text.length, error: (error as Error).message }
  }
}
