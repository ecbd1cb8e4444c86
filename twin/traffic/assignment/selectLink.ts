/** Who goes where: the pairs that use a link (select-link analysis), and the paths of a pair. */
import { ON_TREE, UNASSIGNED, type Assignment } from './assignment.ts'
import { NO_PATH } from './paths.ts'
import { readTree } from './trees.ts'

/** By row a pair of zones and its trips on the link, origin by origin. */
export interface LinkUsers {
  readonly origin: Uint32Array
  readonly destination: Uint32Array
  readonly trips: Float64Array
}

export interface UsedPath {
  /** Links of the network, from origin to destination. */
  readonly links: Uint32Array
  readonly trips: number
  /** Generalised, at the flows as they are. */
  readonly cost: number
}

/**
 * The pairs with trips on a link (a row of the network), and how many; they add up to its flow. At equilibrium flows of links
 * are unique, those of pairs are not: this is one of many splits that fit.
 */
export function usersOfLink(a: Assignment, link: number): LinkUsers {
  const { graph, trees, firstPath, paths, work } = a
  const { start, destination, trips } = a.demand
  const wanted = graph.arcOf[link]
  const onLink = new Float64Array(trips.length)
  for (let i = 0; i < a.spreadCount; i++) {
    const pair = a.spread[i]
    for (let path = firstPath[pair]; path >= 0; path = paths.next[path]) {
      const at = paths.start[path]
      if (paths.pool.subarray(at, at + paths.length[path]).includes(wanted)) onLink[pair] += paths.flow[path]
    }
  }
  const isBehind = work.isOther
  const users: number[] = []
  const originOf: number[] = []
  for (let row = 0; row < a.origins.length; row++) {
    const zone = a.origins[row]
    isBehind.fill(0)
    const base = row * graph.nodeCount
    for (let at = base, end = base + trees.count[row]; at < end; at++) {
      const arc = trees.arcs[at]
      isBehind[graph.toNode[arc]] = arc === wanted ? 1 : isBehind[graph.fromNode[arc]]
    }
    for (let pair = start[zone]; pair < start[zone + 1]; pair++) {
      if (firstPath[pair] === ON_TREE && isBehind[destination[pair]] === 1) onLink[pair] = trips[pair]
      if (onLink[pair] === 0) continue
      users.push(pair)
      originOf.push(zone)
    }
  }
  return {
    origin: Uint32Array.from(originOf),
    destination: Uint32Array.from(users, (pair) => destination[pair]),
    trips: Float64Array.from(users, (pair) => onLink[pair]),
  }
}

/** The paths that trips between two zones take, none where there are no trips or nothing leads there. */
export function pathsBetween(a: Assignment, origin: number, destination: number): UsedPath[] {
  const { graph, paths, work, costs } = a
  const { start, destination: to, trips } = a.demand
  const pair = to.subarray(start[origin], start[origin + 1]).indexOf(destination) + start[origin]
  if (pair < start[origin] || a.firstPath[pair] === UNASSIGNED) return []
  const used = (arcs: readonly number[], onPath: number): UsedPath => ({
    links: Uint32Array.from(arcs, (arc) => graph.linkOf[arc]),
    trips: onPath,
    cost: arcs.reduce((sum, arc) => sum + costs.cost[arc], 0),
  })
  if (a.firstPath[pair] === ON_TREE) {
    readTree(graph, a.trees, a.origins.indexOf(origin), work)
    const arcs: number[] = []
    for (let node = destination; work.arcIn[node] >= 0; node = graph.fromNode[work.arcIn[node]])
      arcs.push(work.arcIn[node])
    return [used(arcs.reverse(), trips[pair])]
  }
  const found: UsedPath[] = []
  for (let path = a.firstPath[pair]; path !== NO_PATH; path = paths.next[path]) {
    const at = paths.start[path]
    found.push(used([...paths.pool.subarray(at, at + paths.length[path])], paths.flow[path]))
  }
  return found
}
