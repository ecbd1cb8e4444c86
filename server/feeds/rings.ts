/** Positions as JSON writes them, and rings of them: closed, around a point, and their middles. */
import type { LngLat } from './content.ts'
import { canBePlace, type Reading } from './records.ts'

const METRES_PER_DEGREE = 111_195 // of latitude, on a sphere of 6,371 km
const CORNERS = 32

/** Of lists of longitude and latitude; undefined when one of them is none, which is noted. */
export function pathOf(
  positions: readonly unknown[],
  where: string,
  reading: Reading,
): readonly LngLat[] | undefined {
  const path: LngLat[] = []
  for (const position of positions) {
    const [lng, lat]: readonly unknown[] = Array.isArray(position) ? position : []
    if (typeof lng !== 'number' || typeof lat !== 'number') {
      reading.deviations.add('position', 'error', where, position, 'longitude, latitude')
      return undefined
    }
    if (!canBePlace(lng, lat, where, reading)) return undefined
    path.push([lng, lat])
  }
  return path
}

/** The same path when it is a ring, a closed one when it is open; undefined when it has too few corners. */
export function closedRing(path: readonly LngLat[]): readonly LngLat[] | undefined {
  const [first, last] = [path[0], path.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const isClosed = first[0] === last[0] && first[1] === last[1]
  const ring = isClosed ? path : [...path, first]
  return ring.length < 4 ? undefined : ring
}

/** A circle as a ring. Near the poles and around the globe it is cut to what degrees can say. */
export function circleAround([lng, lat]: LngLat, radiusM: number): readonly LngLat[] {
  const latitudes = radiusM / METRES_PER_DEGREE
  const longitudes = Math.min(180, latitudes / Math.max(1e-6, Math.cos((lat * Math.PI) / 180)))
  return Array.from({ length: CORNERS + 1 }, (_, i) => {
    const angle = ((i % CORNERS) / CORNERS) * 2 * Math.PI
    const east = lng + longitudes * Math.sin(angle)
    const north = Math.max(-90, Math.min(90, lat + latitudes * Math.cos(angle)))
    return [east > 180 ? east - 360 : east < -180 ? east + 360 : east, north]
  })
}

/** The middle of the box around it. */
export function middleOf(path: readonly LngLat[]): LngLat {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lng, lat] of path) {
    west = Math.min(west, lng)
    east = Math.max(east, lng)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  return [(west + east) / 2, (south + north) / 2]
}
