/**
 * The streets of a city as static assignment takes them: of every link the time, the capacity and what a driver makes of it,
 * as the dynamic model has them at an hour, its knobs included.
 *
 * Everything is turned round: zones are where trips end, and a tree grows from each against the way that is driven, as in the
 * dynamic model. Trips may then begin at any number of crossings, and no more trees are needed. Costs are the same either way.
 */
import { TICKS_PER_S } from '../../kernel/clock.ts'
import { exp } from '../../kernel/math.ts'
import { busyHeadwayS } from '../../traffic/allWayStop.ts'
import type { AssignmentNetwork } from '../../traffic/assignment/graph.ts'
import { SHARED_TICKS } from '../../traffic/junctions.ts'
import type { RoadNetwork } from '../../traffic/network.ts'
import { weightOf, type Routes } from '../../traffic/routes.ts'
import { NO_STAGE } from '../../traffic/signals.ts'
import { LONE_WAIT_S, turnRules } from '../../traffic/turns.ts'
import type { World } from '../../traffic/world.ts'

/**
 * How random what comes is, in the time-dependent delay of Akçelik (1991, "Travel time functions for transport planning purposes",
 * Australian Road Research 21(3)): his values for streets without a wait, with signals, and of high friction.
 */
const RANDOMNESS = { free: 0.2, signal: 0.4, sign: 0.8 } as const
/**
 * Delay rises with this power of flow over capacity: through Akçelik's delay of an hour at capacity, and within some seconds of it
 * from half of capacity to a tenth above. Above that it is less than his.
 */
const POWER = 6
/** Whoever waits long takes smaller gaps: no lane carries less, vehicles an hour. Assumed. */
const LEAST_AT_SIGN_VPH = 120

/** What an hour and edits make of the streets beside the knobs of `world`. */
export interface StreetState {
  /** What street life leaves of the free speed, 0 to 1. */
  readonly drivingFactor: number
  /** By link: vehicles an hour, for those that wait for gaps in them; none when left out. */
  readonly flowVph?: ArrayLike<number>
  /** By link: lanes that are built. */
  readonly lanesAdded?: ArrayLike<number>
}

export interface Streets {
  /** Of a state, for the knobs of `world` as they stand. Its nodes are the same columns each time. */
  network(state: StreetState): AssignmentNetwork
  /** By crossing: its node. Zone `z` is node `z`. */
  readonly nodeOf: Uint32Array
}

/** Links keep their rows; those from crossings into zones follow them. */
export function layStreets(world: World): Streets {
  const { roads, routes, closedToCars } = world
  const { linkCount, nodeCount } = roads
  const { zoneCount } = routes
  const nodeOf = nearTogether(roads.network.nodes, zoneCount)
  const ends = endsOf(routes)
  const rows = linkCount + ends.node.length
  const links = roads.network.links
  const from = new Uint32Array(rows)
  const to = new Uint32Array(rows)
  for (let link = 0; link < linkCount; link++) {
    from[link] = nodeOf[links.toNode[link]]
    to[link] = nodeOf[links.fromNode[link]]
  }
  ends.node.forEach((node, i) => {
    from[linkCount + i] = ends.zone[i]
    to[linkCount + i] = nodeOf[node]
  })
  const power = new Float64Array(rows).fill(POWER)
  return {
    nodeOf,
    network(state) {
      const column = () => new Float64Array(rows)
      const [capacity, freeFlowTime, b, fixedCost] = [column(), column(), column(), column()]
      for (let link = 0; link < linkCount; link++) {
        const { vph, randomness } = capacityOf(world, link, state)
        const freeS = loneS(world, link, state.drivingFactor)
        capacity[link] = vph
        freeFlowTime[link] = freeS
        b[link] = delayAtCapacityS(vph, randomness) / freeS
        fixedCost[link] = (weightOf(roads, link) - 1) * (roads.freeTicks[link] / TICKS_PER_S)
      }
      const isClosed = new Uint8Array(rows)
      isClosed.set(closedToCars)
      return {
        nodeCount: zoneCount + nodeCount,
        zoneCount,
        firstThruNode: zoneCount,
        fromNode: from,
        toNode: to,
        capacity,
        freeFlowTime,
        b,
        power,
        fixedCost,
        isClosed,
      }
    },
  }
}

/** Numbers crossings from `first` on along Morton's curve: neighbours lie near each other in memory, and trees grow faster. */
function nearTogether({ xM, yM }: RoadNetwork['nodes'], first: number): Uint32Array {
  const steps = (m: Float32Array) => {
    let [least, most] = [Infinity, -Infinity]
    for (const at of m) [least, most] = [Math.min(least, at), Math.max(most, at)]
    return (node: number) => Math.round(((m[node] - least) / Math.max(1, most - least)) * 0x7fff)
  }
  const [x, y] = [steps(xM), steps(yM)]
  const place = Uint32Array.from(xM, (_, node) => spread(x(node)) | (spread(y(node)) << 1))
  const order = Uint32Array.from(xM, (_, node) => node).sort((a, b) => place[a] - place[b] || a - b)
  const nodeOf = new Uint32Array(xM.length)
  order.forEach((node, i) => (nodeOf[node] = first + i))
  return nodeOf
}

