/** The drivable network of a city from OpenStreetMap's ways: junction nodes and directed links, the part where all reach all. */
import { localFromLngLat, type Local, type Projection } from '../../twin/geo/projection.ts'
import { linkControls, type RoadNetwork } from '../../twin/traffic/network.ts'
import { clusterSignals, distancesAlong, placeMarks, roadMarkFromTags, type RoadMark } from './controls.ts'
import { keyOf } from './joinPieces.ts'
import { mortonCode } from './morton.ts'
import type { OsmExtract } from './osm.ts'
import { roadFromTags } from './roadTags.ts'
import {
  endOf,
  joinAlike,
  openLoops,
  startOf,
  streetsFromWays,
  type RoadWay,
  type Street,
} from './streets.ts'
import { largestStrongComponent } from './strongComponent.ts'

const SIGNAL = linkControls.indexOf('signal')

/** The network, and what was left out because it is cut off from the rest (islands, one-way ends at the map's edge). */
export interface MadeNetwork {
  readonly network: RoadNetwork
  readonly droppedM: number
  readonly keptM: number
}

/** Throws when no way of the extract is a road for cars. */
export function makeNetwork(extract: OsmExtract, projection: Projection): RoadNetwork {
  return makeNetworkWithReport(extract, projection).network
}

export function makeNetworkWithReport(extract: OsmExtract, projection: Projection): MadeNetwork {
  const { ways, at, marks } = readRoads(extract, projection)
  if (ways.length === 0)
    throw new Error('the source has no roads for cars (no way with a drivable highway tag)')
  const marked = placeMarks(streetsFromWays(ways, at.length), marks, at)
  const joined = joinAlike(marked.streets, (vertex) => marked.signalNodes.has(vertex))
  const all = openLoops(joined)
  const kept = connectedStreets(all, at.length)
  const signalOf = clusterSignals(kept, marked.signalNodes, at)
  const keptM = totalM(kept, at)
  if (kept.length === 0) throw new Error('the source has no roads that lead back to where they began')
  return { network: columnsOf(kept, signalOf, at), keptM, droppedM: totalM(all, at) - keptM }
}

/** Ways as rows of a list of positions that they share, and what stands at those positions. */
function readRoads(extract: OsmExtract, projection: Projection) {
  const rowOf = new Map<string, number>()
  const at: Local[] = []
  const ways: RoadWay[] = []
  for (const way of extract.ways) {
    const road = roadFromTags(way.tags)
    if (road === undefined) continue
    const vertices: number[] = []
    for (const position of way.course) {
      const key = keyOf(position)
      let row = rowOf.get(key)
      if (row === undefined) {
        rowOf.set(key, (row = at.length))
        at.push(localFromLngLat(projection, position))
      }
      if (vertices[vertices.length - 1] !== row) vertices.push(row)
    }
    if (vertices.length > 1) ways.push({ id: way.id, road, vertices })
  }
  const marks = new Map<number, RoadMark>()
  for (const node of extract.nodes) {
    const mark = roadMarkFromTags(node.tags)
    const row = mark && rowOf.get(keyOf(node.at))
    if (mark !== undefined && row !== undefined) marks.set(row, mark)
  }
  return { ways, at, marks }
}

function connectedStreets(streets: readonly Street[], vertexCount: number): Street[] {
  const from: number[] = []
  const to: number[] = []
  for (const street of streets) {
    if (street.road.forwardLanes > 0) {
      from.push(startOf(street))
      to.push(endOf(street))
    }
    if (street.road.backwardLanes > 0) {
      from.push(endOf(street))
      to.push(startOf(street))
    }
  }
  const isKept = largestStrongComponent(vertexCount, from, to)
  return streets.filter((street) => isKept[startOf(street)] === 1 && isKept[endOf(street)] === 1)
}

function totalM(streets: readonly Street[], at: readonly Local[]): number {
  return streets.reduce((sum, street) => sum + distancesAlong(street, at).at(-1)!, 0)
}

/** One directed link: a street, driven forward or backward. */
interface Link {
  street: Street
  isForward: boolean
  reverse: number
}

