/**
 * Where the camera of a wall is at a moment of the host's clock: a function of what the desk told, so that every screen has it at
 * the same place at the same time, also one that came in the middle of a move.
 */
import { easeCubicInOut, interpolateZoom } from 'd3'
import type { WallCamera, WallMove } from '../../../../twin/protocol/wallMessages.ts'
import { lngLatOf, worldPx } from '../../../map/wholePicture.ts'

/** The path that seems even to the eye goes higher for a longer way (van Wijk and Nuij 2003); of a screen so wide, pixels. */
const SEEN_PX = 2000

/** The camera at `share` of the way. */
export function flownTo(from: WallCamera, to: WallCamera, share: number): WallCamera {
  if (share <= 0) return from
  if (share >= 1) return to
  const t = easeCubicInOut(share)
  const [x, y, width] = interpolateZoom(seen(from), seen(to))(t)
  const [lng, lat] = lngLatOf([x, y], 0)
  const turn = ((((to.bearing - from.bearing + 540) % 360) + 360) % 360) - 180
  return {
    lng,
    lat,
    zoom: Math.log2(SEEN_PX / width),
    bearing: from.bearing + turn * t,
    pitch: from.pitch + (to.pitch - from.pitch) * t,
  }
}

/** The middle of what is seen, and how wide it is, in pixels of the world at zoom 0. */
function seen({ lng, lat, zoom }: WallCamera): [x: number, y: number, width: number] {
  const [x, y] = worldPx(lng, lat, 0)
  return [x, y, SEEN_PX / 2 ** zoom]
}

/** The camera at `hostMs`: from `home` through the moves, each of which begins wherever the one before has come. */
export function cameraAt(
  home: WallCamera,
  moves: readonly WallMove[],
  hostMs: number,
  isStill = false,
): WallCamera {
  let camera = home
  moves.forEach(({ to, atMs, forMs }, i) => {
    const untilMs = Math.min(hostMs, moves[i + 1]?.atMs ?? Infinity)
    const share = (untilMs - atMs) / forMs
    if (share >= 0) camera = isStill ? to : flownTo(camera, to, share)
  })
  return camera
}

/** Whether everything that was told is done. */
export function isThere(moves: readonly WallMove[], hostMs: number): boolean {
  const last = moves.at(-1)
  return last === undefined || hostMs >= last.atMs + last.forMs
}
