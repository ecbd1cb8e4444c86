/**
 * Routes as trees: for every zone and variant one byte a node, the link to take next towards the zone (its place among the
 * node's out-links). Vehicles carry zone and variant, never a path. Trees are made when first asked for.
 *
 * Fixed variants spread habitual drivers over routes of nearly the same cost; the last variant follows live travel times.
 */
import { randomBits, randomUnit } from '../kernel/random.ts'
import { NO_ZONE, type Zones } from './zones.ts'
import type { Roads } from './roads.ts'
import type { Turns } from './turns.ts'
import { TICKS_PER_S } from '../kernel/clock.ts'

/** Variants of routes: habitual ones, then the live one. */
export const HABITUAL_VARIANTS = 2
export const LIVE_VARIANT = HABITUAL_VARIANTS
export const VARIANTS = HABITUAL_VARIANTS + 1

/** Nodes of a zone at which trips may end, per variant (assumed); others are passed. */
const ENDS_PER_ZONE = 8
/** Habitual drivers of a variant misjudge each link's time by up to this share, either way (assumed). */
const HABIT_SPREAD = 0.25
/** Time counts this much more on a street by class, for signs, speed bumps and dislike of rat-running (assumed). */
const CLASS_WEIGHT = [1, 1, 1, 1, 1.05, 1.3, 1.8]

/** Costs are tenths of a second; no link costs more than the buckets of the search can tell apart. */
const UNITS_PER_S = 10
const BUCKETS = 8192
const MAX_COST = BUCKETS - 1
const TICKS_PER_UNIT = TICKS_PER_S / UNITS_PER_S

/** `nextTurn` of a node at which the trip ends. */
export const ROUTE_END = 255

export interface Routes {
  readonly zoneCount: number
  /** `[(variant × zones + zone) × nodes + node]`; saved with the state. */
  readonly trees: Uint8Array
  /** By variant × zones + zone: 1 when the tree is made. */
  readonly isMade: Uint8Array
  /** Where trips start: nodes of a zone, `originNode[originStart[zone] …]`. */
  readonly originStart: Uint32Array
  readonly originNode: Uint32Array
  readonly endStart: Uint32Array
  readonly endNode: Uint32Array
  readonly habitCost: readonly Uint16Array[]
  /** By link: ticks that a driver counts beside the time it takes now. */
  readonly extraTicks: Float64Array
  readonly seed: number
  readonly search: Search
}

/** Links in the order in which `roads.inLink` has them, so that a search backwards reads what lies together. */
interface Search {
  /** By link its place in that order. */
  readonly place: Uint32Array
  readonly fromNode: Uint32Array
  /** The link's place among those out of its node. */
  readonly turn: Uint8Array
  /** What each costs in the search under way. */
  readonly linkCost: Uint16Array
  readonly cost: Int32Array
  readonly bucket: Int32Array
  /** By entry of a bucket its node and the next entry. */
  readonly entries: Int32Array
  /** A tree for one question. */
  readonly tree: Uint8Array
}

/** Prepares routes; makes no tree yet. */
export function makeRoutes(roads: Roads, turns: Turns, zones: Zones, seed: number): Routes {
  const zoneCount = zones.zones.xM.length
  const nodesOf = nodesByZone(roads, zones, seed)
  const originStart = new Uint32Array(zoneCount + 1)
  nodesOf.forEach((nodes, zone) => (originStart[zone + 1] = originStart[zone] + nodes.length))
  const ends: number[] = []
  const endStart = new Uint32Array(VARIANTS * zoneCount + 1)
  for (let variant = 0; variant < VARIANTS; variant++) {
    nodesOf.forEach((nodes, zone) => {
      const take = Math.min(ENDS_PER_ZONE, nodes.length)
      for (let i = 0; i < take; i++) ends.push(nodes[(variant * ENDS_PER_ZONE + i) % nodes.length])
      endStart[variant * zoneCount + zone + 1] = ends.length
    })
  }
  return {
    zoneCount,
    trees: new Uint8Array(VARIANTS * zoneCount * roads.nodeCount).fill(ROUTE_END),
    isMade: new Uint8Array(VARIANTS * zoneCount),
    originStart,
    originNode: Uint32Array.from(nodesOf.flat()),
    endStart,
    endNode: Uint32Array.from(ends),
    habitCost: Array.from({ length: HABITUAL_VARIANTS }, (_, variant) =>
      Uint16Array.from(turns.linkWaitS, (waitS, link) => habitCost(roads, seed, variant, link, waitS)),
    ),
    extraTicks: Float64Array.from(roads.freeTicks, (_, link) => extraTicks(roads, link)),
    seed,
    search: makeSearch(roads),
  }
}