function columnsOf(
  streets: Street[],
  signalOf: ReadonlyMap<number, number>,
  at: readonly Local[],
): RoadNetwork {
  const middle = (street: Street) => mortonCode(at[street.vertices[street.vertices.length >> 1]])
  const sorted = streets
    .map((street) => ({ street, code: middle(street) }))
    .sort(
      (a, b) =>
        a.street.road.roadClass - b.street.road.roadClass ||
        a.code - b.code ||
        a.street.wayId - b.street.wayId,
    )
  const links: Link[] = []
  for (const { street } of sorted) {
    const isBoth = street.road.forwardLanes > 0 && street.road.backwardLanes > 0
    const first = links.length
    if (street.road.forwardLanes > 0)
      links.push({ street, isForward: true, reverse: isBoth ? first + 1 : -1 })
    if (street.road.backwardLanes > 0) links.push({ street, isForward: false, reverse: isBoth ? first : -1 })
  }
  const nodes = [...new Set(streets.flatMap((street) => [startOf(street), endOf(street)]))]
  nodes.sort((a, b) => mortonCode(at[a]) - mortonCode(at[b]) || a - b)
  const nodeRow = new Map(nodes.map((vertex, row) => [vertex, row]))
  const names = ['']
  const nameRow = new Map([['', 0]])
  const shapeX: number[] = []
  const shapeY: number[] = []
  const columns = emptyColumns(links.length)
  links.forEach((link, row) => {
    const { road, vertices } = link.street
    const course = link.isForward ? vertices : [...vertices].reverse()
    const end = course[course.length - 1]
    columns.fromNode[row] = nodeRow.get(course[0])!
    columns.toNode[row] = nodeRow.get(end)!
    columns.lengthM[row] = Math.max(distancesAlong(link.street, at).at(-1)!, 0.01)
    columns.lanes[row] = link.isForward ? road.forwardLanes : road.backwardLanes
    columns.freeSpeedMps[row] = road.speedMps
    columns.roadClass[row] = road.roadClass
    columns.name[row] = rowOfName(road.name)
    columns.reverseLink[row] = link.reverse
    const signal = signalOf.get(end)
    const isInside = signal !== undefined && signalOf.get(course[0]) === signal
    columns.signal[row] = signal === undefined || isInside ? -1 : signal
    const sign = link.isForward ? link.street.controlAtEnd : link.street.controlAtStart
    columns.control[row] = columns.signal[row] >= 0 ? SIGNAL : isInside ? 0 : sign
    columns.isTagged[row] = road.tagged
    columns.osmWayId[row] = link.street.wayId
    columns.shapeStart[row] = shapeX.length
    columns.shapeCount[row] = course.length
    for (const vertex of course) {
      shapeX.push(at[vertex][0])
      shapeY.push(at[vertex][1])
    }
  })
  return {
    nodes: { xM: Float32Array.from(nodes, (v) => at[v][0]), yM: Float32Array.from(nodes, (v) => at[v][1]) },
    links: columns,
    shape: { xM: Float32Array.from(shapeX), yM: Float32Array.from(shapeY) },
    names: { text: names },
    signals: signalPositions(signalOf, at),
  }

  function rowOfName(name: string): number {
    let row = nameRow.get(name)
    if (row === undefined) {
      if (names.length > 0xffff) throw new Error('network: more than 65,535 street names')
      nameRow.set(name, (row = names.length))
      names.push(name)
    }
    return row
  }
}

function emptyColumns(rows: number): RoadNetwork['links'] {
  return {
    fromNode: new Uint32Array(rows),
    toNode: new Uint32Array(rows),
    lengthM: new Float32Array(rows),
    lanes: new Uint8Array(rows),
    freeSpeedMps: new Float32Array(rows),
    roadClass: new Uint8Array(rows),
    name: new Uint16Array(rows),
    reverseLink: new Int32Array(rows),
    control: new Uint8Array(rows),
    signal: new Int32Array(rows),
    isTagged: new Uint8Array(rows),
    osmWayId: new Float64Array(rows),
    shapeStart: new Uint32Array(rows),
    shapeCount: new Uint16Array(rows),
  }
}

/** A signal stands in the middle of its nodes. */
function signalPositions(
  signalOf: ReadonlyMap<number, number>,
  at: readonly Local[],
): RoadNetwork['signals'] {
  const count = new Set(signalOf.values()).size
  const xM = new Float64Array(count)
  const yM = new Float64Array(count)
  const nodes = new Uint32Array(count)
  for (const [vertex, signal] of signalOf) {
    xM[signal] += at[vertex][0]
    yM[signal] += at[vertex][1]
    nodes[signal]++
  }
  return {
    xM: Float32Array.from(xM, (sum, signal) => sum / nodes[signal]),
    yM: Float32Array.from(yM, (sum, signal) => sum / nodes[signal]),
  }
}
