/**
 * What lets an assignment that was begun from a solved one look only where something has changed. Ways that have become cheaper by
 * little are not found, so that it comes near equilibrium soon, and never quite there.
 */
import type { Assignment } from './assignment.ts'
import type { Settled } from './trees.ts'

export interface Known extends Settled {
  fallenCount: number
  /** By arc: the most that it has cost since. */
  readonly highest: Float64Array
}

/** By row and node of a solved assignment: cost from the origin along its tree. */
export function treeCosts({ graph, trees, origins, costs }: Assignment): Float32Array {
  const { nodeCount, fromNode, toNode } = graph
  const cost = new Float32Array(origins.length * nodeCount).fill(Infinity)
  for (let row = 0; row < origins.length; row++) {
    const base = row * nodeCount
    cost[base + origins[row]] = 0
    for (let at = base, end = base + trees.count[row]; at < end; at++) {
      const arc = trees.arcs[at]
      cost[base + toNode[arc]] = cost[base + fromNode[arc]] + costs.cost[arc]
    }
  }
  return cost
}

/** What is known of the trees of `a`, which are still those of the solved `from` over the same graph, with its `treeCosts`. */
export function settle(a: Assignment, from: Assignment, costs: Float32Array, tolerance: number): Known {
  const { nodeCount, arcCount } = a.graph
  const cost = new Float32Array(a.origins.length * nodeCount)
  a.origins.forEach((zone, row) => {
    const old = from.origins.indexOf(zone) * nodeCount
    if (old >= 0) cost.set(costs.subarray(old, old + nodeCount), row * nodeCount)
  })
  const highest = from.costs.cost.slice()
  return { cost, highest, fallen: new Int32Array(arcCount), fallenCount: 0, tolerance }
}

/** Takes note of what arcs cost at the beginning of a round. */
export function noteFallen({ costs }: Assignment, known: Known): void {
  const { highest, fallen, tolerance } = known
  const { cost } = costs
  known.fallenCount = 0
  for (let arc = 0; arc < cost.length; arc++) {
    if (cost[arc] > highest[arc]) highest[arc] = cost[arc]
    else if (cost[arc] < highest[arc] - tolerance) fallen[known.fallenCount++] = arc
  }
}
