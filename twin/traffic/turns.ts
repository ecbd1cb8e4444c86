/** What a driver may do at the end of a link: the lanes each turn is made from, who has priority, and the gaps accepted. Static. */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { turnDeg, type Roads } from './roads.ts'
import { linkControls } from './network.ts'
import type { SignalPlans } from './signals.ts'

/** How a turn waits: not at all; for its green; for a gap in the streams of `conflictLink`; for whoever came first; as at an all-way stop. */
export const turnRules = { free: 0, signal: 1, gap: 2, shared: 3, allWayStop: 4 } as const

/**
 * Critical gap and follow-up time, seconds: HCM 2000, exhibit 17-5, two-lane major street. A left turn across oncoming
 * traffic from the major street, or under a green shared with it, has the gap of `majorLeft`.
 */
const GAPS = {
  left: [7.1, 3.5],
  through: [6.5, 4.0],
  right: [6.2, 3.3],
  majorLeft: [4.1, 2.2],
} as const

/** Within this angle a turn counts as straight on; beyond the other as turning round (degrees, assumed). */
const STRAIGHT_DEG = 45
const ROUND_DEG = 155
/** Two arms whose headings differ by more than this face each other (degrees, assumed). */
const OPPOSING_DEG = 120

const SIGNAL = linkControls.indexOf('signal')
const STOP = linkControls.indexOf('stop')
const GIVE_WAY = linkControls.indexOf('giveWay')

/** Turn rows of a link: `firstTurn[link] + j`, where j counts the links out of its end node. */
export interface Turns {
  readonly firstTurn: Uint32Array
  /** Bit i: lane i of the link (0 at the kerb) may be used. */
  readonly laneMask: Uint8Array
  readonly rule: Uint8Array
  /** Ticks; 0 where the rule knows no gap. */
  readonly gapTicks: Uint16Array
  readonly followTicks: Uint16Array
  /** Links whose vehicles have priority over the turn. */
  readonly conflictStart: Uint32Array
  readonly conflictLink: Uint32Array
  /** Seconds an unhindered driver loses at the end of a link, for choosing routes (assumed by rule; half the red for a signal). */
  readonly linkWaitS: Float32Array
}

/** Works out every turn of the network; gaps are those of the HCM times `gapFactor`. Traffic keeps to the right. */
export function makeTurns(roads: Roads, signals: SignalPlans, gapFactor: number): Turns {
  const { linkCount, outStart, outLink, toNode, firstLane } = roads
  const firstTurn = new Uint32Array(linkCount + 1)
  for (let link = 0; link < linkCount; link++)
    firstTurn[link + 1] = firstTurn[link] + outStart[toNode[link] + 1] - outStart[toNode[link]]
  const count = firstTurn[linkCount]
  const turns = {
    firstTurn,
    laneMask: new Uint8Array(count),
    rule: new Uint8Array(count),
    gapTicks: new Uint16Array(count),
    followTicks: new Uint16Array(count),
    conflictStart: new Uint32Array(count + 1),
    linkWaitS: new Float32Array(linkCount),
  }
  const conflicts: number[] = []
  for (let link = 0; link < linkCount; link++) {
    const node = toNode[link]
    const outs = Array.from(outLink.subarray(outStart[node], outStart[node + 1]))
    const angles = outs.map((out) => angleOf(roads, link, out))
    const approach = priorityAt(roads, signals, link)
    for (let j = 0; j < outs.length; j++) {
      const turn = firstTurn[link] + j
      const { rule, gap, against } = ruleOf(roads, signals, link, outs[j], angles[j], approach)
      turns.rule[turn] = rule
      if (gap !== undefined) {
        turns.gapTicks[turn] = Math.round(GAPS[gap][0] * gapFactor * TICKS_PER_S)
        turns.followTicks[turn] = Math.round(GAPS[gap][1] * gapFactor * TICKS_PER_S)
      }
      conflicts.push(...against)
      turns.conflictStart[turn + 1] = conflicts.length
    }
    turns.linkWaitS[link] =
      approach.kind === 'signal' ? signalWaitS(signals, link) : LONE_WAIT_S[approach.kind]
  }
  const all = { ...turns, conflictLink: Uint32Array.from(conflicts) }
  for (let link = 0; link < linkCount; link++)
    setLaneMasks(roads, all, link, 0, firstLane[link + 1] - firstLane[link])
  return all
}

/** Has all turns at the end of `link` made from `count` lanes from lane `first` on. */
export function setLaneMasks(roads: Roads, turns: Turns, link: number, first: number, count: number): void {
  const node = roads.toNode[link]
  const angles: number[] = []
  for (let i = roads.outStart[node]; i < roads.outStart[node + 1]; i++)
    angles.push(angleOf(roads, link, roads.outLink[i]))
  laneMasks(count, angles).forEach((mask, j) => (turns.laneMask[turns.firstTurn[link] + j] = mask << first))
}

/**
 * The lanes of a link with `lanes` lanes from which each turn is made, as bit masks; `angles` are degrees, left positive, ±180
 * for turning round. The kerb lane turns right, the last one left; straight on uses all, but for three lanes or more the last
 * is kept for turning left; without a straight on, left and right share the lanes between them.
 */
