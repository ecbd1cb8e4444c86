/**
 * The state of a static assignment: the costs of links, a tree for every origin, and the paths of those pairs that do not
 * simply take the tree. Most pairs do, so memory is four bytes a node and origin, twelve a pair, and little more.
 * All trips of a pair are on its tree's path or on its own paths, always; `loadFlows` makes link flows exactly their sum.
 */
import type { Demand } from './demand.ts'
import { makeGraph, type AssignmentNetwork, type Graph } from './graph.ts'
import { makeLinkCosts, setFlow, type LinkCosts } from './linkCosts.ts'
import { makePaths, NO_PATH, type Paths } from './paths.ts'
import type { Known } from './settled.ts'
import { makeTrees, makeTreeWork, type Trees, type TreeWork } from './trees.ts'

export interface Assignment {
  readonly network: AssignmentNetwork
  readonly demand: Demand
  readonly graph: Graph
  readonly costs: LinkCosts
  readonly trees: Trees
  readonly paths: Paths
  /** By row of the trees: the zone it grows from; all zones with trips, in their order. */
  readonly origins: Int32Array
  /** By pair: its first path; ON_TREE when all its trips take the origin's tree, UNASSIGNED when nothing leads there (yet). */
  readonly firstPath: Int32Array
  /** The pairs with paths of their own. */
  spread: Int32Array
  spreadCount: number
  /** When given, trees are looked at only where costs have moved. */
  known?: Known
  readonly work: TreeWork
  /** By node, scratch: trips to it or through it. */
  readonly nodeTrips: Float64Array
}

export const ON_TREE = -1
export const UNASSIGNED = -2

/** An assignment in which no trip has set off; throws for a network of which no costs can be made. `graph` is the network's. */
export function emptyAssignment(
  network: AssignmentNetwork,
  demand: Demand,
  graph: Graph = makeGraph(network),
): Assignment {
  if (demand.start.length !== network.zoneCount + 1)
    throw new Error(`demand of ${demand.start.length - 1} zones came, ${network.zoneCount} are due`)
  const zones: number[] = []
  for (let zone = 0; zone < network.zoneCount; zone++)
    if (demand.start[zone + 1] > demand.start[zone]) zones.push(zone)
  return {
    network,
    demand,
    graph,
    costs: makeLinkCosts(network, graph),
    trees: makeTrees(graph, zones.length),
    paths: makePaths(graph.arcCount),
    origins: Int32Array.from(zones),
    firstPath: new Int32Array(demand.trips.length).fill(UNASSIGNED),
    spread: new Int32Array(256),
    spreadCount: 0,
    work: makeTreeWork(graph),
    nodeTrips: new Float64Array(graph.nodeCount),
  }
}

/** Notes that a pair has paths of its own, the first of which is `path`. */
export function spreadPair(a: Assignment, pair: number, path: number): void {
  if (a.spreadCount === a.spread.length) {
    const twice = new Int32Array(2 * a.spread.length)
    twice.set(a.spread)
    a.spread = twice
  }
  a.spread[a.spreadCount++] = pair
  a.firstPath[pair] = path
}

/** Sets every link's flow to the sum of the trips that use it, and with it cost and slope. */
export function loadFlows(a: Assignment): void {
  const { costs, graph, demand, firstPath, nodeTrips, paths } = a
  const { start, destination, trips } = demand
  const { flow } = costs
  flow.fill(0)
  for (let row = 0; row < a.origins.length; row++) {
    const zone = a.origins[row]
    nodeTrips.fill(0)
    for (let pair = start[zone]; pair < start[zone + 1]; pair++)
      if (firstPath[pair] === ON_TREE) nodeTrips[destination[pair]] = trips[pair]
    const { arcs, count } = a.trees
    const base = row * graph.nodeCount
    for (let at = base + count[row] - 1; at >= base; at--) {
      const onArc = nodeTrips[graph.toNode[arcs[at]]]
      if (onArc === 0) continue
      flow[arcs[at]] += onArc
      nodeTrips[graph.fromNode[arcs[at]]] += onArc
    }
  }
  for (let i = 0; i < a.spreadCount; i++) {
    for (let path = firstPath[a.spread[i]]; path !== NO_PATH; path = paths.next[path]) {
      const end = paths.start[path] + paths.length[path]
      for (let at = paths.start[path]; at < end; at++) flow[paths.pool[at]] += paths.flow[path]
    }
  }
  for (let arc = 0; arc < graph.arcCount; arc++) setFlow(costs, arc, flow[arc])
}

/** Lets the trips that `nodeTrips` has by node set off along the tree of a row, on top of what is on the links. */
export function loadTree(a: Assignment, row: number): void {
  const { costs, graph, nodeTrips } = a
  const { arcs, count } = a.trees
  const base = row * graph.nodeCount
  for (let at = base + count[row] - 1; at >= base; at--) {
    const onArc = nodeTrips[graph.toNode[arcs[at]]]
    if (onArc === 0) continue
    setFlow(costs, arcs[at], costs.flow[arcs[at]] + onArc)
    nodeTrips[graph.fromNode[arcs[at]]] += onArc
  }
}
