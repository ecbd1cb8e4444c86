/**
 * A city's electricity network: real substations and lines where the map has them, and below them a made-up network that
 * reaches every building along the streets (`public/docs/power.md`). Deterministic for a seed.
 */
import type { Projection } from '../../twin/geo/projection.ts'
import { NO_TRANSFORMER, type PowerGrid } from '../../twin/power/grid.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { Zones } from '../../twin/traffic/zones.ts'
import { makeNodeFinder, type FloorSpace } from './activity.ts'
import { climateAtLatitude } from './facts.ts'
import {
  ASSUMED_DEMAND,
  buildingDemand,
  peakVa,
  worstHours,
  type BuildingDemand,
  type DemandFacts,
} from './gridDemand.ts'
import { planFeeders, treeOf, type FeederPlan } from './gridFeeders.ts'
import { chooseLines } from './gridLines.ts'
import { placeSubstations, transmissionLines, type SubstationSite } from './gridSubstations.ts'
import { placeTransformers, type TransformerSite } from './gridTransformers.ts'
import { GridDraft } from './gridDraft.ts'
import type { OsmExtract } from './osm.ts'
import { shortestForest, streetGraph, type StreetForest, type StreetGraph } from './streetForest.ts'
import { makeWeather, type ClimateNormals } from './weather.ts'

export interface GridFacts {
  readonly climate?: ClimateNormals
  readonly demand?: DemandFacts
  /** Line-to-line voltage of the feeders. */
  readonly nominalV?: number
}

export interface MadeGrid {
  readonly grid: PowerGrid
  /** By building: the row of its transformer. */
  readonly transformerOfBuilding: Uint32Array
  /** For people: what was made and how it stands on its worst day. */
  readonly summary: readonly string[]
}

/** Medium voltage where nobody says; 10 to 20 kV are usual in cities. Assumed. */
const NOMINAL_V = 15_000

/** Standard substations: two or three transformers, VA; the largest is taken as often as needed. */
const SUBSTATION_RATINGS_VA = [20e6, 32e6, 50e6, 80e6, 120e6, 189e6]
/** Peak over rating of a substation. Assumed, so that one of two transformers may fail in most hours. */
const SUBSTATION_LOADING = 0.65

/** Makes the grid of a city; a city without buildings gets substations and lines only. */
export function makeGrid(
  extract: OsmExtract,
  network: RoadNetwork,
  zones: Zones,
  buildings: FloorSpace,
  projection: Projection,
  seed: number,
  facts: GridFacts = {},
): MadeGrid {
  const latitudeDeg = projection.origin[1]
  const climate = facts.climate ?? climateAtLatitude(latitudeDeg)
  const hours = worstHours(makeWeather(climate, { latitudeDeg }, seed))
  const nominalV = facts.nominalV ?? NOMINAL_V
  const demand = buildingDemand(buildings, network, zones, facts.demand ?? ASSUMED_DEMAND, seed)
  const loadVa = nodeLoads(network.nodes.xM.length, demand, hours)
  const sites = placeSubstations(extract, zones, projection, network.nodes, loadVa)
  const nodeAt = makeNodeFinder(network)
  const graph = streetGraph(network)
  const forest = shortestForest(
    graph,
    sites.map((site) => nodeAt(site.xM, site.yM)),
  )
  const transformers = placeTransformers(forest, graph, demand, hours)
  const plans = planFeeders(forest, transformers)

  const draft = new GridDraft(network, graph)
  addSubstations(draft, sites, plans)
  const counts = new Uint16Array(sites.length)
  let minVoltagePu = Infinity
  let maxLoading = 0
  for (const plan of plans) {
    const number = ++counts[plan.substation]
    const name = `${sites[plan.substation].name} ${String(number).padStart(2, '0')}`
    const built = addFeeder(draft, plan, name, {
      forest,
      transformers,
      sites,
      hours,
      nominalV,
      demand,
      zones,
    })
    minVoltagePu = Math.min(minVoltagePu, built.minVoltagePu)
    maxLoading = Math.max(maxLoading, built.maxLoading)
  }
  const transformerOfBuilding = new Uint32Array(buildings.xM.length).fill(NO_TRANSFORMER)
  draft.siteOfTransformer.forEach((site, row) => {
    for (const building of transformers[site].buildings) transformerOfBuilding[building] = row
  })
  const nodeOf = draft.siteOfTransformer.map((site) => transformers[site].node)
  const signalNodes = Array.from(network.signals.xM, (xM, i) => nodeAt(xM, network.signals.yM[i]))
  const grid: PowerGrid = {
    ...draft.tables(),
    signals: { transformer: nearestTransformers(graph, nodeOf, signalNodes) },
    ...transmissionLines(extract, projection),
  }
  const realCount = sites.filter((site) => site.isReal).length
  const peakW = transformers.reduce((sum, site) => sum + site.peakVa, 0)
  const summary = [
    `grid: ${sites.length} substations (${realCount} real), ${plans.length} feeders, ${grid.buses.kind.length} buses, ` +
      `${transformers.length} transformers for ${transformers.reduce((sum, site) => sum + site.customers, 0)} customers; ` +
      `${Math.round(peakW / 1e6)} MVA of transformer peaks; worst hour of the year: lowest voltage ${minVoltagePu.toFixed(3)} pu, ` +
      `most loaded line ${Math.round(maxLoading * 100)} %`,
  ]
  return { grid, transformerOfBuilding, summary }
}