function makeSearch(roads: Roads): Search {
  const { inLink, linkCount, nodeCount } = roads
  const place = new Uint32Array(linkCount)
  inLink.forEach((link, i) => (place[link] = i))
  return {
    place,
    fromNode: Uint32Array.from(inLink, (link) => roads.network.links.fromNode[link]),
    turn: Uint8Array.from(inLink, (link) => turnOf(roads, link)),
    linkCost: new Uint16Array(linkCount),
    cost: new Int32Array(nodeCount),
    bucket: new Int32Array(BUCKETS).fill(-1),
    entries: new Int32Array(2 * (linkCount + ENDS_PER_ZONE)),
    tree: new Uint8Array(nodeCount),
  }
}

function turnOf({ network, outStart, outLink }: Roads, link: number): number {
  const first = outStart[network.links.fromNode[link]]
  let turn = 0
  while (outLink[first + turn] !== link) turn++
  return turn
}

/**
 * Makes the tree of one zone and variant by Dial's bucket search backwards from the zone's end nodes; costs are whole tenths
 * of a second, ties go to who was found first, so the tree is the same everywhere. A closed link costs the most a link can.
 */
export function makeTree(
  roads: Roads,
  routes: Routes,
  variant: number,
  zone: number,
  linkTicks: Int32Array,
  isClosed: Uint8Array,
): void {
  if (variant === LIVE_VARIANT) setLiveCosts(routes, linkTicks, isClosed)
  else setHabitCosts(routes, variant, isClosed)
  const tree = variant * routes.zoneCount + zone
  const ends = routes.endNode.subarray(routes.endStart[tree], routes.endStart[tree + 1])
  growTree(roads, routes.search, ends, routes.trees, tree * roads.nodeCount)
  routes.isMade[tree] = 1
}

/** The turn at `node` of the quickest habitual way to `target` around what is closed; ROUTE_END at the target itself. */
export function turnTowards(
  roads: Roads,
  routes: Routes,
  node: number,
  target: number,
  isClosed: Uint8Array,
): number {
  const { search } = routes
  setHabitCosts(routes, 0, isClosed)
  growTree(roads, search, [target], search.tree, 0)
  return search.tree[node]
}

/** Dial's search backwards from `ends` at the costs of `search`; writes each node's turn to `tree` from `base` on. */
function growTree(
  { inStart, nodeCount }: Roads,
  { fromNode, turn, linkCost, cost, bucket, entries }: Search,
  ends: ArrayLike<number>,
  tree: Uint8Array,
  base: number,
): void {
  cost.fill(0x7fffffff)
  tree.fill(ROUTE_END, base, base + nodeCount)
  let end = 0
  let open = 0
  for (let i = 0; i < ends.length; i++) {
    const node = ends[i]
    if (cost[node] === 0) continue
    cost[node] = 0
    entries[end] = node
    entries[end + 1] = bucket[0]
    bucket[0] = end
    end += 2
    open++
  }
  for (let at = 0; open > 0; at++) {
    const slot = at & (BUCKETS - 1)
    while (bucket[slot] >= 0) {
      const entry = bucket[slot]
      bucket[slot] = entries[entry + 1]
      open--
      const node = entries[entry]
      if (cost[node] !== at) continue
      for (let i = inStart[node], last = inStart[node + 1]; i < last; i++) {
        const from = fromNode[i]
        const reached = at + linkCost[i]
        if (reached >= cost[from]) continue
        cost[from] = reached
        tree[base + from] = turn[i]
        const into = reached & (BUCKETS - 1)
        entries[end] = from
        entries[end + 1] = bucket[into]
        bucket[into] = end
        end += 2
        open++
      }
    }
  }
}

