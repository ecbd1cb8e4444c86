/**
 * The places of a tree that is drawn along rows, as a single-line diagram is: a node's longest branch goes straight on in its row,
 * each other branch begins a row of its own below. No two nodes share a place, and no line that goes down passes one.
 */

export interface TreePlaces {
  /** By node: steps from the root. */
  readonly column: Int32Array
  readonly row: Int32Array
  readonly columns: number
  readonly rows: number
  /** By row: its nodes from left to right, led by the node that it branches off from. */
  readonly branches: readonly (readonly number[])[]
}

/** `parents` by node: an earlier node, or −1 at a root. Each further root begins a row. */
export function placeTree(parents: ArrayLike<number>): TreePlaces {
  const count = parents.length
  const column = new Int32Array(count)
  const row = new Int32Array(count)
  const children: number[][] = Array.from({ length: count }, () => [])
  const roots: number[] = []
  for (let node = 0; node < count; node++) {
    const parent = parents[node]
    if (parent >= node) throw new Error(`tree: node ${node} comes before its parent ${parent}`)
    if (parent < 0) roots.push(node)
    else {
      column[node] = column[parent] + 1
      children[parent].push(node)
    }
  }
  const longest = longestBelow(parents)
  const branches: number[][] = []
  const open = roots.toReversed().map((node) => ({ node, isStraight: false }))
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, isStraight } = next
    const parent = parents[node]
    if (!isStraight) branches.push(parent < 0 ? [] : [parent])
    row[node] = branches.length - 1
    branches[row[node]].push(node)
    const [first, ...others] = children[node].toSorted((a, b) => longest[b] - longest[a] || a - b)
    for (const other of others.toReversed()) open.push({ node: other, isStraight: false })
    if (first !== undefined) open.push({ node: first, isStraight: true })
  }
  return {
    column,
    row,
    columns: 1 + column.reduce((a, b) => Math.max(a, b), -1),
    rows: branches.length,
    branches,
  }
}

/** By node: steps to the furthest node below it. */
function longestBelow(parents: ArrayLike<number>): Int32Array {
  const longest = new Int32Array(parents.length)
  for (let node = parents.length - 1; node >= 0; node--) {
    const parent = parents[node]
    if (parent >= 0) longest[parent] = Math.max(longest[parent], longest[node] + 1)
  }
  return longest
}
