/** Finds the links near a position: how far along each, how far off it, and on which side. */
import Flatbush from 'flatbush'
import type { RoadNetwork } from '../../twin/traffic/network.ts'

/** A point of a link that is nearest to some position beside it. */
export interface LinkPosition {
  readonly link: number
  /** From the link's start. */
  readonly alongM: number
  /** Between the position and the link. */
  readonly offM: number
  /** Whether the position lies to the right of the link's direction, where the kerb is. */
  readonly isRight: boolean
}

export type LinkFinder = (xM: number, yM: number, radiusM: number) => LinkPosition[]

/** Indexes every stretch of every link; the finder then gives the links within a radius, nearest first. */
export function makeLinkFinder(network: RoadNetwork): LinkFinder {
  const { shapeStart, shapeCount, lengthM } = network.links
  const { xM, yM } = network.shape
  const stretchCount = shapeCount.reduce((sum, count) => sum + Math.max(count - 1, 0), 0)
  const linkOf = new Uint32Array(stretchCount)
  const vertexOf = new Uint32Array(stretchCount)
  const alongOf = new Float32Array(stretchCount)
  if (stretchCount === 0) return () => []
  const index = new Flatbush(stretchCount)
  let row = 0
  for (let link = 0; link < shapeStart.length; link++) {
    const first = row
    let along = 0
    for (let v = shapeStart[link]; v < shapeStart[link] + shapeCount[link] - 1; v++) {
      linkOf[row] = link
      vertexOf[row] = v
      alongOf[row++] = along
      along += Math.sqrt((xM[v + 1] - xM[v]) ** 2 + (yM[v + 1] - yM[v]) ** 2)
      index.add(
        Math.min(xM[v], xM[v + 1]),
        Math.min(yM[v], yM[v + 1]),
        Math.max(xM[v], xM[v + 1]),
        Math.max(yM[v], yM[v + 1]),
      )
    }
    // The course's own length may differ from the link's by rounding.
    const scale = along > 0 ? lengthM[link] / along : 1
    for (let i = first; i < row; i++) alongOf[i] *= scale
  }
  index.finish()

  return (x, y, radiusM) => {
    const best = new Map<number, LinkPosition>()
    for (const stretch of index.search(x - radiusM, y - radiusM, x + radiusM, y + radiusM)) {
      const link = linkOf[stretch]
      const v = vertexOf[stretch]
      const dx = xM[v + 1] - xM[v]
      const dy = yM[v + 1] - yM[v]
      const px = x - xM[v]
      const py = y - yM[v]
      const squared = dx * dx + dy * dy
      const share = squared > 0 ? Math.min(Math.max((px * dx + py * dy) / squared, 0), 1) : 0
      const offM = Math.sqrt((px - share * dx) ** 2 + (py - share * dy) ** 2)
      if (offM > radiusM || offM >= (best.get(link)?.offM ?? Infinity)) continue
      const alongM = Math.min(alongOf[stretch] + share * Math.sqrt(squared), lengthM[link])
      best.set(link, { link, alongM, offM, isRight: dx * py - dy * px <= 0 })
    }
    return [...best.values()].sort((a, b) => a.offM - b.offM || a.link - b.link)
  }
}
