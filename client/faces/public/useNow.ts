/** The present in words' terms, every few seconds from /api/now: small enough to be the first thing on the page. */
import { useEffect, useState } from 'react'
import { romanised } from '../../../twin/geo/romanise.ts'
import { readsLatin } from '../../language/script.ts'
import { getNow, type Now } from '../../shell/api.ts'
import { viewFromQuery } from '../../state/view.ts'
import { firstNow } from '../useLive.ts'

const INTERVAL_MS = 5000
const RETRY_MS = 1000

export function useNow(): { now: Now | undefined; hasFailed: boolean } {
  const [state, setState] = useState<{ now: Now | undefined; hasFailed: boolean }>({
    now: undefined,
    hasFailed: false,
  })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let isGone = false
    const ask = (asked: Promise<Now>): void => {
      asked
        .then((now) => {
          if (!isGone) setState({ now: lettered(now), hasFailed: false })
          return INTERVAL_MS
        })
        .catch(() => {
          if (!isGone) setState(({ now }) => ({ now, hasFailed: true }))
          return RETRY_MS
        })
        .then((waitMs) => {
          if (!isGone) timer = setTimeout(() => ask(getNow()), waitMs)
        })
    }
    ask(firstNow())
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [])
  return state
}

/** With the names of its streets in the reader's letters. */
function lettered(now: Now): Now {
  if (!readsLatin(viewFromQuery(location.search).language, navigator.languages)) return now
  return {
    ...now,
    slowStreets: now.slowStreets.map((street) => ({ ...street, name: romanised(street.name) })),
  }
}
