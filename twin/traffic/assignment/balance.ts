/** Trips of one pair moving between two of its paths, and the tidying after it. Trips are conserved. */
import { ON_TREE, type Assignment } from './assignment.ts'
import { setFlow } from './linkCosts.ts'
import { compareWith, dropPath, makeReference, NO_PATH } from './paths.ts'

/** Costs that differ by a smaller share are the same: what rounding leaves of sums over a path. */
export const SAME_SHARE = 1e-15

/** After a step that overshoots, the difference may be this share of what it was, the other way round. */
const MOST_OVERSHOT = 0.5
const MOST_HALVINGS = 50

/**
 * Moves trips from the dearer of a path and its reference to the cheaper: Newton's step towards equal costs, at most all there
 * are, halved while costs differ the other way round almost as much as before (powers of 10 and more, in an empty street).
 * Nothing moves when the costs differ by less than the share `tolerance` of what is not common. Gives the excess there was:
 * trips on the dearer × difference in cost.
 */
export function exchange(a: Assignment, path: number, reference: number, tolerance: number): number {
  const { paths, costs } = a
  const { pool, flow } = paths
  const { cost, slope } = costs
  const own = paths.start[path] + paths.length[path]
  const other = own + paths.ownLength[path]
  const end = other + paths.otherLength[path]
  let ownCost = 0
  let otherCost = 0
  let steepness = 0
  for (let at = own; at < other; at++) {
    ownCost += cost[pool[at]]
    steepness += slope[pool[at]]
  }
  for (let at = other; at < end; at++) {
    otherCost += cost[pool[at]]
    steepness += slope[pool[at]]
  }
  const isOwnDearer = ownCost > otherCost
  const difference = isOwnDearer ? ownCost - otherCost : otherCost - ownCost
  const from = isOwnDearer ? path : reference
  const to = isOwnDearer ? reference : path
  const most = flow[from]
  if (most <= 0 || difference <= tolerance * (ownCost + otherCost)) return 0
  const newton = steepness > 0 ? difference / steepness : Infinity
  let moved = newton < most ? newton : most
  move(a, own, other, end, isOwnDearer ? -moved : moved)
  for (let halvings = 0; halvings < MOST_HALVINGS; halvings++) {
    let after = 0
    for (let at = own; at < other; at++) after += cost[pool[at]]
    for (let at = other; at < end; at++) after -= cost[pool[at]]
    if ((isOwnDearer ? -after : after) <= MOST_OVERSHOT * difference) break
    moved /= 2
    move(a, own, other, end, isOwnDearer ? moved : -moved)
  }
  flow[from] = moved === most ? 0 : most - moved
  flow[to] += moved
  return difference * most
}

/** Adds trips to the arcs that only the path has, and takes them from those that only its reference has. */
function move(a: Assignment, own: number, other: number, end: number, trips: number): void {
  const { costs } = a
  const { pool } = a.paths
  for (let at = own; at < end; at++) {
    const arc = pool[at]
    const flow = at < other ? costs.flow[arc] + trips : costs.flow[arc] - trips
    // Rounding may leave a little less than nothing.
    setFlow(costs, arc, flow > 0 ? flow : 0)
  }
}

/** Balances all paths of a pair against its reference; gives the excess there was. */
export function balancePair(a: Assignment, pair: number, tolerance: number): number {
  const { paths } = a
  const reference = a.firstPath[pair]
  let excess = 0
  for (let path = paths.next[reference]; path !== NO_PATH; path = paths.next[path])
    excess += exchange(a, path, reference, tolerance)
  return excess
}

/** Balances each pair once; gives the excess there was. */
export function balancePairs(a: Assignment, tolerance: number): number {
  let excess = 0
  for (let i = 0; i < a.spreadCount; i++) {
    if (a.firstPath[a.spread[i]] !== ON_TREE) excess += balancePair(a, a.spread[i], tolerance)
  }
  return excess
}

/** Gives up all paths without trips, and forgets the pairs that take the tree again. */
export function tidyPaths(a: Assignment): void {
  let kept = 0
  for (let i = 0; i < a.spreadCount; i++) {
    const pair = a.spread[i]
    if (a.firstPath[pair] === ON_TREE) continue
    tidyPair(a, pair)
    a.spread[kept++] = pair
  }
  a.spreadCount = kept
}

/** Gives up a pair's paths without trips; where its reference is one, the path with most trips becomes the reference. */
function tidyPair(a: Assignment, pair: number): void {
  const { paths, firstPath } = a
  const reference = firstPath[pair]
  let fullest = reference
  for (let path = reference; path !== NO_PATH; path = paths.next[path])
    if (paths.flow[path] > paths.flow[fullest]) fullest = path
  const first = paths.flow[reference] > 0 ? reference : fullest
  // The others with trips, strung together from the last to the first.
  let others = NO_PATH
  for (let path = reference; path !== NO_PATH;) {
    const next = paths.next[path]
    if (path !== first && paths.flow[path] > 0) {
      paths.next[path] = others
      others = path
    } else if (path !== first) dropPath(paths, path)
    path = next
  }
  paths.next[first] = others
  if (first === reference) return
  firstPath[pair] = first
  makeReference(paths, first)
  for (let path = paths.next[first]; path !== NO_PATH; path = paths.next[path])
    compareWith(paths, path, first)
}
