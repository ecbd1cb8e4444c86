/**
 * The geometry of one picture over many screens, in pixels of the Mercator map: where each screen looks when the whole picture
 * looks somewhere. The picture lies flat: tilted, a screen would need a vanishing point outside of itself.
 */
import type { Camera } from '../state/view.ts'

/** Pixels of the whole world at zoom 0, as MapLibre counts. */
const WORLD_PX = 512

/** Where a screen's map lies in the whole picture. */
export interface Lens {
  /** From the middle of the picture to the middle of the map, pixels to the right and down. */
  offsetPx(map: HTMLElement): readonly [x: number, y: number]
  /** Of the whole picture, pixels. */
  sizePx(): readonly [width: number, height: number]
}

/** Pixels from the world's west and north edges. */
export type WorldPx = readonly [x: number, y: number]

export function worldPx(lng: number, lat: number, zoom: number): WorldPx {
  const size = WORLD_PX * 2 ** zoom
  const sin = Math.sin((lat * Math.PI) / 180)
  return [size * (lng / 360 + 0.5), size * (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI))]
}

export function lngLatOf([x, y]: WorldPx, zoom: number): readonly [lng: number, lat: number] {
  const size = WORLD_PX * 2 ** zoom
  const lat = (360 / Math.PI) * Math.atan(Math.exp((0.5 - y / size) * 2 * Math.PI)) - 90
  return [(x / size - 0.5) * 360, lat]
}

/** The camera that looks so many pixels of the screen to the right and down of where `camera` looks. */
export function shifted(camera: Camera, [dx, dy]: readonly [number, number]): Camera {
  const { lng, lat, zoom, bearing } = camera
  const turn = (bearing * Math.PI) / 180
  const [x, y] = worldPx(lng, lat, zoom)
  const there: WorldPx = [
    x + dx * Math.cos(turn) - dy * Math.sin(turn),
    y + dx * Math.sin(turn) + dy * Math.cos(turn),
  ]
  const [thereLng, thereLat] = lngLatOf(there, zoom)
  return { ...camera, lng: thereLng, lat: thereLat, pitch: 0 }
}

/** West, south, east, north, degrees. */
export type Bounds = readonly [west: number, south: number, east: number, north: number]

/**
 * The camera nearest to `camera` whose picture of that size shows nothing beyond `bounds`: nearer where it shows too much, moved
 * where it stands too close to an edge. A turned picture is held by its middle alone.
 */
export function heldWithin(
  camera: Camera,
  [width, height]: readonly [number, number],
  bounds: Bounds,
): Camera {
  const [west, south, east, north] = bounds
  const [x0, y0] = worldPx(west, north, 0)
  const [x1, y1] = worldPx(east, south, 0)
  const isTurned = camera.bearing !== 0
  const least = isTurned ? -Infinity : Math.log2(Math.max(width / (x1 - x0), height / (y1 - y0)))
  const zoom = Math.max(camera.zoom, least)
  const scale = 2 ** zoom
  const [halfX, halfY] = isTurned ? [0, 0] : [width / 2, height / 2]
  const [x, y] = worldPx(camera.lng, camera.lat, zoom)
  const held: WorldPx = [
    between(x, x0 * scale + halfX, x1 * scale - halfX),
    between(y, y0 * scale + halfY, y1 * scale - halfY),
  ]
  const [lng, lat] = lngLatOf(held, zoom)
  return { ...camera, lng, lat, zoom }
}

/** The middle of both where they leave no room. */
function between(value: number, low: number, high: number): number {
  return low > high ? (low + high) / 2 : Math.min(high, Math.max(low, value))
}
