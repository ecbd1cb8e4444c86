/** What a function gives, asked anew at an interval; the last good answer stays while asking fails. */
import { useEffect, useState } from 'react'

export interface Polled<T> {
  readonly value: T | undefined
  readonly error: string | undefined
}

type Ask<T> = ((signal: AbortSignal) => Promise<T>) | undefined

/** `ask` must keep its identity while it asks for the same thing; undefined asks nothing. */
export function usePolled<T>(ask: Ask<T>, intervalMs: number): Polled<T> {
  const [answer, setAnswer] = useState<Polled<T> & { readonly ask: Ask<T> }>()
  useEffect(() => {
    if (!ask) return
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
  }, [ask, intervalMs])
  // An answer to an earlier question is none to this one.
  return answer !== undefined && answer.ask === ask ? answer : { value: undefined, error: undefined }
}
