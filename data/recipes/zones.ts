/** Zones: the city cut into compact parts of about equal residents and jobs, and a gateway zone where each wide road leaves it. */
import type { Projection } from '../../twin/geo/projection.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { Zones } from '../../twin/traffic/zones.ts'
import { makeNodeFinder, spreadActivity, type FloorSpace } from './activity.ts'
import { findGateways } from './gateways.ts'
import type { OsmExtract } from './osm.ts'
import { namedPlaces, nameZones, nearestPlace } from './zoneNames.ts'

/** What is known of a city from elsewhere. */
export interface ZoneFacts {
  /** Residents inside the extract; without it they follow from the floor space. */
  readonly population?: number
}

/** Traffic keeps a routing tree for each zone, so their number grows slower than the network: nodes^(3/4) / 5, in this range. */
const ZONES_RANGE = [4, 310] as const

/** Marks a gateway zone in its name, in any language. */
export const GATEWAY_MARK = '→ '

const MAX_GATEWAYS = 40

/**
 * Cuts the network's nodes in two, again and again, across the longer axis of each part so that residents and jobs are
 * shared out evenly. Every node gets a zone; the zones of the gateways come last.
 */
export function makeZones(
  extract: OsmExtract,
  network: RoadNetwork,
  buildings: FloorSpace,
  projection: Projection,
  facts: ZoneFacts,
): Zones {
  const nodeCount = network.nodes.xM.length
  if (nodeCount === 0) throw new Error('zones: the network has no nodes')
  const activity = spreadActivity(extract, network, buildings, projection, facts.population)
  const residentsSum = activity.residents.reduce((sum, value) => sum + value, 0)
  const jobsSum = activity.jobs.reduce((sum, value) => sum + value, 0)
  const weight = new Float64Array(nodeCount)
  for (let node = 0; node < nodeCount; node++) {
    // The last term keeps empty nodes apart, so that a part can always be cut.
    weight[node] = activity.residents[node] / residentsSum + activity.jobs[node] / jobsSum + 1e-3 / nodeCount
  }
  const gateways = findGateways(extract, network, projection, residentsSum).slice(0, MAX_GATEWAYS)
  const gatewayNodes = new Set(gateways.map((gateway) => gateway.node))
  const inner = Array.from({ length: nodeCount }, (_, node) => node).filter((node) => !gatewayNodes.has(node))
  const parts = cut(inner, zoneCount(nodeCount), weight, network)

  const count = parts.length + gateways.length
  const zone = new Uint16Array(nodeCount)
  const columns = {
    xM: new Float32Array(count),
    yM: new Float32Array(count),
    residents: new Float32Array(count),
    jobs: new Float32Array(count),
    attraction: new Float32Array(count),
  }
  ;[...parts, ...gateways.map((gateway) => [gateway.node])].forEach((nodes, row) => {
    for (const node of nodes) {
      zone[node] = row
      columns.residents[row] += activity.residents[node]
      columns.jobs[row] += activity.jobs[node]
      columns.attraction[row] += activity.attraction[node]
    }
    const centre = centralNode(nodes, weight, network)
    columns.xM[row] = network.nodes.xM[centre]
    columns.yM[row] = network.nodes.yM[centre]
  })
  gateways.forEach((gateway, i) => {
    columns.residents[parts.length + i] += gateway.residents
    columns.jobs[parts.length + i] += gateway.jobs
    columns.attraction[parts.length + i] += gateway.attraction
  })
  const places = namedPlaces(extract, projection)
  const names = nameZones(parts.length, zone, columns, network, places)
  const gatewayNames = gateways.map(({ road }, i) => {
    const row = parts.length + i
    return GATEWAY_MARK + (road || nearestPlace(places, columns.xM[row], columns.yM[row]) || `${i + 1}`)
  })
  return {
    zones: { ...columns, name: [...names, ...gatewayNames] },
    nodes: { zone },
  }
}

/** The row of the zone nearest to a position, by its nearest node. */
export function makeZoneFinder(network: RoadNetwork, zones: Zones): (xM: number, yM: number) => number {
  const nodeAt = makeNodeFinder(network)
  return (xM, yM) => zones.nodes.zone[nodeAt(xM, yM)]
}

function zoneCount(nodeCount: number): number {
  // x^(3/4) by square roots, which are the same on every engine.
  const wanted = Math.round((Math.sqrt(nodeCount) * Math.sqrt(Math.sqrt(nodeCount))) / 5)
  return Math.min(Math.max(wanted, ZONES_RANGE[0]), ZONES_RANGE[1])
}

/** `count` parts of `nodes` (fewer when there are fewer nodes), of about equal weight. */
function cut(nodes: number[], count: number, weight: Float64Array, network: RoadNetwork): number[][] {
  if (count <= 1 || nodes.length <= 1) return nodes.length > 0 ? [nodes] : []
  const { xM, yM } = network.nodes
  const [axisX, axisY] = longAxis(nodes, weight, network)
  const along = (node: number) => xM[node] * axisX + yM[node] * axisY
  const sorted = [...nodes].sort((a, b) => along(a) - along(b) || a - b)
  const left = count >> 1
  const sum = nodes.reduce((sum, node) => sum + weight[node], 0)
  let at = 0
  let below = 0
  while (at < sorted.length - 1 && (at === 0 || below + weight[sorted[at]] / 2 < (sum * left) / count)) {
    below += weight[sorted[at]]
    at++
  }
  return [
    ...cut(sorted.slice(0, at), left, weight, network),
    ...cut(sorted.slice(at), count - left, weight, network),
  ]
}

/** The direction in which the nodes spread most: the first principal axis of their positions. */
function longAxis(nodes: readonly number[], weight: Float64Array, network: RoadNetwork): [number, number] {
  const { xM, yM } = network.nodes
  let sum = 0
  let meanX = 0
  let meanY = 0
  for (const node of nodes) {
    sum += weight[node]
    meanX += weight[node] * xM[node]
    meanY += weight[node] * yM[node]
  }
  meanX /= sum
  meanY /= sum
  let xx = 0
  let xy = 0
  let yy = 0
  for (const node of nodes) {
    const dx = xM[node] - meanX
    const dy = yM[node] - meanY
    xx += weight[node] * dx * dx
    xy += weight[node] * dx * dy
    yy += weight[node] * dy * dy
  }
  const half = (xx - yy) / 2
  const root = Math.sqrt(half * half + xy * xy)
  // The eigenvector of the larger eigenvalue, written the way that does not cancel.
  const axis: [number, number] = half >= 0 ? [half + root, xy] : [xy, root - half]
  return axis[0] === 0 && axis[1] === 0 ? [1, 0] : axis
}

/** The node nearest to the weighted middle of `nodes`. */
function centralNode(nodes: readonly number[], weight: Float64Array, network: RoadNetwork): number {
  const { xM, yM } = network.nodes
  let sum = 0
  let x = 0
  let y = 0
  for (const node of nodes) {
    sum += weight[node]
    x += weight[node] * xM[node]
    y += weight[node] * yM[node]
  }
  const off = (node: number) => (xM[node] - x / sum) ** 2 + (yM[node] - y / sum) ** 2
  return nodes.reduce((best, node) => (off(node) < off(best) ? node : best))
}
