/** One origin's turn: its tree is repaired at the newest costs, and its pairs take what is cheaper there. */
import { loadTree, ON_TREE, spreadPair, UNASSIGNED, type Assignment } from './assignment.ts'
import { balancePair, exchange } from './balance.ts'
import { addPath, compareWith, dropPath, isTreePath, NO_PATH } from './paths.ts'
import { readTree, repairTree } from './trees.ts'

/** A path is new only when it is cheaper by more than this share than all the pair has; less is rounding. */
const NEW_SHARE = 1e-14

/**
 * The turn of the origin of row `row`; paths cheaper by no more than `slack` a node are not looked for. Gives what its trips
 * would cost on the cheapest paths found, at the costs it began with.
 */
export function visitOrigin(a: Assignment, row: number, slack: number): number {
  const { graph, costs, trees, work, firstPath, nodeTrips } = a
  const { start, destination, trips } = a.demand
  const zone = a.origins[row]
  const isOther = repairTree(graph, costs.cost, trees, row, zone, slack, work, a.known)
  let isTreeRead = isOther
  let hasBegun = false
  let cheapest = 0
  for (let pair = start[zone]; pair < start[zone + 1]; pair++) {
    const node = destination[pair]
    const cost = work.cost[node]
    const first = firstPath[pair]
    if (first === UNASSIGNED) {
      if (cost === Infinity) continue
      if (!hasBegun) nodeTrips.fill(0)
      hasBegun = true
      nodeTrips[node] = trips[pair]
      firstPath[pair] = ON_TREE
    } else if (first === ON_TREE) {
      if (isOther && work.isOther[node] === 1) leaveTree(a, pair, node)
    } else {
      if (!isTreeRead) readTree(graph, trees, row, work)
      isTreeRead = true
      lookForCheaper(a, pair, node, cost)
    }
    cheapest += trips[pair] * cost
  }
  if (hasBegun) loadTree(a, row)
  return cheapest
}

/** A pair that took the tree as it was: its trips take the new way, or stay on the old one, or spread over both. */
function leaveTree(a: Assignment, pair: number, node: number): void {
  const { paths, work, graph } = a
  const old = addPath(paths, work.oldArcIn, graph.fromNode, node)
  const now = addPath(paths, work.arcIn, graph.fromNode, node)
  compareWith(paths, now, old)
  paths.flow[old] = a.demand.trips[pair]
  exchange(a, now, old, 0)
  const isStaying = paths.flow[now] === 0
  if (isStaying) dropPath(paths, now)
  if (paths.flow[old] === 0) {
    dropPath(paths, now)
    dropPath(paths, old)
    return
  }
  spreadPair(a, pair, old)
  if (!isStaying) paths.next[old] = now
}

/** A pair with paths of its own: the tree's is added when it is cheaper than all of them, and all are balanced. */
function lookForCheaper(a: Assignment, pair: number, node: number, cheapest: number): void {
  const { paths, work, graph, firstPath } = a
  const reference = firstPath[pair]
  if (leastCost(a, reference) > cheapest * (1 + NEW_SHARE)) {
    const path = addPath(paths, work.arcIn, graph.fromNode, node)
    compareWith(paths, path, reference)
    paths.next[path] = paths.next[reference]
    paths.next[reference] = path
  } else if (paths.next[reference] === NO_PATH) {
    if (!isTreePath(paths, reference, work.arcIn, graph.fromNode, node)) return
    dropPath(paths, reference)
    firstPath[pair] = ON_TREE
    return
  }
  balancePair(a, pair, 0)
}

/** What the cheapest of a pair's paths costs. */
function leastCost(a: Assignment, reference: number): number {
  const { pool, start, length, ownLength, otherLength, next } = a.paths
  const { cost } = a.costs
  let common = 0
  for (let at = start[reference], end = at + length[reference]; at < end; at++) common += cost[pool[at]]
  let least = common
  for (let path = next[reference]; path !== NO_PATH; path = next[path]) {
    let whole = common
    let at = start[path] + length[path]
    for (const end = at + ownLength[path]; at < end; at++) whole += cost[pool[at]]
    for (const end = at + otherLength[path]; at < end; at++) whole -= cost[pool[at]]
    if (whole < least) least = whole
  }
  return least
}
