/** Street lamps: laid along the streets, each hung on the nearest transformer, so that a street goes dark with its supply. */
import type { RoadNetwork } from '../../../twin/traffic/network.ts'
import { kerbOffsetM } from '../lanes.ts'
import { pointAlong } from '../linkGeometry.ts'
import { makeNearest } from '../nearest.ts'
import { planeFromLocal, type Plane } from '../plane.ts'
import { POINT_WORDS, type Points } from '../pointLayer.ts'

/** Between two lamps, metres, by road class: wide roads are lit more closely (usual practice; no lamp is in the data). */
const SPACING_M = [40, 40, 40, 42, 46, 52, 60]
/** Behind the kerb. */
const SETBACK_M = 1
/** A lamp with no transformer so near is not lit by this network. */
const REACH_M = 600

/** Transformers' positions, in their rows' order. */
export interface Supplies {
  readonly xM: ArrayLike<number>
  readonly yM: ArrayLike<number>
}

/** Lamps with the row of their transformer, wide streets first; a street of two directions has one on each side by turns. */
export function makeLamps(network: RoadNetwork, supplies: Supplies, plane: Plane): Points {
  const { links, shape } = network
  const nearest = makeNearest(supplies.xM, supplies.yM, REACH_M)
  const words: number[] = []
  for (let link = 0; link < links.lengthM.length; link++) {
    if (links.reverseLink[link] >= 0 && links.reverseLink[link] < link) continue
    const spacingM = SPACING_M[links.roadClass[link]] ?? SPACING_M[SPACING_M.length - 1]
    const count = Math.floor(links.lengthM[link] / spacingM + 0.5)
    const sideM = kerbOffsetM(network, link) + SETBACK_M
    const first = links.shapeStart[link]
    const last = first + links.shapeCount[link] - 1
    const dx = shape.xM[last] - shape.xM[first]
    const dy = shape.yM[last] - shape.yM[first]
    const length = Math.hypot(dx, dy) || 1
    for (let i = 0; i < count; i++) {
      const [x, y] = pointAlong(network, link, ((i + 0.5) * links.lengthM[link]) / count)
      const side = i % 2 === 0 ? sideM : -sideM
      const at = [x + (dy / length) * side, y - (dx / length) * side] as const
      const transformer = nearest(at[0], at[1])
      if (transformer >= 0) words.push(...planeFromLocal(plane, at), transformer)
    }
  }
  return { words: new Float32Array(words), count: words.length / POINT_WORDS }
}
