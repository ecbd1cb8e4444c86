/** Plane geometry the recipes share: areas, middles, what lies inside what. Rings are closed: the last position is the first. */

export type Position = readonly [number, number]
export type Ring = readonly Position[]

/** Twice the signed area; positive when the ring runs anticlockwise (x east, y north). */
export function doubleArea(ring: Ring): number {
  let sum = 0
  for (let i = 0; i < ring.length - 1; i++) {
    // Relative to the first position, so that far-off origins cost no precision.
    const [ax, ay] = [ring[i][0] - ring[0][0], ring[i][1] - ring[0][1]]
    const [bx, by] = [ring[i + 1][0] - ring[0][0], ring[i + 1][1] - ring[0][1]]
    sum += ax * by - bx * ay
  }
  return sum
}

/** The middle of the ring's area; its first position when it has none. */
export function centroidOf(ring: Ring): Position {
  const [x0, y0] = ring[0]
  let sum = 0
  let x = 0
  let y = 0
  for (let i = 0; i < ring.length - 1; i++) {
    const [ax, ay] = [ring[i][0] - x0, ring[i][1] - y0]
    const [bx, by] = [ring[i + 1][0] - x0, ring[i + 1][1] - y0]
    const cross = ax * by - bx * ay
    sum += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return sum === 0 ? [x0, y0] : [x0 + x / (3 * sum), y0 + y / (3 * sum)]
}

/** Even-odd rule over any number of rings, so that holes are outside. */
export function isInside(at: Position, rings: readonly Ring[]): boolean {
  const [x, y] = at
  let inside = false
  for (const ring of rings) {
    for (let i = 0; i < ring.length - 1; i++) {
      const [ax, ay] = ring[i]
      const [bx, by] = ring[i + 1]
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside
    }
  }
  return inside
}

export type Box = readonly [minX: number, minY: number, maxX: number, maxY: number]

export function boxOf(ring: Ring): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring) {
    minX = Math.min(minX, x)
    minY = Math.min(minY, y)
    maxX = Math.max(maxX, x)
    maxY = Math.max(maxY, y)
  }
  return [minX, minY, maxX, maxY]
}

/** Whether two convex rings share area, by the separating-axis theorem; touching does not count. */
export function overlap(a: Ring, b: Ring): boolean {
  return !hasSeparatingEdge(a, b) && !hasSeparatingEdge(b, a)
}

/** Slack within which rings count as touching, metres. */
const TOUCH_M = 0.05

function hasSeparatingEdge(a: Ring, b: Ring): boolean {
  for (let i = 0; i < a.length - 1; i++) {
    const nx = a[i + 1][1] - a[i][1]
    const ny = a[i][0] - a[i + 1][0]
    const slack = TOUCH_M * Math.sqrt(nx * nx + ny * ny)
    let [minA, maxA, minB, maxB] = [Infinity, -Infinity, Infinity, -Infinity]
    for (const [x, y] of a) {
      minA = Math.min(minA, x * nx + y * ny)
      maxA = Math.max(maxA, x * nx + y * ny)
    }
    for (const [x, y] of b) {
      minB = Math.min(minB, x * nx + y * ny)
      maxB = Math.max(maxB, x * nx + y * ny)
    }
    if (maxA <= minB + slack || maxB <= minA + slack) return true
  }
  return false
}
