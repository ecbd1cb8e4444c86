/** Shows what a search has found: goes there, and selects what can be selected. */
import type { Live } from '../state/live.ts'
import { STOPS } from '../layers/transit/stops.ts'
import type { Place } from './api.ts'

/** A quarter as a whole, all else from near. */
const PLACE_ZOOM = 14
const NEAR_ZOOM = 16.5

export function showPlace(live: Live, { kind, row, lng, lat }: Place): void {
  if (kind === 'stop' && row !== undefined)
    live.store.setView({ selection: { layer: 'transit', table: STOPS, row } })
  live.camera.go({ at: [lng, lat], zoom: kind === 'place' ? PLACE_ZOOM : NEAR_ZOOM })
}
