/** The network as the engine drives it: lanes with storage and times in ticks, links by node, turns. Made once from the city; what planners' knobs change of it is in `roadEdits.ts`. */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { atan2, PI } from '../kernel/math.ts'
import type { TrafficParameters } from './calibrationParameters.ts'
import { freeTicksAt, MIN_SPEED_MPS } from './drivingTimes.ts'
import type { RoadNetwork } from './network.ts'

/** Road taken by one standing vehicle with its gap (jam spacing of the triangular diagram, metres); usual in kinematic-wave models. */
export const JAM_SPACING_M = 7.5

/** Speed at which `saturationHeadwayS` holds, m/s (50 km/h). */
const SATURATION_SPEED_MPS = 13.89

/** A lane mask is a byte; lanes beyond are not modelled. */
const MAX_LANES = 8

export interface Roads {
  readonly network: RoadNetwork
  readonly nodeCount: number
  readonly linkCount: number
  readonly laneCount: number
  /** Links out of a node: `outLink[outStart[node] … outStart[node + 1]]`, in order of their rows. */
  readonly outStart: Uint32Array
  readonly outLink: Uint32Array
  readonly inStart: Uint32Array
  readonly inLink: Uint32Array
  readonly toNode: Uint32Array
  /** Lanes of a link: rows `firstLane[link]` (kerb) to `firstLane[link + 1]` − 1 (left). */
  readonly firstLane: Uint32Array
  readonly laneLink: Uint32Array
  /** By link: the lane next to the kerb that is open, which buses drive in; how many lanes are open; those open to cars, bit i for lane i. */
  readonly kerbLane: Uint32Array
  readonly openLanes: Uint8Array
  readonly carLanes: Uint8Array
  /** By link: how much longer than it is a driver counts its time when choosing a route; 1 where nothing was edited. */
  readonly timeWeight: Float64Array
  /** Vehicles one lane of the link holds. */
  readonly storage: Uint16Array
  /** First slot of a lane's ring of `storage` vehicles. */
  readonly ringStart: Uint32Array
  /** By link, ticks: empty link driven through; a gap travelling back over it; headway of vehicles leaving a queue. */
  readonly freeTicks: Int32Array
  /** As freeTicks, at this hour's driving speed. */
  readonly driveTicks: Int32Array
  readonly holeTicks: Int32Array
  readonly headTicks: Int32Array
  /** By link: metres driven in one tick at this hour's driving speed. */
  readonly mPerTick: Float32Array
  readonly lengthM: Float32Array
  /** Degrees from east, counter-clockwise, on leaving a link's start and on reaching its end. */
  readonly startDeg: Int16Array
  readonly endDeg: Int16Array
}

/**
 * Lays out the network for the engine. By Newell's simplified kinematic-wave theory (1993, 2002) a lane follows a triangular
 * diagram: free speed v, jam spacing s and wave time τ per vehicle, so that the headway of a queue is τ + s / v and a gap
 * travels back at s / τ. τ follows from the saturation headway at 50 km/h. Storage is rounded up so that a short link never
 * throttles a long one. The junction delay lengthens the drive and shortens the gap's way back by the same, which leaves
 * capacity as it was.
 */
export function makeRoads(network: RoadNetwork, parameters: TrafficParameters): Roads {
  const { fromNode, toNode, lengthM, lanes, freeSpeedMps } = network.links
  const nodeCount = network.nodes.xM.length
  const linkCount = fromNode.length
  const [outStart, outLink] = linksByNode(nodeCount, fromNode)
  const [inStart, inLink] = linksByNode(nodeCount, toNode)
  const firstLane = new Uint32Array(linkCount + 1)
  for (let link = 0; link < linkCount; link++)
    firstLane[link + 1] = firstLane[link] + Math.max(1, Math.min(MAX_LANES, lanes[link]))
  const laneCount = firstLane[linkCount]
  const roads = {
    network,
    nodeCount,
    linkCount,
    laneCount,
    outStart,
    outLink,
    inStart,
    inLink,
    toNode,
    firstLane,
    laneLink: new Uint32Array(laneCount),
    kerbLane: firstLane.slice(0, linkCount),
    openLanes: new Uint8Array(linkCount),
    carLanes: new Uint8Array(linkCount),
    timeWeight: new Float64Array(linkCount).fill(1),
    storage: new Uint16Array(linkCount),
    ringStart: new Uint32Array(laneCount + 1),
    freeTicks: new Int32Array(linkCount),
    driveTicks: new Int32Array(linkCount),
    holeTicks: new Int32Array(linkCount),
    headTicks: new Int32Array(linkCount),
    mPerTick: new Float32Array(linkCount),
    lengthM,
    startDeg: new Int16Array(linkCount),
    endDeg: new Int16Array(linkCount),
  }
  for (let link = 0; link < linkCount; link++) {
    setLinkTimes(roads, parameters, link, freeSpeedMps[link], 1)
    roads.openLanes[link] = firstLane[link + 1] - firstLane[link]
    roads.carLanes[link] = (1 << roads.openLanes[link]) - 1
    roads.storage[link] = Math.min(65535, Math.ceil(Math.max(1, lengthM[link]) / JAM_SPACING_M))
    for (let lane = firstLane[link]; lane < firstLane[link + 1]; lane++) {
      roads.laneLink[lane] = link
      roads.ringStart[lane + 1] = roads.ringStart[lane] + roads.storage[link]
    }
    setHeadings(roads, link)
  }
  setDrivingSpeed(roads, 1)
  return roads
}

