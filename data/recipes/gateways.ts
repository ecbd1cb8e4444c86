/** Gateways: where wide roads leave the extract. Each becomes a zone of its own for the traffic that comes from beyond the edge. */
import Flatbush from 'flatbush'
import { localFromLngLat, type Local, type LngLat, type Projection } from '../../twin/geo/projection.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { OsmExtract } from './osm.ts'

export interface Gateway {
  /** The node of the network nearest to where the road leaves, on a wide road itself. */
  readonly node: number
  readonly residents: number
  readonly jobs: number
  readonly attraction: number
  /** Name of the widest road there, or ''. */
  readonly road: string
}

/** A road that ends this near to the edge of the extract, metres, or beyond it, was cut there; assumed. */
const EDGE_M = 120
/** Ends this near to each other, metres, belong to one road, with one carriageway or two; assumed. */
const SAME_ROAD_M = 400
/** The network keeps only what leads back, so a divided road may stop this far before the edge, metres; assumed. */
const REACH_M = 4000

/** Classes that make a gateway, with the people from beyond who travel in by such a road in a day; assumed. */
const COMMUTERS: readonly (readonly [highway: string, perDay: number])[] = [
  ['motorway', 12_000],
  ['trunk', 10_000],
  ['primary', 6000],
  ['secondary', 2000],
]
/** Jobs and visits beyond the edge, per commuter from there; assumed. */
const JOBS_PER_COMMUTER = 0.35
const VISITS_PER_COMMUTER = 0.25
/** All gateways together against the city's own residents, at most; assumed. */
const MAX_COMMUTER_SHARE = 0.12

/** The gateways of a network whose city has `residents` of its own, widest road first. */
export function findGateways(
  extract: OsmExtract,
  network: RoadNetwork,
  projection: Projection,
  residents: number,
): Gateway[] {
  const cuts = cutRoads(extract, projection)
  const nodeAt = makeWideNodeFinder(network)
  const found = new Map<number, Gateway>()
  const taken: Local[] = []
  for (const { at, rank, road } of cuts) {
    if (taken.some((other) => distanceM(other, at) < SAME_ROAD_M)) continue
    taken.push(at)
    const node = nodeAt(at)
    if (node === undefined || found.has(node)) continue
    const commuters = COMMUTERS[rank][1]
    found.set(node, {
      node,
      residents: commuters,
      jobs: commuters * JOBS_PER_COMMUTER,
      attraction: commuters * VISITS_PER_COMMUTER,
      road,
    })
  }
  const gateways = [...found.values()]
  const sum = gateways.reduce((sum, gateway) => sum + gateway.residents, 0)
  const scale = sum > 0 ? Math.min(1, (residents * MAX_COMMUTER_SHARE) / sum) : 1
  return gateways.map((gateway) => ({
    ...gateway,
    residents: gateway.residents * scale,
    jobs: gateway.jobs * scale,
    attraction: gateway.attraction * scale,
  }))
}

interface CutRoad {
  at: Local
  /** Row of COMMUTERS. */
  rank: number
  road: string
}

/** The ends of wide roads that lie at the edge and that no other road goes on from, widest first. */
function cutRoads(extract: OsmExtract, projection: Projection): CutRoad[] {
  const uses = new Map<string, number>()
  const wide: { course: readonly LngLat[]; rank: number; road: string }[] = []
  for (const { course, tags } of extract.ways) {
    if (tags.highway === undefined || course.length < 2) continue
    for (const at of course) uses.set(keyOf(at), (uses.get(keyOf(at)) ?? 0) + 1)
    const rank = COMMUTERS.findIndex(([highway]) => highway === tags.highway)
    if (rank >= 0) wide.push({ course, rank, road: tags.name ?? tags.ref ?? '' })
  }
  const [west, south, east, north] = extract.bounds
  const [minX, minY] = localFromLngLat(projection, [west, south])
  const [maxX, maxY] = localFromLngLat(projection, [east, north])
  const cuts: CutRoad[] = []
  for (const { course, rank, road } of wide) {
    for (const end of [course[0], course[course.length - 1]]) {
      if (uses.get(keyOf(end)) !== 1) continue
      const at = localFromLngLat(projection, end)
      const insideM = Math.min(at[0] - minX, maxX - at[0], at[1] - minY, maxY - at[1])
      if (insideM < EDGE_M) cuts.push({ at, rank, road })
    }
  }
  return cuts.sort((a, b) => a.rank - b.rank || a.at[0] - b.at[0] || a.at[1] - b.at[1])
}

/** Finds the nearest node, within REACH_M, that a road of COMMUTERS' classes runs through. */
function makeWideNodeFinder(network: RoadNetwork): (at: Local) => number | undefined {
  const { fromNode, toNode, roadClass } = network.links
  const { xM, yM } = network.nodes
  const nodes = new Set<number>()
  for (let link = 0; link < fromNode.length; link++) {
    // Both lists of classes begin with the widest, in the same order.
    if (roadClass[link] < COMMUTERS.length) nodes.add(fromNode[link]).add(toNode[link])
  }
  if (nodes.size === 0) return () => undefined
  const rows = [...nodes]
  const index = new Flatbush(rows.length)
  for (const node of rows) index.add(xM[node], yM[node])
  index.finish()
  return (at) => {
    const [nearest] = index.neighbors(at[0], at[1], 1, REACH_M)
    return nearest === undefined ? undefined : rows[nearest]
  }
}

function keyOf(at: LngLat): string {
  return `${at[0].toFixed(7)} ${at[1].toFixed(7)}`
}

function distanceM(a: Local, b: Local): number {
  const dx = a[0] - b[0]
  const dy = a[1] - b[1]
  return Math.sqrt(dx * dx + dy * dy)
}
