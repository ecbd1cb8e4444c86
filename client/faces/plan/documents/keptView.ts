/** What the map shows, as it is kept with a saved scenario: where it looks, and which layers are on. */
import type { Live } from '../../../state/live.ts'
import { queryFromView, viewFromQuery } from '../../../state/view.ts'

export function viewToKeep({ store }: Live): string {
  const { camera, layersOn } = store.get().view
  return queryFromView({ ...viewFromQuery(''), camera, layersOn }).slice(1)
}

/** Shows it as it was. A map that is not made yet begins there. */
export function showView(live: Live, query: string): void {
  const { camera, layersOn } = viewFromQuery(`?${query}`)
  live.store.setView({ layersOn })
  if (camera === undefined) return
  const { lng, lat, zoom, bearing, pitch } = camera
  live.store.setView({ camera })
  live.camera.go({ at: [lng, lat], zoom, bearing, pitch, durationMs: 0 })
}
