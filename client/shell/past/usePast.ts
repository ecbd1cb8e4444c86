/** The recorded past as panels see it: one playback for a page, what is recorded, and what happened in it. */
import { useEffect, useState } from 'react'
import type { PastMarks, PastSource, PastSpan } from '../../source/pastSource.ts'
import type { Live } from '../../state/live.ts'
import { Playback } from '../../state/playback.ts'
import { useStore } from '../../state/store.ts'

// The end of what is recorded moves on by itself; what happened in it seldom matters to the second.
const SPAN_EVERY_MS = 5000
const MARKS_EVERY_MS = 30_000
const MARK_STEP_MS = 60_000

export interface Past {
  readonly source: PastSource
  readonly playback: Playback
  /** Undefined until it is known. */
  readonly span: PastSpan | undefined
  readonly marks: PastMarks | undefined
  /** Why there is none. */
  readonly error: string | undefined
}

const playbacks = new WeakMap<Live, Playback>()

/** Undefined where the page's source has no past. */
export function usePast(live: Live): Past | undefined {
  const source = live.source.past
  const file = useStore(live.store, ({ replay }) => replay?.file)
  const [span, setSpan] = useState<PastSpan>()
  const [marks, setMarks] = useState<PastMarks>()
  const [error, setError] = useState<string>()
  const playback = playbackOf(live)
  useEffect(() => {
    if (!source || !playback) return
    let isGone = false
    const failed = (reason: Error) => !isGone && setError(reason.message)
    const loadSpan = async () => {
      const found = await source.span()
      if (isGone) return undefined
      playback.setSpan(found)
      setSpan(found)
      setError(undefined)
      return found
    }
    const loadMarks = async () => {
      const found = await loadSpan()
      const first = found?.parts[0]
      const last = found?.parts.at(-1)
      if (!first || !last) return
      const seen = await source.marks(first.fromMs, last.toMs, MARK_STEP_MS)
      if (!isGone) setMarks(seen)
    }
    loadMarks().catch(failed)
    const timers = [
      setInterval(() => void loadSpan().catch(failed), SPAN_EVERY_MS),
      setInterval(() => void loadMarks().catch(failed), MARKS_EVERY_MS),
    ]
    return () => {
      isGone = true
      timers.forEach(clearInterval)
    }
    // another file is another past
  }, [source, playback, file])
  return source && playback && { source, playback, span, marks, error }
}

/** The one of a page; undefined where its source has no past. */
export function playbackOf(live: Live): Playback | undefined {
  const known = playbacks.get(live)
  const source = live.source.past
  if (known || !source) return known
  const made = new Playback(live, source)
  playbacks.set(live, made)
  return made
}
