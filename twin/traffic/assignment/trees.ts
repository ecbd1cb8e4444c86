/**
 * A shortest tree for every origin, kept as the list of its arcs from the origin outwards, and repaired rather than grown anew
 * when costs have changed: the nodes are swept in the order they were last settled in, which leaves little to put right.
 */
import type { Graph } from './graph.ts'
import { reorder, takeArcs } from './treeOrder.ts'

export interface Trees {
  /**
   * By row: the arcs by which the tree enters its nodes, each after the one before it on the way; arcs[row × nodes …]. First
   * those to nodes that may be passed through, so many as `passed` says.
   */
  readonly arcs: Int32Array
  readonly passed: Int32Array
  /** By row the number of its arcs; −1 until it is grown. */
  readonly count: Int32Array
}

/**
 * What is known of trees that were shortest a while ago: where costs have hardly moved since, a repair need not look. A repair that
 * is given it keeps it up.
 */
export interface Settled {
  /** By row and node: cost from the origin when the tree was last repaired. */
  readonly cost: Float32Array
  /** The arcs that cost less than at some repair, so many of them. */
  readonly fallen: Int32Array
  readonly fallenCount: number
  /** A way that has become cheaper by no more than this is let be. */
  readonly tolerance: number
}

/** What repairing one tree leaves to read, until the next is repaired. */
export interface TreeWork {
  /** By node: cost from the origin, Infinity where nothing leads. */
  readonly cost: Float64Array
  /** By node, after a change: the arc the tree enters it by, now and before; −1 at the origin and where there is none. */
  readonly arcIn: Int32Array
  readonly oldArcIn: Int32Array
  /** By node, once `repairTree` has told of a change: 1 when the way to it is another than before. */
  readonly isOther: Uint8Array
  /** Scratch: nodes whose arcs may have become a cheaper way. */
  readonly isTouched: Uint8Array
  readonly risen: Float64Array
  /** Scratch. */
  readonly place: Int32Array
  readonly isSwept: Uint8Array
  readonly isQueued: Uint8Array
  readonly queue: Int32Array
  readonly order: Int32Array
}

export function makeTrees(graph: Graph, rows: number): Trees {
  return {
    arcs: new Int32Array(rows * graph.nodeCount),
    passed: new Int32Array(rows),
    count: new Int32Array(rows).fill(-1),
  }
}

export function makeTreeWork({ nodeCount }: Graph): TreeWork {
  return {
    cost: new Float64Array(nodeCount),
    arcIn: new Int32Array(nodeCount),
    oldArcIn: new Int32Array(nodeCount),
    isOther: new Uint8Array(nodeCount),
    isTouched: new Uint8Array(nodeCount),
    risen: new Float64Array(nodeCount),
    place: new Int32Array(nodeCount),
    isSwept: new Uint8Array(nodeCount),
    isQueued: new Uint8Array(nodeCount),
    queue: new Int32Array(nodeCount + 1),
    order: new Int32Array(nodeCount),
  }
}

/**
 * Makes the tree of a row, from node `origin`, shortest at these arc costs; true when the way to some node is another. A way
 * that is cheaper by no more than `slack` is let be; with `settled`, also one that has not become cheaper.
 */
export function repairTree(
  graph: Graph,
  arcCost: Float64Array,
  trees: Trees,
  row: number,
  origin: number,
  slack: number,
  work: TreeWork,
  settled?: Settled,
): boolean {
  const base = row * graph.nodeCount
  if (trees.count[row] < 0) {
    growTree(graph, arcCost, trees, row, origin, work)
    work.isOther.fill(1)
    if (settled !== undefined) keepCosts(work, settled, base)
    return true
  }
  const result = sweep(graph, arcCost, trees, row, origin, slack, work, settled)
  if (settled !== undefined) keepCosts(work, settled, base)
  if (result === SAME) return false
  work.isOther[origin] = 0
  if (result === OUT_OF_ORDER) reorder(graph, trees, row, origin, work)
  else takeArcs(graph, trees, row, work)
  return true
}

