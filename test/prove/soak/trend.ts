/** The course of something that is measured again and again. */

export interface Point {
  readonly x: number
  readonly y: number
}

/** Of the straight line through `points` by least squares, y for each x; 0 for fewer than two. */
export function slopeOf(points: readonly Point[]): number {
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length
  let xy = 0
  let xx = 0
  for (const { x, y } of points) {
    xy += (x - meanX) * (y - meanY)
    xx += (x - meanX) ** 2
  }
  return xx === 0 ? 0 : xy / xx
}

/** How much the line through `points` rises from its first to its last, as a share of where it begins. */
export function growthOf(points: readonly Point[]): number {
  if (points.length < 2) return 0
  const slope = slopeOf(points)
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length
  const first = meanY + slope * (points[0].x - meanX)
  return (slope * (points[points.length - 1].x - points[0].x)) / first
}

// What is in the air at one look, a frame half read, say, is gone at the next.
const LOOKS = 3
const APART_MS = 250

/** Looks a few times shortly one after the other and keeps the look at which least was held. */
export async function leastOf<T>(sizeOf: (look: T) => number, look: () => Promise<T>): Promise<T> {
  let least = await look()
  for (let i = 1; i < LOOKS; i++) {
    await new Promise((done) => setTimeout(done, APART_MS))
    const next = await look()
    if (sizeOf(next) < sizeOf(least)) least = next
  }
  return least
}
