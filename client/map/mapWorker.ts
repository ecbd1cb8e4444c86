/** MapLibre's worker: where its script is, and started before there is a map, so that it reads its script while the map is made. */
import { prewarm, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

let isStarted = false

/** Further calls do nothing. */
export function startMapWorker(): void {
  if (isStarted) return
  isStarted = true
  setWorkerUrl(workerUrl)
  prewarm()
}
