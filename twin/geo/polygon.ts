/** Areas drawn on the map: rings of corners, in local metres, and what lies inside of them. */
import { localFromLngLat, type LngLat, type Local, type Projection } from './projection.ts'

/** The corners in order, either way round; the last need not repeat the first. */
export type Ring = readonly Local[]

/** A ring drawn on the map, in local metres. */
export function ringFromLngLats(projection: Projection, corners: readonly LngLat[]): Ring {
  return corners.map((corner) => localFromLngLat(projection, corner))
}

/**
 * Whether a place lies inside of a ring: a ray from it eastwards crosses an odd number of edges. Of a ring that crosses itself
 * what is enclosed twice is outside. A place on an edge is inside of one of the two areas that share the edge, never of both.
 */
export function isInRing(ring: Ring, xM: number, yM: number): boolean {
  let isIn = false
  for (let i = 0, before = ring.length - 1; i < ring.length; before = i++) {
    const [ax, ay] = ring[before]
    const [bx, by] = ring[i]
    if (ay > yM === by > yM) continue
    if (xM < ax + ((yM - ay) * (bx - ax)) / (by - ay)) isIn = !isIn
  }
  return isIn
}

/** The rows whose place lies inside of a ring, in their order. */
export function rowsInRing(ring: Ring, xM: ArrayLike<number>, yM: ArrayLike<number>): number[] {
  const rows: number[] = []
  for (let row = 0; row < xM.length; row++) if (isInRing(ring, xM[row], yM[row])) rows.push(row)
  return rows
}

/** What a ring encloses, square metres. */
export function ringAreaM2(ring: Ring): number {
  let twice = 0
  for (let i = 0, before = ring.length - 1; i < ring.length; before = i++)
    twice += ring[before][0] * ring[i][1] - ring[i][0] * ring[before][1]
  return Math.abs(twice) / 2
}
