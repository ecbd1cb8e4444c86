/** A part of the page whose code comes when it is wanted: fetched again while the line is down, so that a cut line breaks no page. */
import { lazy } from 'react'

/** After so many tries with a line there is no such code any more: the page's boundaries then say what broke. */
const MOST_TRIES = 6
const MOST_WAIT_S = 16

/** As React's `lazy`. */
export const lazyPart: typeof lazy = (load) =>
  lazy(() =>
    again(
      load,
      () => navigator.onLine,
      (tries) => untilLine(Math.min(MOST_WAIT_S, 2 ** tries)),
    ),
  )

/** What `load` gives at last; throws what it threw after some tries that had a line. `wait` is told how many tries there were. */
export async function again<T>(
  load: () => Promise<T>,
  hasLine: () => boolean,
  wait: (tries: number) => Promise<void>,
): Promise<T> {
  for (let tries = 0, withLine = 0; ; tries++) {
    try {
      return await load()
    } catch (error) {
      if (hasLine() && ++withLine >= MOST_TRIES) throw error
      await wait(tries)
    }
  }
}

function untilLine(mostS: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
    const timer = setTimeout(done, mostS * 1000)
    addEventListener('online', done)
  })
}
