/** The convex hull of places: the smallest area without a dent that holds them all. */
import type { Local } from './projection.ts'
import type { Ring } from './polygon.ts'

/** Counterclockwise, by Andrew's monotone chain; fewer than three corners when the places lie on a line. */
export function hullOf(places: readonly Local[]): Ring {
  const sorted = [...places].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const lower = chainOf(sorted)
  const upper = chainOf([...sorted].reverse())
  return [...lower.slice(0, -1), ...upper.slice(0, -1)]
}

/** Every corner moved away from the middle of them by so many metres, so that what lies on the edge is inside. */
export function widened(ring: Ring, byM: number): Ring {
  const middle = ring.reduce(([x, y], [xM, yM]) => [x + xM / ring.length, y + yM / ring.length], [0, 0])
  return ring.map(([xM, yM]) => {
    const [dx, dy] = [xM - middle[0], yM - middle[1]]
    const lengthM = Math.sqrt(dx * dx + dy * dy)
    return lengthM === 0 ? [xM, yM] : [xM + (dx / lengthM) * byM, yM + (dy / lengthM) * byM]
  })
}

/** Square metres, whichever way round. */
export function areaM2(ring: Ring): number {
  let sum = 0
  for (let i = 0, before = ring.length - 1; i < ring.length; before = i++)
    sum += ring[before][0] * ring[i][1] - ring[i][0] * ring[before][1]
  return Math.abs(sum) / 2
}

function chainOf(sorted: readonly Local[]): Local[] {
  const chain: Local[] = []
  for (const place of sorted) {
    while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, place) <= 0) chain.pop()
    chain.push(place)
  }
  return chain
}

/** Positive to the left. */
function turn(a: Local, b: Local, c: Local): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}