function keepCosts({ cost }: TreeWork, settled: Settled, base: number): void {
  for (let node = 0; node < cost.length; node++) settled.cost[base + node] = cost[node]
}

/** Sets `work.cost` to the least cost from `origin` to every node at these arc costs, and lets the grown tree be. */
export function measureFrom(
  graph: Graph,
  arcCost: Float64Array,
  trees: Trees,
  row: number,
  origin: number,
  work: TreeWork,
): void {
  sweep(graph, arcCost, trees, row, origin, 0, work)
}

const NO_ARC = -1
/** Sets `work.arcIn` from the tree of a row. */
export function readTree(graph: Graph, trees: Trees, row: number, work: TreeWork): void {
  const { arcIn } = work
  const base = row * graph.nodeCount
  arcIn.fill(NO_ARC)
  for (let at = base, end = base + trees.count[row]; at < end; at++)
    arcIn[graph.toNode[trees.arcs[at]]] = trees.arcs[at]
}

/** What a sweep may find. */
const SAME = 0
const IN_ORDER = 1
const OUT_OF_ORDER = 2

/** Looks once at every arc, node by node in the tree's order; then at what was found too late, first come first served. */
function sweep(
  graph: Graph,
  arcCost: Float64Array,
  trees: Trees,
  row: number,
  origin: number,
  slack: number,
  work: TreeWork,
  settled?: Settled,
): number {
  const { outStart, fromNode, toNode, isPassed } = graph
  const { cost, arcIn, isSwept, isTouched, isQueued, queue } = work
  const { arcs } = trees
  const base = row * graph.nodeCount
  const end = base + trees.count[row]
  cost.fill(Infinity)
  cost[origin] = 0
  for (let at = base; at < end; at++) {
    const arc = arcs[at]
    cost[toNode[arc]] = cost[fromNode[arc]] + arcCost[arc]
  }
  if (settled === undefined) isTouched.fill(1)
  else touch(graph, arcCost, row, settled, work)
  // A node that was not in the tree is never swept: it counts as swept, so that it is queued when it is reached.
  isSwept.fill(end - base === graph.nodeCount - 1 ? 0 : 1)
  if (end - base < graph.nodeCount - 1) for (let at = base; at < end; at++) isSwept[toNode[arcs[at]]] = 0
  let result = SAME
  let queued = 0
  for (let at = base - 1, last = base + trees.passed[row]; at < last; at++) {
    const node = at < base ? origin : toNode[arcs[at]]
    isSwept[node] = 1
    if (isTouched[node] === 0) continue
    const here = cost[node] + slack
    for (let arc = outStart[node], last = outStart[node + 1]; arc < last; arc++) {
      const to = toNode[arc]
      const reached = here + arcCost[arc]
      if (reached < cost[to]) {
        if (result === SAME) {
          result = IN_ORDER
          readTree(graph, trees, row, work)
          work.oldArcIn.set(arcIn)
        }
        cost[to] = reached - slack
        arcIn[to] = arc
        isTouched[to] = 1
        if (isSwept[to] === 1 && isQueued[to] === 0) {
          isQueued[to] = 1
          queue[queued++] = to
        }
      }
    }
  }
  if (queued === 0) return result
  const size = queue.length
  for (let head = 0, tail = queued; head !== tail;) {
    const node = queue[head]
    head = head + 1 === size ? 0 : head + 1
    isQueued[node] = 0
    if (isPassed[node] === 0) continue
    const here = cost[node] + slack
    for (let arc = outStart[node], last = outStart[node + 1]; arc < last; arc++) {
      const to = toNode[arc]
      const reached = here + arcCost[arc]
      if (reached < cost[to]) {
        cost[to] = reached - slack
        arcIn[to] = arc
        if (isQueued[to] === 0) {
          isQueued[to] = 1
          queue[tail] = to
          tail = tail + 1 === size ? 0 : tail + 1
        }
      }
    }
  }
  return OUT_OF_ORDER
}

