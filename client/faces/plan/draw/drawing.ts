/** An area or a place as it is drawn, corner by corner. Pure. */
import type { City } from '../../../../twin/city.ts'
import { areaM2, hullOf, widened } from '../../../../twin/geo/hull.ts'
import { ringFromLngLats } from '../../../../twin/geo/polygon.ts'
import { lngLatFromLocal, type LngLat } from '../../../../twin/geo/projection.ts'
import type { SketchShape } from '../../../state/sketch.ts'

/** Corners that an edit may have at most. */
export const MOST_CORNERS = 100
export const LEAST_CORNERS = 3
/** Streets at a district's edge are the district's, metres. */
const EDGE_M = 15
/** Degrees are written to about a tenth of a metre. */
const DIGITS = 1e6

export interface Drawing {
  readonly what: 'area' | 'place'
  readonly corners: readonly LngLat[]
}

/** With one more corner; of a place the one. A corner on the one before is none. */
export function withCorner({ what, corners }: Drawing, at: LngLat): Drawing {
  const corner: LngLat = [Math.round(at[0] * DIGITS) / DIGITS, Math.round(at[1] * DIGITS) / DIGITS]
  if (what === 'place') return { what, corners: [corner] }
  const last = corners.at(-1)
  const isNew = last === undefined || last[0] !== corner[0] || last[1] !== corner[1]
  return isNew && corners.length < MOST_CORNERS ? { what, corners: [...corners, corner] } : { what, corners }
}

export function withoutLastCorner({ what, corners }: Drawing): Drawing {
  return { what, corners: corners.slice(0, -1) }
}

/** Whether an edit can be made of it. */
export function isWhole({ what, corners }: Drawing): boolean {
  return what === 'place' ? corners.length === 1 : corners.length >= LEAST_CORNERS
}

/** How large it is, km². */
export function areaKm2({ corners }: Drawing, { projection }: City): number {
  return areaM2(ringFromLngLats(projection, corners)) / 1e6
}

export function shapeOf({ what, corners }: Drawing): SketchShape[] {
  if (corners.length === 0) return []
  return [{ kind: what, points: corners, mark: '', isOpen: true }]
}

/** The area of a district: all its crossings, and a little more. Undefined where it has too few. */
export function districtArea({ network, zones, projection }: City, zone: number): LngLat[] | undefined {
  const { xM, yM } = network.nodes
  const nodes = Array.from(zones.nodes.zone, (_, node) => node).filter(
    (node) => zones.nodes.zone[node] === zone,
  )
  const hull = hullOf(nodes.map((node) => [xM[node], yM[node]] as const))
  if (hull.length < LEAST_CORNERS) return undefined
  return widened(hull, EDGE_M).map((corner) => {
    const [lng, lat] = lngLatFromLocal(projection, corner)
    return [Math.round(lng * DIGITS) / DIGITS, Math.round(lat * DIGITS) / DIGITS] as const
  })
}
