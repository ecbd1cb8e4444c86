/** Cheapest ways for a bus from link to link, without turning back on the street it came by. */
import type { RoadNetwork } from '../../twin/traffic/network.ts'

export interface OnLink {
  readonly link: number
  readonly alongM: number
}

/** What one search found: a cost in preferred metres and the links in between, for each target. */
export interface FoundPaths {
  /** Infinity where the target is out of reach. */
  readonly costs: Float64Array
  /** The links from the start's to the target's, both included; good until the next search. */
  readonly linksTo: (target: number) => number[]
}

export type PathFinder = (from: OnLink, targets: readonly OnLink[], limitM: number) => FoundPaths

/** How a bus line likes a metre of road, by class (roadClasses): it keeps to the main streets. Assumed. */
export const CLASS_COST = [1.3, 1, 0.9, 0.9, 1, 1.5, 3]
/** A turn back at the end of a blind street costs this much more, metres; assumed. */
const TURN_BACK_COST_M = 150

/**
 * A finder over a network whose links cost `costPerM` preferred metres a metre, none ever less than `leastCostPerM`: by
 * that a search leads towards its targets (A*) and stops where none can be reached within its limit.
 */
export function makePathFinder(
  network: RoadNetwork,
  costPerM: Float64Array,
  leastCostPerM: number,
): PathFinder {
  const { fromNode, toNode, lengthM, reverseLink } = network.links
  const linkCount = fromNode.length
  const { firstOut, out } = linksOut(network)
  const cost = new Float64Array(linkCount)
  const seenIn = new Uint32Array(linkCount)
  const doneIn = new Uint32Array(linkCount)
  const before = new Int32Array(linkCount)
  const isTarget = new Uint32Array(linkCount)
  const { xM, yM } = network.nodes
  const heap = makeHeap()
  let search = 0

  /** A circle that holds all of some nodes. */
  function circleAround(nodes: readonly number[]) {
    let x = 0
    let y = 0
    for (const node of nodes) {
      x += xM[node] / nodes.length
      y += yM[node] / nodes.length
    }
    let squared = 0
    for (const node of nodes) squared = Math.max(squared, (xM[node] - x) ** 2 + (yM[node] - y) ** 2)
    // A centimetre more, for nodes are kept to the centimetre and links may be a little shorter than the straight line.
    return { xM: x, yM: y, radiusM: Math.sqrt(squared) + 0.01 }
  }

  return (from, targets, limitM) => {
    search++
    heap.clear()
    let open = 0
    for (const { link } of targets) {
      if (isTarget[link] !== search) open++
      isTarget[link] = search
    }
    const around = circleAround(targets.map(({ link }) => fromNode[link]))
    const leastFrom = (node: number) => {
      const dx = xM[node] - around.xM
      const dy = yM[node] - around.yM
      return Math.max(Math.sqrt(dx * dx + dy * dy) - around.radiusM, 0) * leastCostPerM
    }
    const expand = (link: number, costAtEnd: number) => {
      const node = toNode[link]
      const leastM = leastFrom(node)
      const isBlind = firstOut[node + 1] - firstOut[node] === 1
      for (let i = firstOut[node]; i < firstOut[node + 1]; i++) {
        const next = out[i]
        if (next === reverseLink[link] && !isBlind) continue
        const reached = costAtEnd + (next === reverseLink[link] ? TURN_BACK_COST_M : 0)
        if (reached + leastM > limitM || (seenIn[next] === search && reached >= cost[next])) continue
        seenIn[next] = search
        cost[next] = reached
        before[next] = link === from.link && doneIn[link] !== search ? -1 : link
        heap.push(reached + leastM, next)
      }
    }
    // The start link is left before it is entered: a path may come round to it again.
    expand(from.link, (lengthM[from.link] - from.alongM) * costPerM[from.link])
    while (open > 0 && heap.size() > 0) {
      const link = heap.pop()
      if (doneIn[link] === search) continue
      doneIn[link] = search
      if (isTarget[link] === search) open--
      expand(link, cost[link] + lengthM[link] * costPerM[link])
    }
    const isAhead = (target: OnLink) => target.link === from.link && target.alongM >= from.alongM
    return {
      costs: Float64Array.from(targets, (target) => {
        if (isAhead(target)) return (target.alongM - from.alongM) * costPerM[target.link]
        return doneIn[target.link] === search
          ? cost[target.link] + target.alongM * costPerM[target.link]
          : Infinity
      }),
      linksTo: (target) => {
        const links = [targets[target].link]
        if (isAhead(targets[target])) return links
        while (before[links[links.length - 1]] >= 0) links.push(before[links[links.length - 1]])
        return [...links, from.link].reverse()
      },
    }
  }
}

/** The links that leave each node: those of `node` are out[firstOut[node]] up to out[firstOut[node + 1]]. */
export function linksOut(network: RoadNetwork): { firstOut: Uint32Array; out: Uint32Array } {
  const { fromNode } = network.links
  const firstOut = new Uint32Array(network.nodes.xM.length + 1)
  for (const node of fromNode) firstOut[node + 1]++
  for (let node = 1; node < firstOut.length; node++) firstOut[node] += firstOut[node - 1]
  const fill = firstOut.slice()
  const out = new Uint32Array(fromNode.length)
  for (let link = 0; link < fromNode.length; link++) out[fill[fromNode[link]]++] = link
  return { firstOut, out }
}

/** A binary heap of rows, least key first; equal keys leave by row, so that order of entry does not matter. */
function makeHeap() {
  let keys: number[] = []
  let rows: number[] = []
  const isLess = (a: number, b: number) => keys[a] < keys[b] || (keys[a] === keys[b] && rows[a] < rows[b])
  const swap = (a: number, b: number) => {
    const key = keys[a]
    keys[a] = keys[b]
    keys[b] = key
    const row = rows[a]
    rows[a] = rows[b]
    rows[b] = row
  }
  return {
    size: () => keys.length,
    clear: () => {
      keys = []
      rows = []
    },
    push: (key: number, row: number) => {
      let at = keys.push(key) - 1
      rows.push(row)
      while (at > 0 && isLess(at, (at - 1) >> 1)) {
        swap(at, (at - 1) >> 1)
        at = (at - 1) >> 1
      }
    },
    pop: (): number => {
      const top = rows[0]
      swap(0, keys.length - 1)
      keys.pop()
      rows.pop()
      for (let at = 0; ;) {
        let least = at
        if (2 * at + 1 < keys.length && isLess(2 * at + 1, least)) least = 2 * at + 1
        if (2 * at + 2 < keys.length && isLess(2 * at + 2, least)) least = 2 * at + 2
        if (least === at) return top
        swap(at, least)
        at = least
      }
    },
  }
}
