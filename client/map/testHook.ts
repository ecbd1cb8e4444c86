/** `window.citytwin`, read-only: what a browser test looks at. */
import type { Layer } from '@deck.gl/core'
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { DrawClock } from '../layers/layer.ts'
import { drawnPositions, type DrawnVehicle } from '../layers/drawnPositions.ts'
import type { Live } from '../state/live.ts'
import type { Mirror } from '../state/mirror.ts'
import type { Store } from '../state/store.ts'

export interface TestHook {
  readonly map: MapLibreMap
  readonly mirror: Mirror
  readonly store: Store
  readonly live: Live
  /** The deck.gl layers that are drawn. */
  layers(): readonly Layer[]
  /** Where the first `limit` vehicles are drawn at this moment, by the shader's formula. */
  drawnPositions(limit: number): DrawnVehicle[]
}

declare global {
  interface Window {
    citytwin?: TestHook
  }
}

/** Lays the hook; gives back what takes it away. */
export function exposeForTests(
  map: MapLibreMap,
  live: Live,
  clock: DrawClock,
  layers: () => readonly Layer[],
): () => void {
  // of maps side by side the first, which shows what the page does
  if (window.citytwin !== undefined) return () => undefined
  window.citytwin = {
    map,
    live,
    layers,
    mirror: live.mirror,
    store: live.store,
    drawnPositions(limit) {
      const { city } = live.store.get()
      const plans = live.plans()
      return city === undefined || plans === undefined ? [] : drawnPositions(city, plans, clock.tick(), limit)
    },
  }
  return () => {
    delete window.citytwin
  }
}
