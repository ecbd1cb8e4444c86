/** Finds the one path of links that best fits a row of positions: which link each stands on, and which fit no path at all. */
import type { OnLink, PathFinder } from './busPaths.ts'

export interface MatchPoint {
  readonly xM: number
  readonly yM: number
  /** How far along the line it is expected, metres from any origin; a longer chain earns what it spans. */
  readonly dueM: number
  /** Where it may stand; `penaltyM` is what that choice costs against the others. */
  readonly candidates: readonly (OnLink & { readonly penaltyM: number })[]
  /** What it costs to leave the point out, metres of detour. */
  readonly skipM: number
}

export interface MatchedPoint {
  /** Row of the point given. */
  readonly point: number
  readonly link: number
  readonly alongM: number
  /** Which link of the path it stands on. */
  readonly pathIndex: number
}

export interface MatchedPath {
  readonly links: readonly number[]
  readonly points: readonly MatchedPoint[]
}

/** At most this many points in a row may be left out between two that are kept. */
const MAX_SKIPPED = 2
/** A way between two points may be this much longer than the straight line (as ratio, and metres on top), else it is implausible; assumed. */
const DETOUR_RATIO = 1.9
const DETOUR_M = 900

interface Step {
  cost: number
  /** Point and candidate before it, or −1 at a beginning. */
  fromPoint: number
  fromCandidate: number
}

/**
 * The cheapest chain through the points in their order, by dynamic programming over (point, candidate). It costs the paths
 * between, less what was due, the candidates' penalties, and the points left out, before its beginning and after its end
 * too. Undefined when no two points can be joined.
 */
export function matchPath(points: readonly MatchPoint[], findPaths: PathFinder): MatchedPath | undefined {
  const skipBefore = [0]
  for (const point of points) skipBefore.push(skipBefore[skipBefore.length - 1] + point.skipM)
  const steps: Step[][] = points.map((point, p) =>
    point.candidates.map(({ penaltyM }) => ({
      cost: skipBefore[p] + penaltyM,
      fromPoint: -1,
      fromCandidate: -1,
    })),
  )
  for (let p = 0; p < points.length; p++) {
    const last = Math.min(p + 1 + MAX_SKIPPED, points.length - 1)
    for (let c = 0; c < points[p].candidates.length; c++) {
      const targets = points.slice(p + 1, last + 1).flatMap(({ candidates }) => candidates)
      if (targets.length === 0) continue
      const limits = points.slice(p + 1, last + 1).map((point) => stepLimitM(points[p], point))
      const { costs } = findPaths(points[p].candidates[c], targets, Math.max(...limits))
      let at = 0
      for (let q = p + 1; q <= last; q++) {
        const skippedM = skipBefore[q] - skipBefore[p + 1]
        const limitM = limits[q - p - 1]
        for (let d = 0; d < points[q].candidates.length; d++, at++) {
          if (costs[at] > limitM) continue
          const detourM = costs[at] - (points[q].dueM - points[p].dueM)
          const cost = steps[p][c].cost + detourM + points[q].candidates[d].penaltyM + skippedM
          if (cost < steps[q][d].cost) steps[q][d] = { cost, fromPoint: p, fromCandidate: c }
        }
      }
    }
  }
  return trace(points, steps, skipBefore, findPaths)
}

function trace(
  points: readonly MatchPoint[],
  steps: readonly Step[][],
  skipBefore: readonly number[],
  findPaths: PathFinder,
): MatchedPath | undefined {
  let end: { point: number; candidate: number } | undefined
  let best = Infinity
  steps.forEach((row, point) =>
    row.forEach((step, candidate) => {
      if (step.fromPoint < 0) return
      const cost = step.cost + skipBefore[points.length] - skipBefore[point + 1]
      if (cost < best) {
        best = cost
        end = { point, candidate }
      }
    }),
  )
  if (end === undefined) return undefined
  const chain = [end]
  for (;;) {
    const { point, candidate } = chain[chain.length - 1]
    const { fromPoint, fromCandidate } = steps[point][candidate]
    if (fromPoint < 0) break
    chain.push({ point: fromPoint, candidate: fromCandidate })
  }
  chain.reverse()
  const first = points[chain[0].point].candidates[chain[0].candidate]
  const links = [first.link]
  const matched: MatchedPoint[] = [
    { point: chain[0].point, link: first.link, alongM: first.alongM, pathIndex: 0 },
  ]
  for (let i = 1; i < chain.length; i++) {
    const from = points[chain[i - 1].point].candidates[chain[i - 1].candidate]
    const to = points[chain[i].point].candidates[chain[i].candidate]
    const { linksTo } = findPaths(from, [to], Infinity)
    links.push(...linksTo(0).slice(1))
    matched.push({ point: chain[i].point, link: to.link, alongM: to.alongM, pathIndex: links.length - 1 })
  }
  return { links, points: matched }
}

function stepLimitM(from: MatchPoint, to: MatchPoint): number {
  const straightM = Math.sqrt((to.xM - from.xM) ** 2 + (to.yM - from.yM) ** 2)
  return straightM * DETOUR_RATIO + DETOUR_M
}
