/**
 * A new assignment from a solved one: the same streets, but links closed or opened, other capacities, times or prices, other
 * demand. What is known of paths stays; trips whose path is closed go on to the pair's other paths, or wait for a new one.
 */
import { emptyAssignment, loadFlows, ON_TREE, spreadPair, UNASSIGNED, type Assignment } from './assignment.ts'
import { tidyPaths } from './balance.ts'
import type { Demand } from './demand.ts'
import { checkNetwork, makeGraph, type AssignmentNetwork, type Graph } from './graph.ts'
import { copyPaths, NO_PATH } from './paths.ts'

/**
 * Begins an assignment of `demand` to `network` from the flows of `from`, which is left as it is and shares nothing with it.
 * Throws when nodes or links are not those of `from`: a link that is gone is closed, one that is new stood there closed. The very
 * columns of `from` need not be compared.
 */
export function warmStart(from: Assignment, network: AssignmentNetwork, demand: Demand): Assignment {
  const { fromNode, toNode, nodeCount, firstThruNode } = from.network
  const isSame =
    network.fromNode === fromNode &&
    network.toNode === toNode &&
    network.nodeCount === nodeCount &&
    network.firstThruNode === firstThruNode
  if (isSame) checkNetwork(network)
  const graph = isSame ? from.graph : makeGraph(network)
  if (!isSame) checkSameStreets(from.graph, graph)
  const a: Assignment = { ...emptyAssignment(network, demand, graph), paths: copyPaths(from.paths) }
  const rowFrom = new Int32Array(network.zoneCount).fill(-1)
  from.origins.forEach((zone, row) => (rowFrom[zone] = row))
  const nodes = a.graph.nodeCount
  for (let row = 0; row < a.origins.length; row++) {
    const old = rowFrom[a.origins[row]]
    if (old < 0) continue
    a.trees.arcs.set(from.trees.arcs.subarray(old * nodes, old * nodes + from.trees.count[old]), row * nodes)
    a.trees.passed[row] = from.trees.passed[old]
    a.trees.count[row] = from.trees.count[old]
  }
  takePairs(from, a)
  for (let row = 0; row < a.origins.length; row++) leaveClosedTree(a, row)
  leaveClosedPaths(a)
  loadFlows(a)
  return a
}

/** Gives every pair the paths it had, in proportion to its trips of now. */
function takePairs(from: Assignment, a: Assignment): void {
  const { start, destination, trips } = a.demand
  const old = from.demand
  for (const zone of a.origins) {
    let before = old.start[zone]
    for (let pair = start[zone]; pair < start[zone + 1]; pair++) {
      while (before < old.start[zone + 1] && old.destination[before] < destination[pair]) before++
      if (before === old.start[zone + 1] || old.destination[before] !== destination[pair]) continue
      const first = from.firstPath[before]
      a.firstPath[pair] = first
      if (first < 0) continue
      spreadPair(a, pair, first)
      if (trips[pair] === old.trips[before]) continue
      const share = trips[pair] / old.trips[before]
      for (let path = first; path !== NO_PATH; path = a.paths.next[path]) a.paths.flow[path] *= share
    }
  }
}

/** Lets the pairs wait whose way along the tree is closed. */
function leaveClosedTree(a: Assignment, row: number): void {
  const { graph, trees, work, firstPath } = a
  const { start, destination } = a.demand
  const base = row * graph.nodeCount
  const end = base + trees.count[row]
  // most trees are whole
  let first = base
  while (first < end && !isClosed(a, trees.arcs[first])) first++
  if (first === end) return
  const isCut = work.isOther.fill(0)
  let cut = 0
  for (let at = first; at < end; at++) {
    const arc = trees.arcs[at]
    if (isCut[graph.fromNode[arc]] === 0 && !isClosed(a, arc)) continue
    isCut[graph.toNode[arc]] = 1
    cut++
  }
  if (cut === 0) return
  const zone = a.origins[row]
  for (let pair = start[zone]; pair < start[zone + 1]; pair++)
    if (firstPath[pair] === ON_TREE && isCut[destination[pair]] === 1) firstPath[pair] = UNASSIGNED
}

/** Moves trips from closed paths to the pair's fullest open one; a pair that has none waits. */
function leaveClosedPaths(a: Assignment): void {
  const { paths, firstPath, spread } = a
  let kept = 0
  for (let i = 0; i < a.spreadCount; i++) {
    const pair = spread[i]
    let fullest = NO_PATH
    let stranded = 0
    for (let path = firstPath[pair]; path !== NO_PATH; path = paths.next[path]) {
      if (isPathClosed(a, path)) {
        stranded += paths.flow[path]
        paths.flow[path] = 0
      } else if (fullest === NO_PATH || paths.flow[path] > paths.flow[fullest]) fullest = path
    }
    if (fullest === NO_PATH) {
      firstPath[pair] = UNASSIGNED
      continue
    }
    paths.flow[fullest] += stranded
    spread[kept++] = pair
  }
  a.spreadCount = kept
  tidyPaths(a)
}

function isPathClosed(a: Assignment, path: number): boolean {
  const { pool, start, length } = a.paths
  for (let at = start[path], end = at + length[path]; at < end; at++) if (isClosed(a, pool[at])) return true
  return false
}

function isClosed(a: Assignment, arc: number): boolean {
  return a.costs.base[arc] === Infinity
}

function checkSameStreets(before: Graph, now: Graph): void {
  const isSame = (x: Int32Array, y: Int32Array) =>
    x.length === y.length && x.every((value, i) => value === y[i])
  if (
    before.nodeCount !== now.nodeCount ||
    before.firstThruNode !== now.firstThruNode ||
    !isSame(before.fromNode, now.fromNode) ||
    !isSame(before.toNode, now.toNode) ||
    !isSame(before.linkOf, now.linkOf)
  )
    throw new Error('a warm start takes the same nodes and links, in the same order')
}
