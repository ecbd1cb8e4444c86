/** Streets as an undirected graph, and the shortest ways along them from several places at once: where a grid lays its cables. */
import type { RoadNetwork } from '../../twin/traffic/network.ts'

/** One row per street: each pair of opposite links once. */
export interface StreetGraph {
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly lengthM: Float32Array
  /** The link whose course it has, from `from` to `to`. */
  readonly link: Uint32Array
  /** Streets at node n: `streetAt` from `firstOf[n]` up to `firstOf[n + 1]`. */
  readonly firstOf: Uint32Array
  readonly streetAt: Uint32Array
}

export interface StreetForest {
  /** Node towards the root, −1 at a root and where no root reaches. */
  readonly parent: Int32Array
  /** The street to the parent, −1 where there is none. */
  readonly street: Int32Array
  readonly distanceM: Float64Array
  /** Row of `roots` it belongs to, −1 where none reaches. */
  readonly root: Int32Array
  /** Reached nodes, nearest first: a node follows its parent. */
  readonly order: Uint32Array
}

export function streetGraph(network: RoadNetwork): StreetGraph {
  const { fromNode, toNode, lengthM, reverseLink } = network.links
  const links: number[] = []
  for (let link = 0; link < fromNode.length; link++) {
    const isFirst = reverseLink[link] < 0 || link < reverseLink[link]
    if (isFirst && fromNode[link] !== toNode[link]) links.push(link)
  }
  const from = Uint32Array.from(links, (link) => fromNode[link])
  const to = Uint32Array.from(links, (link) => toNode[link])
  const firstOf = new Uint32Array(network.nodes.xM.length + 1)
  for (let street = 0; street < links.length; street++) {
    firstOf[from[street] + 1]++
    firstOf[to[street] + 1]++
  }
  for (let node = 1; node < firstOf.length; node++) firstOf[node] += firstOf[node - 1]
  const next = firstOf.slice()
  const streetAt = new Uint32Array(links.length * 2)
  for (let street = 0; street < links.length; street++) {
    streetAt[next[from[street]]++] = street
    streetAt[next[to[street]]++] = street
  }
  return {
    from,
    to,
    lengthM: Float32Array.from(links, (link) => lengthM[link]),
    link: Uint32Array.from(links),
    firstOf,
    streetAt,
  }
}

/** Dijkstra (1959) from all `roots` at once; equal ways go to the lower row. */
export function shortestForest(graph: StreetGraph, roots: readonly number[]): StreetForest {
  const count = graph.firstOf.length - 1
  const parent = new Int32Array(count).fill(-1)
  const street = new Int32Array(count).fill(-1)
  const root = new Int32Array(count).fill(-1)
  const distanceM = new Float64Array(count).fill(Infinity)
  const isDone = new Uint8Array(count)
  const order: number[] = []
  const heap = new Heap()
  roots.forEach((node, row) => {
    if (root[node] >= 0) return
    root[node] = row
    distanceM[node] = 0
    heap.push(node, 0)
  })
  while (heap.size > 0) {
    const node = heap.pop()
    if (isDone[node] === 1) continue
    isDone[node] = 1
    order.push(node)
    for (let at = graph.firstOf[node]; at < graph.firstOf[node + 1]; at++) {
      const each = graph.streetAt[at]
      const other = graph.from[each] === node ? graph.to[each] : graph.from[each]
      const reached = distanceM[node] + graph.lengthM[each]
      if (reached >= distanceM[other]) continue
      distanceM[other] = reached
      parent[other] = node
      street[other] = each
      root[other] = root[node]
      heap.push(other, reached)
    }
  }
  return { parent, street, distanceM, root, order: Uint32Array.from(order) }
}

/** A binary heap of numbers, smallest priority first. */
class Heap {
  private readonly values: number[] = []
  private readonly priorities: number[] = []

  get size(): number {
    return this.values.length
  }

  push(value: number, priority: number): void {
    let at = this.values.length
    this.values.push(value)
    this.priorities.push(priority)
    while (at > 0) {
      const above = (at - 1) >> 1
      if (this.priorities[above] <= priority) break
      this.values[at] = this.values[above]
      this.priorities[at] = this.priorities[above]
      at = above
    }
    this.values[at] = value
    this.priorities[at] = priority
  }

  pop(): number {
    const first = this.values[0]
    const value = this.values.pop() as number
    const priority = this.priorities.pop() as number
    const size = this.values.length
    if (size === 0) return first
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= size) break
      if (below + 1 < size && this.priorities[below + 1] < this.priorities[below]) below++
      if (this.priorities[below] >= priority) break
      this.values[at] = this.values[below]
      this.priorities[at] = this.priorities[below]
      at = below
    }
    this.values[at] = value
    this.priorities[at] = priority
    return first
  }
}
