/**
 * In which order the arcs of a tree are listed: each after the one before it on the way. Among such orders, trees are grown in the one
 * in which nodes are settled, which leads from one end of a city to the other and back; in the order of a walk, each branch as a whole
 * before the next, what is read one after the other lies together.
 */
import type { Assignment } from './assignment.ts'
import type { Graph } from './graph.ts'
import type { Trees, TreeWork } from './trees.ts'

/** Puts the arcs of every tree in the order of a walk; the trees are the same. */
export function walkTrees({ graph, trees, origins }: Assignment): void {
  const { fromNode, toNode, nodeCount } = graph
  const { arcs } = trees
  // by node, what a walk would take next: the arc to its first child, by arc the one to the next child
  const firstOut = new Int32Array(nodeCount)
  const nextOut = new Int32Array(graph.arcCount)
  const stack = new Int32Array(nodeCount)
  const passed = new Int32Array(nodeCount)
  for (let row = 0; row < origins.length; row++) {
    const base = row * nodeCount
    const passedEnd = base + trees.passed[row]
    const end = base + trees.count[row]
    const sprout = (from: number, to: number) => {
      firstOut.fill(-1)
      for (let at = to - 1; at >= from; at--) {
        nextOut[arcs[at]] = firstOut[fromNode[arcs[at]]]
        firstOut[fromNode[arcs[at]]] = arcs[at]
      }
    }
    sprout(base, passedEnd)
    let count = 0
    let open = 0
    for (let arc = firstOut[origins[row]]; arc >= 0 || open > 0;) {
      if (arc < 0) {
        arc = nextOut[stack[--open]]
        continue
      }
      passed[count++] = arc
      stack[open++] = arc
      arc = firstOut[toNode[arc]]
    }
    sprout(passedEnd, end)
    let at = passedEnd
    for (let i = -1; i < count; i++) {
      const node = i < 0 ? origins[row] : toNode[passed[i]]
      for (let arc = firstOut[node]; arc >= 0; arc = nextOut[arc]) stack[at++ - passedEnd] = arc
    }
    arcs.set(passed.subarray(0, count), base)
    arcs.set(stack.subarray(0, at - passedEnd), passedEnd)
  }
}

/** Enters every node by its arc of now, and marks those to which another way leads than before. */
export function takeArcs(
  { fromNode, toNode, nodeCount }: Graph,
  { arcs, count }: Trees,
  row: number,
  work: TreeWork,
) {
  const { arcIn, oldArcIn, isOther } = work
  const base = row * nodeCount
  for (let at = base, end = base + count[row]; at < end; at++) {
    const node = toNode[arcs[at]]
    const arc = arcIn[node]
    arcs[at] = arc
    isOther[node] = arc === oldArcIn[node] ? isOther[fromNode[arc]] : 1
  }
}

/** As `takeArcs`, and lists the arcs anew, near the old order, each after the one before it on the way. */
export function reorder(graph: Graph, trees: Trees, row: number, origin: number, work: TreeWork): void {
  const { nodeCount, isPassed, toNode } = graph
  const { arcs } = trees
  const { arcIn, isQueued: isListed, order: ends } = work
  const base = row * nodeCount
  const old = trees.count[row]
  const oldPassed = trees.passed[row]
  isListed[origin] = 1
  for (let at = oldPassed; at < old; at++) ends[at - oldPassed] = toNode[arcs[base + at]]
  let end = listInOrder(graph, arcs, base, base + oldPassed, work)
  const isWhole = old === nodeCount - 1
  for (let node = 0; !isWhole && node < nodeCount; node++)
    if (arcIn[node] >= 0 && isPassed[node] === 1) end = listWithWay(graph, arcs, end, node, work)
  trees.passed[row] = end - base
  for (let i = 0; i < old - oldPassed; i++) end = listWithWay(graph, arcs, end, ends[i], work)
  for (let node = 0; !isWhole && node < nodeCount; node++)
    if (arcIn[node] >= 0) end = listWithWay(graph, arcs, end, node, work)
  trees.count[row] = end - base
  isListed.fill(0)
}

/** Lists the nodes that `arcs` enters anew; what has come to lie behind others goes after them all. Gives where the list ends. */
function listInOrder(graph: Graph, arcs: Int32Array, first: number, last: number, work: TreeWork): number {
  const { fromNode, toNode } = graph
  const { arcIn, oldArcIn, isOther, isQueued: isListed, queue: late } = work
  let lateCount = 0
  let end = first
  for (let at = first; at < last; at++) {
    const node = toNode[arcs[at]]
    const arc = arcIn[node]
    const from = fromNode[arc]
    if (isListed[from] === 0) {
      late[lateCount++] = node
      continue
    }
    isListed[node] = 1
    isOther[node] = arc === oldArcIn[node] ? isOther[from] : 1
    arcs[end++] = arc
  }
  for (let i = 0; i < lateCount; i++) end = listWithWay(graph, arcs, end, late[i], work)
  return end
}

/** Lists a node after those on its way that are not listed yet. */
function listWithWay(
  { fromNode }: Graph,
  arcs: Int32Array,
  first: number,
  to: number,
  { arcIn, oldArcIn, isOther, isQueued: isListed, place: stack }: TreeWork,
): number {
  let end = first
  let depth = 0
  for (let node = to; isListed[node] === 0; node = fromNode[arcIn[node]]) {
    isListed[node] = 1
    stack[depth++] = node
  }
  while (depth > 0) {
    const node = stack[--depth]
    const arc = arcIn[node]
    isOther[node] = arc === oldArcIn[node] ? isOther[fromNode[arc]] : 1
    arcs[end++] = arc
  }
  return end
}
