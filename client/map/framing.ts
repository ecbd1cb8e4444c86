/** How a wall opens on a city: as near as shows most of it in a picture of the wall's shape, with where its people work well inside. */
import type { City } from '../../twin/city.ts'
import { lngLatFromLocal } from '../../twin/geo/projection.ts'
import type { Camera } from '../state/view.ts'
import { heldWithin, lngLatOf, worldPx } from './wholePicture.ts'

/** Nearer than what just fills the picture, zoom levels: a tenth of the width and of the height, which is sea or fields, is left out. */
const NEARER = 0.15
/** Places for the middle that are tried, in the length of a side. */
const TRIES = 200

/** The camera of a picture of `sizePx` on the busiest part of `city`, within its bounds. */
export function framed(
  { info, network, zones, projection }: Pick<City, 'info' | 'network' | 'zones' | 'projection'>,
  sizePx: readonly [width: number, height: number],
): Camera {
  const [west, south, east, north] = info.bounds
  const middle = { lng: (west + east) / 2, lat: (south + north) / 2, zoom: 0, bearing: 0, pitch: 0 }
  const zoom = heldWithin(middle, sizePx, info.bounds).zoom
  const [x0, y0] = worldPx(west, north, zoom)
  const [x1, y1] = worldPx(east, south, zoom)
  // a picture of another shape than the city leaves out enough by that
  const leftOut = Math.log2(Math.max((x1 - x0) / sizePx[0], (y1 - y0) / sizePx[1]))
  const near = { ...middle, zoom: zoom + Math.min(NEARER, Math.max(0, 2 * NEARER - leftOut)) }
  const { jobs, ...centres } = zones.zones
  const hasJobs = jobs.some((count) => count > 0)
  const { xM, yM } = hasJobs ? centres : network.nodes
  const places = Array.from(xM, (x, i) => worldPx(...lngLatFromLocal(projection, [x, yM[i]]), near.zoom))
  if (places.length === 0) return heldWithin(near, sizePx, info.bounds)
  const weights = hasJobs ? jobs : new Float32Array(places.length).fill(1)
  const along = (axis: 0 | 1) =>
    fullestMiddle(
      places.map((place) => place[axis]),
      weights,
      sizePx[axis],
    )
  const [lng, lat] = lngLatOf([along(0), along(1)], near.zoom)
  return heldWithin({ ...near, lng, lat }, sizePx, info.bounds)
}

/** The middle of a window of `size` that holds the most of what weighs; towards its edges all counts less, and at them nothing. */
export function fullestMiddle(values: readonly number[], weights: ArrayLike<number>, size: number): number {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)]
  let [best, most] = [low, -Infinity]
  for (let middle = low; middle <= high; middle += size / TRIES) {
    let held = 0
    for (let i = 0; i < values.length; i++)
      held += weights[i] * Math.max(0, 1 - ((values[i] - middle) / (size / 2)) ** 2)
    if (held > most) [best, most] = [middle, held]
  }
  return best
}
