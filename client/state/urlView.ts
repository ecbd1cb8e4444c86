/** Keeps the URL's query in step with the view, without adding to the history. */
import type { Store } from './store.ts'
import { queryFromView } from './view.ts'

/** Browsers refuse more than about 100 changes in 10 seconds. */
const SETTLE_MS = 400

/** Writes the view into the URL once it has settled; gives back what ends it. */
export function keepViewInUrl(store: Store): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let seen = store.get().view
  const end = store.subscribe(() => {
    const { view } = store.get()
    if (view === seen) return
    seen = view
    clearTimeout(timer)
    timer = setTimeout(
      () => history.replaceState(null, '', location.pathname + queryFromView(view)),
      SETTLE_MS,
    )
  })
  return () => {
    clearTimeout(timer)
    end()
  }
}