export function laneMasks(lanes: number, angles: readonly number[]): number[] {
  const all = (1 << lanes) - 1
  const top = 1 << (lanes - 1)
  const forward = angles.filter((angle) => Math.abs(angle) < ROUND_DEG)
  if (lanes === 1 || forward.length <= 1) return angles.map(() => all)
  const hasThrough = forward.some((angle) => Math.abs(angle) <= STRAIGHT_DEG)
  const hasLeft = forward.some((angle) => angle > STRAIGHT_DEG)
  const hasRight = forward.some((angle) => angle < -STRAIGHT_DEG)
  const lower = (1 << ((lanes + 1) >> 1)) - 1
  const upper = all & ~((1 << (lanes >> 1)) - 1)
  return angles.map((angle) => {
    if (Math.abs(angle) >= ROUND_DEG) return top
    if (angle > STRAIGHT_DEG) return hasThrough ? top : hasRight ? upper : all
    if (angle < -STRAIGHT_DEG) return hasThrough ? 1 : hasLeft ? lower : all
    return hasLeft && lanes >= 3 ? all & ~top : all
  })
}

interface Approach {
  readonly kind: 'free' | 'signal' | 'major' | 'minor' | 'shared' | 'allWayStop'
  /** In-links that go first: the major ones for a minor, the facing one for a left turn of a major. */
  readonly majors: readonly number[]
}

/** Turning round counts as ±180. */
function angleOf(roads: Roads, link: number, out: number): number {
  if (roads.network.links.reverseLink[link] === out) return 180
  return turnDeg(roads.endDeg[link], roads.startDeg[out])
}

/** What a link is at its end: stop and give-way signs first, then the class of the street; equals facing each other are both major. */
function priorityAt(roads: Roads, signals: SignalPlans, link: number): Approach {
  const { control, roadClass, reverseLink } = roads.network.links
  const node = roads.toNode[link]
  if (signals.stageOfLink[link] !== 255) return { kind: 'signal', majors: [] }
  const ins = Array.from(roads.inLink.subarray(roads.inStart[node], roads.inStart[node + 1]))
  const outs = Array.from(roads.outLink.subarray(roads.outStart[node], roads.outStart[node + 1]))
  const isSign = (l: number) => control[l] === STOP || control[l] === GIVE_WAY
  const ahead = outs.filter((out) => reverseLink[link] !== out)
  const isMerge = ahead.length <= 1 && !isSign(link)
  if (control[link] === SIGNAL || ins.length < 2 || isMerge) return { kind: 'free', majors: [] }
  const rank = (l: number) => roadClass[l] + (isSign(l) ? 16 : 0)
  const best = Math.min(...ins.map(rank))
  if (best >= 16 && ins.every((l) => control[l] === STOP)) return { kind: 'allWayStop', majors: [] }
  const majors = ins.filter((l) => rank(l) === best)
  if (rank(link) > best) return { kind: 'minor', majors }
  const others = majors.filter((l) => l !== link)
  if (others.length === 0) return { kind: 'major', majors: [] }
  const isFacing = others.length === 1 && faces(roads, link, others[0])
  return isFacing ? { kind: 'major', majors: others } : { kind: 'shared', majors: [] }
}

function faces(roads: Roads, a: number, b: number): boolean {
  return Math.abs(turnDeg(roads.endDeg[a], roads.endDeg[b])) > OPPOSING_DEG
}

function ruleOf(
  roads: Roads,
  signals: SignalPlans,
  link: number,
  out: number,
  angle: number,
  approach: Approach,
): { rule: number; gap?: keyof typeof GAPS; against: number[] } {
  const isLeft = angle > STRAIGHT_DEG
  if (approach.kind === 'signal') {
    const against = isLeft ? facingGreen(roads, signals, link) : []
    return against.length > 0
      ? { rule: turnRules.signal, gap: 'majorLeft', against }
      : { rule: turnRules.signal, against }
  }
  if (approach.kind === 'major') {
    const against = isLeft ? [...approach.majors] : []
    return against.length > 0
      ? { rule: turnRules.gap, gap: 'majorLeft', against }
      : { rule: turnRules.free, against }
  }
  if (approach.kind === 'minor') {
    const gap = isLeft ? 'left' : angle < -STRAIGHT_DEG ? 'right' : 'through'
    // Who turns right only minds those who drive straight on into the same street.
    const against =
      gap === 'right'
        ? approach.majors.filter((l) => Math.abs(angleOf(roads, l, out)) <= STRAIGHT_DEG)
        : approach.majors.filter((l) => angleOf(roads, l, out) !== 180 || !faces(roads, l, link))
    return { rule: turnRules.gap, gap, against }
  }
  const rule = approach.kind === 'free' ? turnRules.free : turnRules[approach.kind]
  return { rule, against: [] }
}

/** In-links of the same node that have green with `link` and face it. */
function facingGreen(roads: Roads, signals: SignalPlans, link: number): number[] {
  const node = roads.toNode[link]
  const ins = Array.from(roads.inLink.subarray(roads.inStart[node], roads.inStart[node + 1]))
  return ins.filter(
    (l) => l !== link && signals.stageOfLink[l] === signals.stageOfLink[link] && faces(roads, link, l),
  )
}

/** Mean wait of a lone driver, seconds; assumed. */
export const LONE_WAIT_S = { free: 0, major: 0, minor: 5, shared: 2, allWayStop: 5 } as const

/** Mean wait of a lone driver at the signal at the end of `link`, by its plan, seconds. */
export function signalWaitS(signals: SignalPlans, link: number): number {
  const signal = signals.signalOfLink[link]
  const cycleS = signals.cycleS[signal]
  const stage = signals.stageOfLink[link]
  const redS = cycleS - (signals.greenEndS[signal * 2 + stage] - signals.greenStartS[signal * 2 + stage])
  return (redS * redS) / (2 * cycleS)
}