/**
 * Sets the times of one link for a speed limit and for what something beside the road leaves of its capacity, 0 to 1: as the
 * headway of a queue is then longer and free speed and jam spacing are not, the wave time is what grows.
 */
export function setLinkTimes(
  roads: Pick<Roads, 'network' | 'outStart' | 'outLink' | 'inStart' | 'inLink' | 'lengthM' | 'toNode'> &
    Pick<Roads, 'freeTicks' | 'holeTicks' | 'headTicks'>,
  parameters: TrafficParameters,
  link: number,
  limitMps: number,
  capacityFactor: number,
): void {
  const speedMps = Math.max(MIN_SPEED_MPS, limitMps * parameters.freeSpeedFactor)
  const length = Math.max(1, roads.lengthM[link])
  const delayS = isJunction(roads, roads.toNode[link]) ? parameters.linkDelayS : 0
  const spacingS = JAM_SPACING_M / speedMps
  const freeWaveS = Math.max(0.5, parameters.saturationHeadwayS - JAM_SPACING_M / SATURATION_SPEED_MPS)
  const waveS = freeWaveS + (freeWaveS + spacingS) * (1 / capacityFactor - 1)
  roads.freeTicks[link] = freeTicksAt(length, speedMps, delayS)
  roads.holeTicks[link] = Math.max(1, Math.round(((waveS * length) / JAM_SPACING_M - delayS) * TICKS_PER_S))
  roads.headTicks[link] = Math.round((waveS + spacingS) * TICKS_PER_S)
}

/** Sets what a lone driver needs for each link at this hour, when street life leaves `factor` of the free speed. */
export function setDrivingSpeed(roads: Roads, factor: number): void {
  for (let link = 0; link < roads.linkCount; link++) setLinkSpeed(roads, link, factor)
}

/** As `setDrivingSpeed`, for one link. */
export function setLinkSpeed(roads: Roads, link: number, factor: number): void {
  const { freeTicks, driveTicks, mPerTick, lengthM } = roads
  driveTicks[link] = Math.round(freeTicks[link] / factor)
  mPerTick[link] = Math.max(1, lengthM[link]) / driveTicks[link]
}

/** Whether a driver meets others at a node: more than two neighbours, counting in-links and out-links once a street. */
export function isJunction(
  roads: Pick<Roads, 'network' | 'outStart' | 'outLink' | 'inStart' | 'inLink'>,
  node: number,
): boolean {
  const { reverseLink } = roads.network.links
  let arms = roads.outStart[node + 1] - roads.outStart[node]
  for (let i = roads.inStart[node]; i < roads.inStart[node + 1]; i++)
    if (reverseLink[roads.inLink[i]] < 0) arms++
  return arms > 2
}

/** The turn from heading `fromDeg` to heading `toDeg`: degrees in (−180, 180], left positive. */
export function turnDeg(fromDeg: number, toDeg: number): number {
  const turn = (((toDeg - fromDeg) % 360) + 360) % 360
  return turn > 180 ? turn - 360 : turn
}

/** Counting sort of links by a node column: where each node's links start, and the links. */
function linksByNode(nodeCount: number, node: Uint32Array): [Uint32Array, Uint32Array] {
  const start = new Uint32Array(nodeCount + 1)
  for (const n of node) start[n + 1]++
  for (let n = 0; n < nodeCount; n++) start[n + 1] += start[n]
  const at = start.slice(0, nodeCount)
  const links = new Uint32Array(node.length)
  for (let link = 0; link < node.length; link++) links[at[node[link]]++] = link
  return [start, links]
}

/** Headings of a link's two ends, taken over the first and last stretch of at least this many metres, so that tiny kinks do not count. */
const HEADING_OVER_M = 12

function setHeadings(
  roads: { network: RoadNetwork; startDeg: Int16Array; endDeg: Int16Array },
  link: number,
) {
  const { shapeStart, shapeCount } = roads.network.links
  const { xM, yM } = roads.network.shape
  const first = shapeStart[link]
  const last = first + shapeCount[link] - 1
  if (last <= first) return
  const farFrom = (end: number, step: number) => {
    let i = end + step
    while (i > first && i < last && distance(xM[i] - xM[end], yM[i] - yM[end]) < HEADING_OVER_M) i += step
    return i
  }
  const a = farFrom(first, 1)
  const b = farFrom(last, -1)
  roads.startDeg[link] = degrees(xM[a] - xM[first], yM[a] - yM[first])
  roads.endDeg[link] = degrees(xM[last] - xM[b], yM[last] - yM[b])
}

function distance(dx: number, dy: number): number {
  return Math.sqrt(dx * dx + dy * dy)
}

function degrees(dx: number, dy: number): number {
  return Math.round((atan2(dy, dx) * 180) / PI)
}
