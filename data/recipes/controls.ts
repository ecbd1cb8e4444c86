/** Signals, stop signs, give-way signs and level crossings: from points on the map to what a driver meets at a street's end. */
import type { Local } from '../../twin/geo/projection.ts'
import { linkControls } from '../../twin/traffic/network.ts'
import type { Tags } from './osm.ts'
import { cutAt, endOf, startOf, type Street } from './streets.ts'

const NONE = linkControls.indexOf('none')
const STOP = linkControls.indexOf('stop')
const GIVE_WAY = linkControls.indexOf('giveWay')
const LEVEL_CROSSING = linkControls.indexOf('levelCrossing')

/** A signal mapped on its stop line belongs to the junction within this many metres; farther off it is a crossing of its own. Assumed. */
const SIGNAL_REACH_M = 40
/** The same for stop and give-way signs, which stand no farther from the junction they speak of. Assumed. */
const SIGN_REACH_M = 100
/** Signal nodes of one crossing lie within this many metres of street (the two carriageways of an avenue). Assumed. */
const CLUSTER_REACH_M = 30

/** What stands at a vertex. */
export interface RoadMark {
  readonly kind: 'signal' | 'stop' | 'giveWay' | 'levelCrossing'
  /** Which way along the street it speaks to, where it says so. */
  readonly toward: 'forward' | 'backward' | 'unknown'
}

export function roadMarkFromTags(tags: Tags): RoadMark | undefined {
  const toward = directionFromTag(tags['traffic_signals:direction'] ?? tags.direction)
  if (tags.highway === 'traffic_signals') return { kind: 'signal', toward }
  if (tags.highway === 'stop') return { kind: 'stop', toward }
  if (tags.highway === 'give_way') return { kind: 'giveWay', toward }
  if (tags.railway === 'level_crossing') return { kind: 'levelCrossing', toward }
  return undefined
}

function directionFromTag(value: string | undefined): RoadMark['toward'] {
  return value === 'forward' || value === 'backward' ? value : 'unknown'
}

/** Streets with their signs, cut at level crossings and lone signals; and the nodes that carry a signal. */
export function placeMarks(
  streets: readonly Street[],
  marks: ReadonlyMap<number, RoadMark>,
  at: readonly Local[],
): { streets: Street[]; signalNodes: Set<number> } {
  const signalNodes = new Set<number>()
  const nodeClass = lowestClassAt(streets)
  const placed = streets.flatMap((street) => {
    const cuts = new Set<number>()
    let { controlAtEnd, controlAtStart } = street
    const alongM = distancesAlong(street, at)
    const lengthM = alongM[alongM.length - 1]
    street.vertices.forEach((vertex, i) => {
      const mark = marks.get(vertex)
      if (mark === undefined) return
      const isEnd = i === alongM.length - 1
      const isInner = i > 0 && !isEnd
      if (mark.kind === 'signal') {
        if (!isInner) signalNodes.add(vertex)
        else if (Math.min(alongM[i], lengthM - alongM[i]) > SIGNAL_REACH_M) cuts.add(vertex)
        else signalNodes.add(alongM[i] < lengthM - alongM[i] ? startOf(street) : endOf(street))
      } else if (mark.kind === 'levelCrossing') {
        if (isInner) cuts.add(vertex)
        else if (isEnd) controlAtEnd = LEVEL_CROSSING
        else controlAtStart = LEVEL_CROSSING
      } else {
        const control = mark.kind === 'stop' ? STOP : GIVE_WAY
        if (!isInner) {
          // On the junction itself a sign speaks to the lesser of the streets that meet there.
          if (street.road.roadClass < nodeClass.get(vertex)!) return
          if (isEnd) controlAtEnd = control
          else controlAtStart = control
        } else if (facesEnd(street, mark, alongM[i] > lengthM / 2)) {
          if (lengthM - alongM[i] <= SIGN_REACH_M) controlAtEnd = control
        } else if (alongM[i] <= SIGN_REACH_M) controlAtStart = control
      }
    })
    const whole: Street = { ...street, controlAtEnd, controlAtStart }
    if (cuts.size === 0) return [whole]
    return cutAt(whole, (vertex) => cuts.has(vertex)).map((piece) => ({
      ...piece,
      controlAtEnd: controlOfCut(endOf(piece), piece.controlAtEnd),
      controlAtStart: controlOfCut(startOf(piece), piece.controlAtStart),
    }))

    function controlOfCut(vertex: number, otherwise: number): number {
      if (!cuts.has(vertex)) return otherwise
      if (marks.get(vertex)!.kind === 'levelCrossing') return LEVEL_CROSSING
      signalNodes.add(vertex)
      return NONE
    }
  })
  return { streets: placed, signalNodes }
}

/** Whether an inner sign speaks to those driving forward. */
function facesEnd(street: Street, mark: RoadMark, isNearerEnd: boolean): boolean {
  if (street.road.backwardLanes === 0) return true
  if (street.road.forwardLanes === 0) return false
  return mark.toward === 'unknown' ? isNearerEnd : mark.toward === 'forward'
}

/** The least important class that meets at each node. */
function lowestClassAt(streets: readonly Street[]): Map<number, number> {
  const lowest = new Map<number, number>()
  for (const street of streets) {
    for (const node of [startOf(street), endOf(street)]) {
      lowest.set(node, Math.max(lowest.get(node) ?? 0, street.road.roadClass))
    }
  }
  return lowest
}

/**
 * The signal of each signalised node: nodes of one crossing share one. Streets no longer than the reach join two signal nodes,
 * and draw in the untagged nodes of a one-way crossing, since an avenue's second carriageway obeys the same signal.
 */
export function clusterSignals(
  streets: readonly Street[],
  signalNodes: ReadonlySet<number>,
  at: readonly Local[],
): Map<number, number> {
  const leader = new Map<number, number>()
  const find = (node: number): number => {
    let root = node
    while (leader.get(root)! !== root) root = leader.get(root)!
    leader.set(node, root)
    return root
  }
  const degree = new Map<number, number>()
  for (const street of streets) {
    for (const node of [startOf(street), endOf(street)]) degree.set(node, (degree.get(node) ?? 0) + 1)
  }
  for (const node of signalNodes) if (degree.has(node)) leader.set(node, node)
  for (const street of streets) {
    const [a, b] = [startOf(street), endOf(street)]
    const isOneWay = street.road.forwardLanes === 0 || street.road.backwardLanes === 0
    const isJunction = Math.min(degree.get(a)!, degree.get(b)!) > 2
    const joins = signalNodes.has(a) && signalNodes.has(b)
    const drawsIn = (signalNodes.has(a) || signalNodes.has(b)) && isOneWay && isJunction
    if (!joins && !drawsIn) continue
    const alongM = distancesAlong(street, at)
    if (alongM[alongM.length - 1] > CLUSTER_REACH_M) continue
    for (const node of [a, b]) if (!leader.has(node)) leader.set(node, node)
    leader.set(find(a), find(b))
  }
  const rows = new Map<number, number>()
  const signalOf = new Map<number, number>()
  for (const node of leader.keys()) {
    const root = find(node)
    if (!rows.has(root)) rows.set(root, rows.size)
    signalOf.set(node, rows.get(root)!)
  }
  return signalOf
}

/** Metres from the start to each vertex. */
export function distancesAlong(street: Street, at: readonly Local[]): number[] {
  const alongM = [0]
  for (let i = 1; i < street.vertices.length; i++) {
    const [ax, ay] = at[street.vertices[i - 1]]
    const [bx, by] = at[street.vertices[i]]
    alongM.push(alongM[i - 1] + Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2))
  }
  return alongM
}