interface FeederMaking {
  readonly forest: StreetForest
  readonly transformers: readonly TransformerSite[]
  readonly sites: readonly SubstationSite[]
  readonly hours: readonly Float64Array[]
  readonly nominalV: number
  readonly demand: BuildingDemand
  readonly zones: Zones
}

function addFeeder(draft: GridDraft, plan: FeederPlan, name: string, making: FeederMaking) {
  const { forest, transformers, demand, zones } = making
  const station = making.sites[plan.substation]
  const planned = treeOf(plan, forest, transformers)
  const courses = planned.map((bus) => draft.courseOf(bus, planned, station))
  const parent = Int32Array.from(planned, (bus) => bus.parent)
  const whPerYear = [0, 1, 2, 3].map((each) =>
    Float64Array.from(planned, (bus) =>
      bus.sites.reduce((sum, site) => sum + transformers[site].whPerYear[each], 0),
    ),
  )
  const lengthM = Float64Array.from(courses, (course) => course.lengthM)
  const lines = chooseLines(parent, lengthM, whPerYear, making.hours, making.nominalV)
  const firstBus = draft.addFeeder(plan.substation, name, making.nominalV, planned, courses, lines, station)
  planned.forEach((bus, i) => {
    for (const site of bus.sites) {
      const { buildings, node } = transformers[site]
      draft.addTransformer(site, firstBus + i, transformers[site], {
        pvW: buildings.reduce((sum, building) => sum + demand.pvW[building], 0),
        chargerW: buildings.reduce((sum, building) => sum + demand.chargerW[building], 0),
        zone: zones.nodes.zone[node],
      })
    }
  })
  draft.addBreakers(
    name,
    planned,
    firstBus,
    planned.map((bus) => bus.sites.reduce((sum, site) => sum + transformers[site].peakVa, 0)),
  )
  return lines
}

function addSubstations(
  draft: GridDraft,
  sites: readonly SubstationSite[],
  plans: readonly FeederPlan[],
): void {
  const peak = new Float64Array(sites.length)
  for (const plan of plans) peak[plan.substation] += plan.peakVa
  sites.forEach((site, row) => {
    const wantedVa = peak[row] / SUBSTATION_LOADING
    const largest = SUBSTATION_RATINGS_VA[SUBSTATION_RATINGS_VA.length - 1]
    const ratedVa =
      SUBSTATION_RATINGS_VA.find((rated) => rated >= wantedVa) ?? Math.ceil(wantedVa / largest) * largest
    draft.addSubstation(site, ratedVa)
  })
}

function nodeLoads(nodeCount: number, demand: BuildingDemand, hours: readonly Float64Array[]): Float64Array {
  const wh = demand.whPerYear.map((column) => {
    const byNode = new Float64Array(nodeCount)
    column.forEach((value, building) => (byNode[demand.node[building]] += value))
    return byNode
  })
  return Float64Array.from({ length: nodeCount }, (_, node) =>
    peakVa(
      wh.map((column) => column[node]),
      hours,
    ),
  )
}

/** For each of `nodes` the row of the transformer nearest along the streets. */
function nearestTransformers(
  graph: StreetGraph,
  nodeOf: readonly number[],
  nodes: readonly number[],
): Uint32Array<ArrayBuffer> {
  const result = new Uint32Array(nodes.length).fill(NO_TRANSFORMER)
  if (nodeOf.length === 0) return result
  const { root } = shortestForest(graph, nodeOf)
  nodes.forEach((node, i) => {
    if (root[node] >= 0) result[i] = root[node]
  })
  return result
}
