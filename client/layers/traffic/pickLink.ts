/** The street under a position, found on the processor. */
import Flatbush from 'flatbush'
import type { City } from '../../../twin/city.ts'
import { localFromLngLat, type LngLat, type Local } from '../../../twin/geo/projection.ts'
import { perCity } from '../perCity.ts'

/** How much nearer a street counts when the position is on the side its traffic keeps to, metres. */
const OWN_SIDE_M = 3

const boxesOf = perCity((city) => {
  const { links, shape } = city.network
  const rows = links.lengthM.length
  if (rows === 0) return undefined
  const boxes = new Flatbush(rows, 16, Float32Array)
  for (let link = 0; link < rows; link++) {
    const first = links.shapeStart[link]
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let i = first; i < first + links.shapeCount[link]; i++) {
      west = Math.min(west, shape.xM[i])
      east = Math.max(east, shape.xM[i])
      south = Math.min(south, shape.yM[i])
      north = Math.max(north, shape.yM[i])
    }
    boxes.add(west, south, east, north)
  }
  boxes.finish()
  return boxes
})

/** The link nearest to a position within `radiusM`, of the two directions the one on whose side it is. */
export function pickLink(city: City, at: LngLat, radiusM: number): number | undefined {
  const [xM, yM] = localFromLngLat(city.projection, at)
  const near = boxesOf(city)?.search(xM - radiusM, yM - radiusM, xM + radiusM, yM + radiusM) ?? []
  let best: number | undefined
  let bestM = radiusM
  for (const link of near) {
    const m = distanceM(city, link, [xM, yM])
    if (m < bestM) {
      bestM = m
      best = link
    }
  }
  return best
}

function distanceM(city: City, link: number, [xM, yM]: Local): number {
  const { links, shape } = city.network
  const first = links.shapeStart[link]
  let best = Infinity
  for (let i = first; i < first + links.shapeCount[link] - 1; i++) {
    const ax = shape.xM[i]
    const ay = shape.yM[i]
    const dx = shape.xM[i + 1] - ax
    const dy = shape.yM[i + 1] - ay
    const squared = dx * dx + dy * dy
    const share = squared > 0 ? Math.min(1, Math.max(0, ((xM - ax) * dx + (yM - ay) * dy) / squared)) : 0
    const m = Math.hypot(xM - ax - share * dx, yM - ay - share * dy)
    const isRight = (xM - ax) * dy - (yM - ay) * dx > 0
    best = Math.min(best, isRight || links.reverseLink[link] < 0 ? m - OWN_SIDE_M : m)
  }
  return best
}
