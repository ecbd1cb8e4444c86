/**
 * Transformers along the streets: walking the street forest from its ends towards the substations, buildings are gathered
 * until a transformer is full or its farthest customer would be too far; what is left goes on towards the source.
 */
import type { BuildingDemand } from './gridDemand.ts'
import { peakVa } from './gridDemand.ts'
import type { StreetForest } from './streetForest.ts'
import { CLASS_COUNT } from '../../twin/power/load.ts'

/** Standard ratings (IEC 60076, R10 series as bought for streets and buildings), VA. */
const RATINGS_VA = [50e3, 100e3, 160e3, 250e3, 400e3, 630e3, 1000e3, 1600e3, 2500e3]
/** A low-voltage network is closed before it has more customers than this; urban networks have a median of about 124, nine of ten under 177. */
const MAX_CUSTOMERS = 170
/** Nor more load than this at its worst hour, VA: 630 kVA with room. */
const MAX_CLUSTER_VA = 500e3
/** Nor a customer farther along the streets than this: the usual limit of low-voltage drop, 290 to 500 m. */
const MAX_REACH_M = 350
/** Loading of a transformer at its own worst hour on the first day. Assumed. */
const DESIGN_LOADING = 0.85
/** Power of n customers at once: P(n) = P(∞) (1 + (1/g − 1) n^(−3/4)), g as pylovo has it for homes and for businesses. */
const COINCIDENCE = [0.07, 0.5, 0.6, 0.6]

export interface TransformerSite {
  readonly node: number
  readonly buildings: readonly number[]
  readonly ratedVa: number
  readonly customers: number
  /** By class. */
  readonly whPerYear: readonly number[]
  readonly peakVa: number
}

interface Gathered {
  buildings: number[]
  customers: number
  whPerYear: number[]
  reachM: number
}

/** Every building of a reached node is in exactly one site; those of nodes that no street reaches are not. */
export function placeTransformers(
  forest: StreetForest,
  graph: { readonly lengthM: Float32Array },
  demand: BuildingDemand,
  hours: readonly Float64Array[],
): TransformerSite[] {
  const nodeCount = forest.parent.length
  const own: number[][] = Array.from({ length: nodeCount }, () => [])
  demand.node.forEach((node, building) => own[node].push(building))
  const waiting: Gathered[][] = Array.from({ length: nodeCount }, () => [])
  const sites: TransformerSite[] = []
  const emit = (node: number, gathered: Gathered) => {
    if (gathered.buildings.length > 0) sites.push(siteOf(node, gathered, hours))
  }
  for (let i = forest.order.length - 1; i >= 0; i--) {
    const node = forest.order[i]
    const parts = [...splitOwn(own[node], demand, hours), ...waiting[node]]
    waiting[node] = []
    // The fullest stay here, the least full ones go on together.
    parts.sort((a, b) => b.customers - a.customers || a.buildings[0] - b.buildings[0])
    const groups: Gathered[] = []
    for (const part of parts) {
      const fitting = groups.find((group) => fits(group, part, hours))
      if (fitting === undefined) groups.push(part)
      else join(fitting, part)
    }
    const onward = groups.pop()
    for (const group of groups) emit(node, group)
    if (onward === undefined) continue
    const above = forest.parent[node]
    const stepM = above < 0 ? 0 : graph.lengthM[forest.street[node]]
    if (above < 0 || onward.reachM + stepM > MAX_REACH_M || onward.customers > 0.75 * MAX_CUSTOMERS) {
      emit(node, onward)
    } else {
      onward.reachM += stepM
      waiting[above].push(onward)
    }
  }
  return sites
}

/** The buildings of one node in portions that a transformer can carry. */
function splitOwn(
  buildings: readonly number[],
  demand: BuildingDemand,
  hours: readonly Float64Array[],
): Gathered[] {
  const portions: Gathered[] = []
  let open: Gathered | undefined
  for (const building of buildings) {
    const one: Gathered = {
      buildings: [building],
      customers: demand.customers[building],
      whPerYear: demand.whPerYear.map((column) => column[building]),
      reachM: 0,
    }
    if (open !== undefined && fits(open, one, hours)) join(open, one)
    else {
      if (open !== undefined) portions.push(open)
      open = one
    }
  }
  if (open !== undefined) portions.push(open)
  return portions
}

function fits(a: Gathered, b: Gathered, hours: readonly Float64Array[]): boolean {
  if (a.customers + b.customers > MAX_CUSTOMERS) return false
  return (
    peakVa(
      a.whPerYear.map((wh, each) => wh + b.whPerYear[each]),
      hours,
    ) <= MAX_CLUSTER_VA
  )
}

function join(into: Gathered, other: Gathered): void {
  for (const building of other.buildings) into.buildings.push(building)
  into.customers += other.customers
  for (let each = 0; each < CLASS_COUNT; each++) into.whPerYear[each] += other.whPerYear[each]
  into.reachM = Math.max(into.reachM, other.reachM)
}

function siteOf(node: number, gathered: Gathered, hours: readonly Float64Array[]): TransformerSite {
  const root = Math.sqrt(gathered.customers)
  const spread = 1 / (root * Math.sqrt(root)) // n^(−3/4)
  const inflated = gathered.whPerYear.map((wh, each) => wh * (1 + (1 / COINCIDENCE[each] - 1) * spread))
  const wantedVa = peakVa(inflated, hours) / DESIGN_LOADING
  const largest = RATINGS_VA[RATINGS_VA.length - 1]
  const ratedVa = RATINGS_VA.find((rated) => rated >= wantedVa) ?? Math.ceil(wantedVa / largest) * largest
  return {
    node,
    buildings: gathered.buildings,
    ratedVa,
    customers: gathered.customers,
    whPerYear: gathered.whPerYear,
    peakVa: peakVa(gathered.whPerYear, hours),
  }
}
