/** Where a camera looks after the picture was moved: for who cannot drag it. */
import type { LngLat } from '../../twin/geo/projection.ts'
import type { Camera } from './view.ts'

/** Pixels of the world's breadth at zoom 0. */
const WORLD_PX = 512

/** The middle of what is seen after going so many pixels to the right and up on the screen, however the map is turned. */
export function panned({ lng, lat, zoom, bearing }: Camera, rightPx: number, upPx: number): LngLat {
  const turn = (bearing * Math.PI) / 180
  const eastPx = rightPx * Math.cos(turn) + upPx * Math.sin(turn)
  const northPx = upPx * Math.cos(turn) - rightPx * Math.sin(turn)
  const degPerPx = 360 / (WORLD_PX * 2 ** zoom)
  return [lng + eastPx * degPerPx, lat + northPx * degPerPx * Math.cos((lat * Math.PI) / 180)]
}
