/** Web Mercator as a unit square, x east and y south, with functions that give the same bits on every engine. */
import type { LngLat } from '../../twin/geo/projection.ts'
import { log, PI, sin } from '../../twin/kernel/math.ts'

/** Beyond it the square ends. */
const MOST_LAT = 85.05

export function squareFromLngLat([lng, lat]: LngLat): [x: number, y: number] {
  const s = sin((Math.max(-MOST_LAT, Math.min(MOST_LAT, lat)) * PI) / 180)
  return [lng / 360 + 0.5, 0.5 - (0.25 * log((1 + s) / (1 - s))) / PI]
}

/** The tiles of a zoom that touch the bounds; a side that lies on a tile's edge does not draw in the tile beyond. */
export function tilesOver(
  zoom: number,
  [west, south, east, north]: readonly [number, number, number, number],
) {
  const world = 2 ** zoom
  const [left, top] = squareFromLngLat([west, north])
  const [right, bottom] = squareFromLngLat([east, south])
  // A millionth of a tile: bounds are rounded to 1e-7°.
  const slack = 1e-3
  return {
    minX: Math.max(0, Math.floor(left * world + slack)),
    minY: Math.max(0, Math.floor(top * world + slack)),
    maxX: Math.min(world - 1, Math.floor(right * world - slack)),
    maxY: Math.min(world - 1, Math.floor(bottom * world - slack)),
  }
}
