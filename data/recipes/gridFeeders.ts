/**
 * Medium-voltage feeders as trees along the streets: transformers are gathered from the ends of the street forest until a
 * feeder is full; each feeder then is the union of its transformers' ways to the substation, straight runs made one line.
 */
import type { TransformerSite } from './gridTransformers.ts'
import type { StreetForest } from './streetForest.ts'

/** Peak of one feeder, VA: at 15 kV 270 A, what a common cable carries. Feeders of 6 to 10 MVA are usual. */
export const MAX_FEEDER_VA = 7e6

export interface FeederPlan {
  /** Row of the substation. */
  readonly substation: number
  /** Rows of the transformer sites it supplies. */
  readonly sites: readonly number[]
  readonly peakVa: number
}

/** One bus of a feeder, in depth-first preorder; the first is its head at the substation. */
export interface PlannedBus {
  readonly node: number
  readonly parent: number
  /** Streets from the parent's node to this one. */
  readonly streets: readonly number[]
  readonly sites: readonly number[]
}

interface Gathered {
  sites: number[]
  va: number
}

/** Groups the sites into feeders of at most MAX_FEEDER_VA (one site may be more), each hanging together along the forest. */
export function planFeeders(forest: StreetForest, sites: readonly TransformerSite[]): FeederPlan[] {
  const nodeCount = forest.parent.length
  const own: number[][] = Array.from({ length: nodeCount }, () => [])
  sites.forEach((site, row) => own[site.node].push(row))
  const waiting: Gathered[][] = Array.from({ length: nodeCount }, () => [])
  const plans: FeederPlan[] = []
  for (let i = forest.order.length - 1; i >= 0; i--) {
    const node = forest.order[i]
    const parts = [...own[node].map((row) => ({ sites: [row], va: sites[row].peakVa })), ...waiting[node]]
    waiting[node] = []
    const bins = pack(parts)
    const above = forest.parent[node]
    const emit = (bin: Gathered) =>
      plans.push({ substation: forest.root[node], sites: bin.sites, peakVa: bin.va })
    if (above < 0) bins.forEach(emit)
    else if (bins.length > 0) {
      bins.sort((a, b) => b.va - a.va)
      waiting[above].push(bins.pop() as Gathered)
      bins.forEach(emit)
    }
  }
  return plans.sort((a, b) => a.substation - b.substation)
}

/** First fit decreasing. */
function pack(parts: Gathered[]): Gathered[] {
  parts.sort((a, b) => b.va - a.va || a.sites[0] - b.sites[0])
  const bins: Gathered[] = []
  for (const part of parts) {
    const fitting = bins.find((bin) => bin.va + part.va <= MAX_FEEDER_VA)
    if (fitting === undefined) bins.push(part)
    else {
      for (const site of part.sites) fitting.sites.push(site)
      fitting.va += part.va
    }
  }
  return bins
}

/** The feeder's buses: its head, its transformers, and junctions where it forks. */
export function treeOf(
  plan: FeederPlan,
  forest: StreetForest,
  sites: readonly TransformerSite[],
): PlannedBus[] {
  const sitesAt = new Map<number, number[]>()
  const children = new Map<number, number[]>()
  let root = -1
  for (const row of plan.sites) {
    let node = sites[row].node
    const here = sitesAt.get(node)
    if (here === undefined) sitesAt.set(node, [row])
    else here.push(row)
    if (children.has(node)) continue
    children.set(node, [])
    // Up to the substation, or to where a way already goes there.
    for (;;) {
      const above = forest.parent[node]
      if (above < 0) {
        root = node
        break
      }
      const siblings = children.get(above)
      if (siblings !== undefined) {
        siblings.push(node)
        break
      }
      children.set(above, [node])
      node = above
    }
  }
  return preorder(root, children, sitesAt, forest)
}

function preorder(
  root: number,
  children: ReadonlyMap<number, readonly number[]>,
  sitesAt: ReadonlyMap<number, readonly number[]>,
  forest: StreetForest,
): PlannedBus[] {
  const buses: PlannedBus[] = []
  const stack: { node: number; parent: number; streets: number[] }[] = [
    { node: root, parent: -1, streets: [] },
  ]
  while (stack.length > 0) {
    const { node: from, parent, streets } = stack.pop() as { node: number; parent: number; streets: number[] }
    // A run without fork or transformer is one line.
    const node = parent < 0 ? from : endOfRun(from, streets, children, sitesAt, forest)
    const bus = buses.length
    buses.push({ node, parent, streets, sites: sitesAt.get(node) ?? [] })
    for (const child of [...(children.get(node) as number[])].reverse()) {
      stack.push({ node: child, parent: bus, streets: [forest.street[child]] })
    }
  }
  return buses
}

/** Where the line that comes to `from` ends; adds the streets it goes on along. */
function endOfRun(
  from: number,
  streets: number[],
  children: ReadonlyMap<number, readonly number[]>,
  sitesAt: ReadonlyMap<number, readonly number[]>,
  forest: StreetForest,
): number {
  let node = from
  for (;;) {
    const below = children.get(node) ?? []
    if (sitesAt.has(node) || below.length !== 1) return node
    node = below[0]
    streets.push(forest.street[node])
  }
}
