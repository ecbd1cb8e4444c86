/** How a wall opens on a city: as near as shows most of it in a picture of the wall's shape, and where most of its streets are. */
import type { City } from '../../twin/city.ts'
import { lngLatFromLocal } from '../../twin/geo/projection.ts'
import type { Camera } from '../state/view.ts'
import { heldWithin, lngLatOf, worldPx } from './wholePicture.ts'

/** Nearer than what just fills the picture, zoom levels: a tenth of the width and of the height, which is sea or fields, is left out. */
const NEARER = 0.15

/** The camera of a picture of `sizePx` that shows the most junctions of `city`, within its bounds. */
export function framed(
  { info, network, projection }: Pick<City, 'info' | 'network' | 'projection'>,
  sizePx: readonly [width: number, height: number],
): Camera {
  const [west, south, east, north] = info.bounds
  const middle = { lng: (west + east) / 2, lat: (south + north) / 2, zoom: 0, bearing: 0, pitch: 0 }
  const { zoom } = heldWithin(middle, sizePx, info.bounds)
  const near = { ...middle, zoom: zoom + NEARER }
  const { xM, yM } = network.nodes
  const nodes = Array.from(xM, (x, i) => worldPx(...lngLatFromLocal(projection, [x, yM[i]]), near.zoom))
  if (nodes.length === 0) return heldWithin(near, sizePx, info.bounds)
  const [lng, lat] = lngLatOf(
    [
      fullestMiddle(
        nodes.map(([x]) => x),
        sizePx[0],
      ),
      fullestMiddle(
        nodes.map(([, y]) => y),
        sizePx[1],
      ),
    ],
    near.zoom,
  )
  return heldWithin({ ...near, lng, lat }, sizePx, info.bounds)
}

/** The middle of those windows of `size` that hold the most `values`, of which there is at least one. */
export function fullestMiddle(values: readonly number[], size: number): number {
  const sorted = Float64Array.from(values).sort()
  let [best, first, last] = [0, 0, 0]
  for (let start = 0, end = 0; start < sorted.length; start++) {
    while (end < sorted.length && sorted[end] <= sorted[start] + size) end++
    if (end - start > best) [best, first, last] = [end - start, start, end - 1]
  }
  return (sorted[first] + sorted[last]) / 2
}