/** Forgets the trees that use a link which has become worse; all of them when one has become better. They are made anew when next asked for. */
export function forgetTrees(
  roads: Roads,
  { isMade, trees }: Routes,
  worse: readonly number[],
  isAnyBetter: boolean,
): void {
  if (isAnyBetter) isMade.fill(0)
  for (const link of worse) {
    const from = roads.network.links.fromNode[link]
    const turn = turnOf(roads, link)
    for (let tree = 0; tree < isMade.length; tree++)
      if (isMade[tree] !== 0 && trees[tree * roads.nodeCount + from] === turn) isMade[tree] = 0
  }
}

/** Sets what `link` costs drivers; whether that is more (1), less (−1) or as it was (0) for those of habit. */
export function setRouteCosts(roads: Roads, turns: Turns, routes: Routes, link: number): number {
  let change = 0
  routes.extraTicks[link] = extraTicks(roads, link)
  routes.habitCost.forEach((cost, variant) => {
    const before = cost[link]
    cost[link] = habitCost(roads, routes.seed, variant, link, turns.linkWaitS[link])
    if (cost[link] !== before) change = cost[link] > before ? 1 : -1
  })
  return change
}

/** A node in which a trip from `zone` starts, drawn by `bits`; −1 when the zone has none. */
export function originOf(routes: Routes, zone: number, bits: number): number {
  const count = routes.originStart[zone + 1] - routes.originStart[zone]
  return count === 0 ? -1 : routes.originNode[routes.originStart[zone] + (bits % count)]
}

/** By zone its nodes in a shuffled order; those on streets, not on main roads or at signals, when there are any. */
function nodesByZone(roads: Roads, zones: Zones, seed: number): number[][] {
  const { roadClass } = roads.network.links
  const of: number[][] = Array.from({ length: zones.zones.xM.length }, () => [])
  const all: number[][] = of.map(() => [])
  for (let node = 0; node < roads.nodeCount; node++) {
    const zone = zones.nodes.zone[node]
    if (zone === NO_ZONE || roads.outStart[node] === roads.outStart[node + 1]) {
      if (zone !== NO_ZONE) all[zone].push(node)
      continue
    }
    all[zone].push(node)
    const outs = roads.outLink.subarray(roads.outStart[node], roads.outStart[node + 1])
    if (outs.every((link) => roadClass[link] >= 4)) of[zone].push(node)
  }
  const shuffled = (nodes: number[]) =>
    nodes
      .map((node) => [randomBits(seed, node, 0x0d), node])
      .sort((a, b) => a[0] - b[0] || a[1] - b[1])
      .map((pair) => pair[1])
  return of.map((nodes, zone) => shuffled(nodes.length > 0 ? nodes : all[zone]))
}

function habitCost(roads: Roads, seed: number, variant: number, link: number, waitS: number): number {
  const spread = variant === 0 ? 0 : HABIT_SPREAD * (2 * randomUnit(seed, link, variant, 0x4b) - 1)
  const driveS = (roads.freeTicks[link] / TICKS_PER_S) * weightOf(roads, link) + waitS
  return unitsOf(driveS * (1 + spread) * UNITS_PER_S)
}

function setHabitCosts({ habitCost, search }: Routes, variant: number, isClosed: Uint8Array): void {
  const { linkCost, place } = search
  const habit = habitCost[variant]
  for (let link = 0; link < place.length; link++)
    linkCost[place[link]] = isClosed[link] !== 0 ? MAX_COST : habit[link]
}

function setLiveCosts({ extraTicks, search }: Routes, linkTicks: Int32Array, isClosed: Uint8Array): void {
  const { linkCost, place } = search
  for (let link = 0; link < place.length; link++) {
    // Math.round takes five times as long
    const units = Math.floor((linkTicks[link] + extraTicks[link]) / TICKS_PER_UNIT + 0.5)
    linkCost[place[link]] = isClosed[link] !== 0 || units > MAX_COST ? MAX_COST : units < 1 ? 1 : units
  }
}

function extraTicks(roads: Roads, link: number): number {
  return roads.freeTicks[link] * (weightOf(roads, link) - 1)
}

/** How much longer than it is a driver counts a link's free time when choosing a route. */
export function weightOf({ network, timeWeight }: Roads, link: number): number {
  return (CLASS_WEIGHT[network.links.roadClass[link]] ?? 1.8) * timeWeight[link]
}

function unitsOf(units: number): number {
  return Math.max(1, Math.min(MAX_COST, Math.round(units)))
}
