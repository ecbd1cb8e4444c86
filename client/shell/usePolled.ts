/** What a function gives, asked anew at an interval and at news; the last good answer stays while asking fails. */
import { useEffect, useState } from 'react'

export interface Polled<T> {
  readonly value: T | undefined
  readonly error: string | undefined
}

type Ask<T> = ((signal: AbortSignal) => Promise<T>) | undefined

/**
 * `ask` must keep its identity while it asks for the same thing; undefined asks nothing. Without an interval nothing is asked for the
 * time being, and what was answered stays. When `news` changes it is asked at once.
 */
export function usePolled<T>(ask: Ask<T>, intervalMs: number | undefined, news?: unknown): Polled<T> {
  const [answer, setAnswer] = useState<Polled<T> & { readonly ask: Ask<T> }>()
  useEffect(() => {
    if (!ask || intervalMs === undefined) return
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
    const timer = setInterval(load, intervalMs)
    return () => {
      clearInterval(timer)
      abort.abort()
    }
  }, [ask, intervalMs, news])
  // An answer to an earlier question is none to this one.
  return answer !== undefined && answer.ask === ask ? answer : { value: undefined, error: undefined }
}
