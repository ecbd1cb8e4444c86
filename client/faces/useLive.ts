/** The running twin, once its code has come. It is sent for when the first words stand, or soon after when they do not come. */
import { useEffect, useState } from 'react'
import { getNow } from '../shell/api.ts'
import type { Live } from '../state/live.ts'
import type { Face } from '../../twin/protocol/roles.ts'
import type { View } from '../state/view.ts'

// Words come first; but a server that is slow with them must not keep the map away.
const WORDS_MS = 1200

export function useLive(view: View, face: Face): { live: Live | undefined; error: string | undefined } {
  const [live, setLive] = useState<Live>()
  const [error, setError] = useState<string>()
  useEffect(() => {
    let isGone = false
    const patience = new Promise((resolve) => setTimeout(resolve, WORDS_MS))
    // a wall has no words to wait for, and one that died is awaited itself
    const words = face === 'wall' ? undefined : firstNow().catch(() => undefined)
    Promise.race([words, patience])
      .then(() => {
        // The map's code travels beside the line's; the face that draws it handles its failure.
        import('./FaceMap.tsx').catch(() => undefined)
        return import('./connect.ts')
      })
      .then(({ connect }) => {
        if (!isGone) setLive(connect(view, face))
      })
      .catch((reason: Error) => setError(reason.message))
    return () => {
      isGone = true
    }
    // `view` is the one the page was opened with; later ones are in the store.
  }, [view, face])
  return { live, error }
}

let first: ReturnType<typeof getNow> | undefined

/** The first answer of /api/now, asked for once however many want it. */
export function firstNow(): ReturnType<typeof getNow> {
  first ??= getNow()
  return first
}
