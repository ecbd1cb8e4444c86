/** Shows what a search has found: goes there, and selects what can be selected, so that it can be read and edited without a map. */
import type { City } from '../../twin/city.ts'
import { localFromLngLat } from '../../twin/geo/projection.ts'
import { romanised } from '../../twin/geo/romanise.ts'
import { linkTable } from '../../twin/traffic/tables.ts'
import { middleOf } from '../layers/linkGeometry.ts'
import type { Selection } from '../layers/layer.ts'
import { STOPS } from '../layers/transit/stops.ts'
import type { Live } from '../state/live.ts'
import type { Place } from './api.ts'

/** A quarter as a whole, all else from near. */
const PLACE_ZOOM = 14
const NEAR_ZOOM = 16.5

export function showPlace(live: Live, place: Place): void {
  const { city } = live.store.get()
  const selection = city && selectionOfPlace(city, place)
  if (selection) live.store.setView({ selection })
  live.camera.go({ at: [place.lng, place.lat], zoom: place.kind === 'place' ? PLACE_ZOOM : NEAR_ZOOM })
}

/** A stop is itself; a street is its link of that name which is nearest to where it was found. Undefined for all else. */
export function selectionOfPlace(city: City, { kind, row, name, lng, lat }: Place): Selection | undefined {
  if (kind === 'stop' && row !== undefined) return { layer: 'transit', table: STOPS, row }
  if (kind !== 'street') return undefined
  const { links, names } = city.network
  // what is found is named as the city has it, and streets as the reader reads
  const wanted = [name, romanised(name)].map((text) => names.text.indexOf(text)).find((at) => at >= 0)
  if (wanted === undefined) return undefined
  const [xM, yM] = localFromLngLat(city.projection, [lng, lat])
  let nearest: number | undefined
  let nearestM = Infinity
  for (let link = 0; link < links.name.length; link++) {
    if (links.name[link] !== wanted) continue
    const [atXM, atYM] = middleOf(city.network, link)
    const distanceM = Math.hypot(atXM - xM, atYM - yM)
    if (distanceM >= nearestM) continue
    nearestM = distanceM
    nearest = link
  }
  return nearest === undefined ? undefined : { layer: 'traffic', table: linkTable.name, row: nearest }
}