/**
 * Touches the nodes before those that have become dearer than they themselves have, those whose arcs have fallen, and those that have
 * become cheaper: no other arc can be a cheaper way than the tree's.
 */
function touch(
  { fromNode, toNode, beforeStart, before, nodeCount }: Graph,
  arcCost: Float64Array,
  row: number,
  { cost: known, fallen, fallenCount, tolerance }: Settled,
  { cost, isTouched, risen }: TreeWork,
): void {
  const base = row * nodeCount
  isTouched.fill(0)
  for (let node = 0; node < nodeCount; node++) risen[node] = cost[node] - known[base + node]
  for (let node = 0; node < nodeCount; node++) {
    if (risen[node] < -tolerance) isTouched[node] = 1
    if (!(risen[node] > tolerance)) continue
    const least = risen[node] - tolerance
    for (let i = beforeStart[node], last = beforeStart[node + 1]; i < last; i++)
      if (risen[before[i]] < least) isTouched[before[i]] = 1
  }
  for (let i = 0; i < fallenCount; i++) {
    const arc = fallen[i]
    if (cost[fromNode[arc]] + arcCost[arc] < cost[toNode[arc]]) isTouched[fromNode[arc]] = 1
  }
}

/** Dijkstra's search with a heap of four children a node; `work` comes with the origin alone reached. */
function growTree(
  graph: Graph,
  arcCost: Float64Array,
  trees: Trees,
  row: number,
  origin: number,
  work: TreeWork,
): void {
  const { outStart, toNode, isPassed, nodeCount } = graph
  const { cost, arcIn, place, queue: heap, order } = work
  const base = row * nodeCount
  cost.fill(Infinity)
  place.fill(-1)
  arcIn.fill(NO_ARC)
  work.oldArcIn.fill(NO_ARC)
  cost[origin] = 0
  place[origin] = 0
  let passed = 0
  let ends = 0
  let size = 1
  heap[0] = origin
  while (size > 0) {
    const node = heap[0]
    place[node] = SETTLED
    if (--size > 0) sink(heap, size, place, cost)
    if (node !== origin) {
      if (isPassed[node] === 1) trees.arcs[base + passed++] = arcIn[node]
      else order[ends++] = arcIn[node]
      if (isPassed[node] === 0) continue
    }
    const here = cost[node]
    for (let arc = outStart[node], end = outStart[node + 1]; arc < end; arc++) {
      const to = toNode[arc]
      const reached = here + arcCost[arc]
      if (reached < cost[to]) {
        cost[to] = reached
        arcIn[to] = arc
        rise(heap, place[to] < 0 ? size++ : place[to], to, place, cost)
      }
    }
  }
  trees.arcs.set(order.subarray(0, ends), base + passed)
  trees.passed[row] = passed
  trees.count[row] = passed + ends
}

/** Place of a node that has left the heap; nothing reaches it at less cost any more. */
const SETTLED = 0x7fffffff

function sink(heap: Int32Array, size: number, place: Int32Array, cost: Float64Array): void {
  const node = heap[size]
  const own = cost[node]
  let at = 0
  for (let first = 1; first < size; first = 4 * at + 1) {
    let least = first
    const end = first + 4 < size ? first + 4 : size
    for (let child = first + 1; child < end; child++) if (cost[heap[child]] < cost[heap[least]]) least = child
    if (cost[heap[least]] >= own) break
    heap[at] = heap[least]
    place[heap[at]] = at
    at = least
  }
  heap[at] = node
  place[node] = at
}

function rise(heap: Int32Array, from: number, node: number, place: Int32Array, cost: Float64Array): void {
  let at = from
  while (at > 0) {
    const parent = (at - 1) >> 2
    if (cost[heap[parent]] <= cost[node]) break
    heap[at] = heap[parent]
    place[heap[at]] = at
    at = parent
  }
  heap[at] = node
  place[node] = at
}