/** The lowest fifteen bits of a number, each with a nought before it. */
function spread(bits: number): number {
  let wide = bits
  wide = (wide | (wide << 8)) & 0x00ff00ff
  wide = (wide | (wide << 4)) & 0x0f0f0f0f
  wide = (wide | (wide << 2)) & 0x33333333
  return (wide | (wide << 1)) & 0x55555555
}

/** Seconds an otherwise empty link takes, with the mean wait at its end. */
function loneS({ roads, turns, plans, tables }: World, link: number, drivingFactor: number): number {
  const driveS = Math.round(roads.freeTicks[link] / drivingFactor) / TICKS_PER_S
  const signal = plans.stageOfLink[link] === NO_STAGE ? -1 : plans.signalOfLink[link]
  const isDark = signal >= 0 && tables.signals.columns.mode[signal] !== 0
  return driveS + (isDark ? LONE_WAIT_S.allWayStop : turns.linkWaitS[link])
}

/** Mean delay of a vehicle in the hour in which a link carries its capacity, seconds. */
function delayAtCapacityS(capacityVph: number, randomness: number): number {
  return 900 * Math.sqrt((8 * randomness) / capacityVph)
}

interface Capacity {
  readonly vph: number
  readonly randomness: number
}

/** Vehicles an hour that a link lets out at its end. */
function capacityOf(world: World, link: number, state: StreetState): Capacity {
  const { roads, turns, plans, tables } = world
  const lanes = bitsOf(roads.carLanes[link]) + (state.lanesAdded?.[link] ?? 0)
  const headS = roads.headTicks[link] / TICKS_PER_S
  const ofLane = 3600 / headS
  const stage = plans.stageOfLink[link]
  if (stage !== NO_STAGE) {
    const signal = plans.signalOfLink[link]
    if (tables.signals.columns.mode[signal] !== 0) return allWay(world, link, lanes)
    const greenS = plans.greenEndS[signal * 2 + stage] - plans.greenStartS[signal * 2 + stage]
    return { vph: (lanes * ofLane * greenS) / plans.cycleS[signal], randomness: RANDOMNESS.signal }
  }
  let sum = 0
  let count = 0
  let isWaiting = false
  const { reverseLink } = roads.network.links
  const firstOut = roads.outStart[roads.toNode[link]]
  for (let turn = turns.firstTurn[link]; turn < turns.firstTurn[link + 1]; turn++) {
    if (roads.outLink[firstOut + turn - turns.firstTurn[link]] === reverseLink[link]) continue
    const rule = turns.rule[turn]
    if (rule === turnRules.allWayStop) return allWay(world, link, lanes)
    if (rule !== turnRules.free) isWaiting = true
    count++
    if (rule === turnRules.gap) sum += Math.min(ofLane, ofGaps(world, turn, state.flowVph))
    // every other one comes from another arm
    else if (rule === turnRules.shared) sum += 3600 / (headS + SHARED_TICKS / TICKS_PER_S)
    else sum += ofLane
  }
  const each = count === 0 ? ofLane : sum / count
  return { vph: lanes * each, randomness: isWaiting ? RANDOMNESS.sign : RANDOMNESS.free }
}

function allWay({ roads }: World, link: number, lanes: number): Capacity {
  const node = roads.toNode[link]
  let widest = 1
  for (let i = roads.inStart[node]; i < roads.inStart[node + 1]; i++) {
    const other = roads.inLink[i]
    widest = Math.max(widest, roads.firstLane[other + 1] - roads.firstLane[other])
  }
  return { vph: (lanes * 3600) / busyHeadwayS(widest), randomness: RANDOMNESS.sign }
}

/** Siegloch's capacity of a turn that waits for gaps (see `junctions.ts`), vehicles an hour and lane. */
function ofGaps({ turns }: World, turn: number, flowVph: ArrayLike<number> | undefined): number {
  const criticalS = turns.gapTicks[turn] / TICKS_PER_S
  const followS = turns.followTicks[turn] / TICKS_PER_S
  let perS = 0
  if (flowVph !== undefined)
    for (let i = turns.conflictStart[turn]; i < turns.conflictStart[turn + 1]; i++)
      perS += flowVph[turns.conflictLink[i]] / 3600
  return Math.max(LEAST_AT_SIGN_VPH, (3600 * exp(-perS * (criticalS - followS / 2))) / followS)
}

/** The crossings at which trips to a zone end, as drivers of the first habit know them. */
function endsOf({ zoneCount, endStart, endNode }: Routes): {
  readonly zone: number[]
  readonly node: number[]
} {
  const zone: number[] = []
  const node: number[] = []
  for (let each = 0; each < zoneCount; each++)
    for (const end of new Set(endNode.subarray(endStart[each], endStart[each + 1]))) {
      zone.push(each)
      node.push(end)
    }
  return { zone, node }
}

function bitsOf(mask: number): number {
  let count = 0
  for (let left = mask; left !== 0; left &= left - 1) count++
  return count
}
