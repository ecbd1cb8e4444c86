/** Driving times over a network whose links take given times: from some crossings to all, by Dijkstra's way with a heap. */
import type { RoadNetwork } from '../../traffic/network.ts'

export interface Ways {
  /** Links out of a node: `link[start[node]]` to `link[start[node + 1]]` − 1. */
  readonly start: Uint32Array
  readonly link: Uint32Array
  readonly toNode: Uint32Array
}

export function waysOf({ nodes, links }: Pick<RoadNetwork, 'nodes' | 'links'>): Ways {
  const start = new Uint32Array(nodes.xM.length + 1)
  for (const node of links.fromNode) start[node + 1]++
  for (let node = 0; node < nodes.xM.length; node++) start[node + 1] += start[node]
  const next = start.slice()
  const link = new Uint32Array(links.fromNode.length)
  links.fromNode.forEach((node, row) => (link[next[node]++] = row))
  return { start, link, toNode: links.toNode }
}

/** Seconds by node from the nearest of `from`; Infinity where no way leads. A link of Infinity is closed. */
export function drivingTimes(
  { start, link, toNode }: Ways,
  linkS: ArrayLike<number>,
  from: readonly number[],
): Float64Array {
  const timeS = new Float64Array(start.length - 1).fill(Infinity)
  const heapNode: number[] = []
  const heapS: number[] = []
  const push = (node: number, s: number) => {
    let at = heapNode.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (heapS[parent] <= s) break
      heapS[at] = heapS[parent]
      heapNode[at] = heapNode[parent]
      at = parent
    }
    heapS[at] = s
    heapNode[at] = node
  }
  const pop = () => {
    const node = heapNode[0]
    const s = heapS.pop()!
    const last = heapNode.pop()!
    const size = heapNode.length
    let at = 0
    while (2 * at + 1 < size) {
      let child = 2 * at + 1
      if (child + 1 < size && heapS[child + 1] < heapS[child]) child++
      if (heapS[child] >= s) break
      heapS[at] = heapS[child]
      heapNode[at] = heapNode[child]
      at = child
    }
    if (size > 0) {
      heapS[at] = s
      heapNode[at] = last
    }
    return node
  }
  for (const node of from) {
    timeS[node] = 0
    push(node, 0)
  }
  while (heapNode.length > 0) {
    const s = heapS[0]
    const node = pop()
    if (s > timeS[node]) continue
    for (let i = start[node]; i < start[node + 1]; i++) {
      const to = toNode[link[i]]
      const toS = s + linkS[link[i]]
      if (toS >= timeS[to]) continue
      timeS[to] = toS
      push(to, toS)
    }
  }
  return timeS
}
