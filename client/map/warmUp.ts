/** What the map will need next, fetched while its own script is still on the way. */
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

/** Fetches MapLibre's worker into the browser's cache. A failure is told when the map itself asks for it. */
export function fetchWorkerAhead(): void {
  fetch(workerUrl).catch(() => {})
}
