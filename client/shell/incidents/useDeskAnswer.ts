/** An answer about what desks do, asked anew whenever the server says that some desk has done something, and now and then besides. */
import { useEffect, useState } from 'react'
import { useStore } from '../../state/store.ts'
import { useShell } from '../shellContext.ts'
import type { Polled } from '../usePolled.ts'

/** News may be lost with the line, milliseconds. */
const ASK_MS = 15_000

/** `ask` must keep its identity while it asks for the same thing. What was answered last stays until there is a new answer. */
export function useDeskAnswer<T>(ask: (signal: AbortSignal) => Promise<T>): Polled<T> {
  const { live } = useShell()
  const news = useStore(live.store, ({ deskNews }) => deskNews)
  const isReached = useStore(live.store, ({ connection: { state } }) => state === 'live' || state === 'late')
  const [answer, setAnswer] = useState<Polled<T> & { readonly ask: typeof ask }>()
  useEffect(() => {
    if (!isReached) return
    const abort = new AbortController()
    const load = () => {
      ask(abort.signal)
        .then((value) => setAnswer({ ask, value, error: undefined }))
        .catch((error: Error) => {
          if (abort.signal.aborted) return
          setAnswer((before) => ({
            ask,
            value: before?.ask === ask ? before.value : undefined,
            error: error.message,
          }))
        })
    }
    load()
    const timer = setInterval(load, ASK_MS)
    return () => {
      clearInterval(timer)
      abort.abort()
    }
    // a line that is back has missed the news
  }, [ask, news, isReached])
  return answer !== undefined && answer.ask === ask ? answer : { value: undefined, error: undefined }
}
