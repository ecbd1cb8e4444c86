/** Which map shows which page's city, for whoever takes a picture of it. */
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { Live } from '../state/live.ts'

const maps = new WeakMap<Live, MapLibreMap>()

export function offerMap(live: Live, map: MapLibreMap): void {
  maps.set(live, map)
}

export function shownMapOf(live: Live): MapLibreMap | undefined {
  return maps.get(live)
}
