/** The part of a directed graph in which every node reaches every other. */

/**
 * Marks the nodes of the largest strongly connected component with 1 (Tarjan 1972, without recursion); of equal ones, the
 * first found. `from` and `to` are the ends of the edges.
 */
export function largestStrongComponent(
  nodeCount: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): Uint8Array {
  const first = new Uint32Array(nodeCount + 1)
  for (let edge = 0; edge < from.length; edge++) first[from[edge] + 1]++
  for (let node = 0; node < nodeCount; node++) first[node + 1] += first[node]
  const target = new Uint32Array(from.length)
  const fill = first.slice(0, nodeCount)
  for (let edge = 0; edge < from.length; edge++) target[fill[from[edge]]++] = to[edge]

  const order = new Int32Array(nodeCount).fill(-1)
  const low = new Int32Array(nodeCount)
  const component = new Int32Array(nodeCount).fill(-1)
  const nextEdge = first.slice(0, nodeCount)
  const stack: number[] = []
  const path: number[] = []
  const sizes: number[] = []
  let visited = 0
  for (let root = 0; root < nodeCount; root++) {
    if (order[root] >= 0) continue
    path.push(root)
    while (path.length > 0) {
      const node = path[path.length - 1]
      if (order[node] < 0) {
        order[node] = low[node] = visited++
        stack.push(node)
      }
      if (nextEdge[node] < first[node + 1]) {
        const next = target[nextEdge[node]++]
        if (order[next] < 0) path.push(next)
        else if (component[next] < 0) low[node] = Math.min(low[node], order[next])
        continue
      }
      path.pop()
      if (path.length > 0) low[path[path.length - 1]] = Math.min(low[path[path.length - 1]], low[node])
      if (low[node] !== order[node]) continue
      let size = 0
      for (let member = -1; member !== node; size++) {
        member = stack.pop()!
        component[member] = sizes.length
      }
      sizes.push(size)
    }
  }
  const largest = sizes.indexOf(Math.max(...sizes))
  return Uint8Array.from(component, (value) => (value === largest ? 1 : 0))
}
