/** The running twin, once its code has come. It is sent for when the first words stand, or soon after when they do not come. */
import { useEffect, useState } from 'react'
import { getNow } from '../shell/api.ts'
import { loadLanguage, type Language } from '../language/language.ts'
import { canDrawMap } from '../map/canDraw.ts'
import { isServerless, townId } from '../source/serverless.ts'
import { fetchWorkerAhead } from '../map/warmUp.ts'
import type { Live } from '../state/live.ts'
import type { Face } from '../../twin/protocol/roles.ts'
import type { View } from '../state/view.ts'

// Words come first; but a server that is slow with them must not keep the map away.
const WORDS_MS = 1200
/** Once the words are drawn the browser makes its graphics ready, which takes it a while, and the map's script is still on its way. */
const READY_MS = 30

export function useLive(
  view: View,
  face: Face,
  language: Language,
): { live: Live | undefined; error: string | undefined } {
  const [live, setLive] = useState<Live>()
  const [error, setError] = useState<string>()
  useEffect(() => {
    let isGone = false
    const patience = new Promise((resolve) => setTimeout(resolve, WORDS_MS))
    // a wall has no words to wait for, and one that died is awaited itself
    const words = face === 'wall' || isServerless ? undefined : firstNow().catch(() => undefined)
    void words?.then(() => setTimeout(canDrawMap, READY_MS))
    Promise.race([words, patience])
      .then(() => Promise.all([import('./connect.ts'), loadLanguage(language)]))
      .then(async ([{ connect }]) => {
        if (isGone) return
        setLive(townId === undefined ? connect(view, face) : await connectOwn(view, townId))
      })
      .catch((reason: Error) => setError(reason.message))
    return () => {
      isGone = true
    }
    // `view` is the one the page was opened with; later ones are in the store, as later languages are.
  }, [view, face, language])
  return { live, error }
}

/** A town of the reader's own brings its engine with it. */
async function connectOwn(view: View, town: string): Promise<Live> {
  const { connectTown } = await import('./connectTown.ts')
  return connectTown(view, town)
}

/** Sends for what comes after the first words, so that it travels while they are made. Who needs it tells of a failure. */
export function fetchNext(language: Language): void {
  fetchWorkerAhead()
  const worker = import('../map/mapWorker.ts').then(({ startMapWorker }) => startMapWorker())
  for (const part of [import('./connect.ts'), loadLanguage(language), import('./FaceMap.tsx'), worker])
    part.catch(() => undefined)
}

let first: ReturnType<typeof getNow> | undefined

/** The first answer of /api/now, asked for once however many want it. */
export function firstNow(): ReturnType<typeof getNow> {
  first ??= getNow()
  return first
}
