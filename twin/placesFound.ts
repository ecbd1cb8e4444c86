/** What a search of a city finds, as pages take it: with places of six decimals, and the row of a stop that one may look at. */
import type { City } from './city.ts'
import { localFromLngLat } from './geo/projection.ts'
import type { SearchHit } from './geo/search.ts'

// A stop found by name and the timetable's stop within this distance are the same, metres.
const SAME_STOP_M = 3

export function placeFound(
  city: Pick<City, 'projection' | 'timetable'>,
  hit: SearchHit,
): SearchHit & { row?: number } {
  const at = { lng: rounded(hit.lng), lat: rounded(hit.lat) }
  if (hit.kind !== 'stop' || city.timetable === undefined) return { ...hit, ...at }
  const [xM, yM] = localFromLngLat(city.projection, [hit.lng, hit.lat])
  const { stops } = city.timetable
  const row = stops.xM.findIndex(
    (stopXM, stop) => Math.abs(stopXM - xM) < SAME_STOP_M && Math.abs(stops.yM[stop] - yM) < SAME_STOP_M,
  )
  return row < 0 ? { ...hit, ...at } : { ...hit, ...at, row }
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}
