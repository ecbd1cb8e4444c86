/**
 * Fixed-time plans: every signal has two stages, its main axis and what crosses it, with cycle and splits by Webster from
 * class and lanes, and an offset that gives a green wave along parallel main streets. OpenStreetMap knows where signals stand,
 * not their plans: all of this is synthesised.
 */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { cos, PI, sin } from '../kernel/math.ts'
import { turnDeg, type Roads } from './roads.ts'

/** Seconds between the greens of two stages in which nobody starts: yellow, all-red and start-up loss, less the end of yellow that is driven through. */
export const INTERGREEN_S = 4

/** Flow over saturation flow that the plan expects of the busiest lane, by road class (assumed). */
const EXPECTED_LOAD = [0.42, 0.42, 0.38, 0.34, 0.26, 0.14, 0.08]

/** Cycles in use, seconds, so that neighbours can be coordinated. */
const CYCLES_S = [60, 80, 100]
/** No stage gets less, seconds: who walks must get across. */
export const MIN_GREEN_S = 10
/** Green of the crossing stage where nothing crosses but people on foot, seconds. */
const WALK_GREEN_S = 14
/** Speed of the green wave, m/s (45 km/h, assumed). */
const WAVE_SPEED_MPS = 12.5
/** A link inside a junction of several nodes is no longer than this, metres (assumed); it is driven without a second wait. */
const INNER_LINK_M = 45

export const NO_STAGE = 255

/** Stage k of signal s is green from `greenStartS[2s + k]` to `greenEndS[2s + k]` of its cycle, whole seconds. */
export interface SignalPlans {
  readonly cycleS: Uint16Array
  readonly offsetS: Uint16Array
  readonly greenStartS: Uint16Array
  readonly greenEndS: Uint16Array
  /** By link: its signal, or −1; its stage, or NO_STAGE when it has none to wait for. */
  readonly signalOfLink: Int32Array
  readonly stageOfLink: Uint8Array
}

/** Makes the plan of every signal of the network. */
export function makeSignalPlans(roads: Roads): SignalPlans {
  const { signal, control } = roads.network.links
  const count = roads.network.signals.xM.length
  const plans = {
    cycleS: new Uint16Array(count).fill(CYCLES_S[0]),
    offsetS: new Uint16Array(count),
    greenStartS: new Uint16Array(count * 2),
    greenEndS: new Uint16Array(count * 2),
    signalOfLink: new Int32Array(roads.linkCount).fill(-1),
    stageOfLink: new Uint8Array(roads.linkCount).fill(NO_STAGE),
  }
  const approaches: number[][] = Array.from({ length: count }, () => [])
  for (let link = 0; link < roads.linkCount; link++)
    if (control[link] === 1 && signal[link] >= 0) approaches[signal[link]].push(link)
  approaches.forEach((links, s) => planSignal(roads, plans, s, links))
  return plans
}

/** Ticks from `tick` until `link`'s stage is green; 0 when it is. Only for links with a stage. */
export function ticksToGreen(plans: SignalPlans, link: number, tick: number): number {
  const signal = plans.signalOfLink[link]
  const stage = signal * 2 + plans.stageOfLink[link]
  const cycle = plans.cycleS[signal] * TICKS_PER_S
  const now = (tick + plans.offsetS[signal] * TICKS_PER_S) % cycle
  const start = plans.greenStartS[stage] * TICKS_PER_S
  if (now < start) return start - now
  return now < plans.greenEndS[stage] * TICKS_PER_S ? 0 : cycle - now + start
}

/** Ticks since the last green of `link`'s stage ended; 0 while it is green. */
export function ticksSinceGreen(plans: SignalPlans, link: number, tick: number): number {
  const signal = plans.signalOfLink[link]
  const stage = signal * 2 + plans.stageOfLink[link]
  const cycle = plans.cycleS[signal] * TICKS_PER_S
  const now = (tick + plans.offsetS[signal] * TICKS_PER_S) % cycle
  const start = plans.greenStartS[stage] * TICKS_PER_S
  const end = plans.greenEndS[stage] * TICKS_PER_S
  if (now >= start && now < end) return 0
  return now >= end ? now - end : now + cycle - end
}

/** The plans as they are now, to go back to. */
export function copyPlans(plans: SignalPlans): SignalPlans {
  const { cycleS, offsetS, greenStartS, greenEndS } = plans
  return {
    ...plans,
    cycleS: cycleS.slice(),
    offsetS: offsetS.slice(),
    greenStartS: greenStartS.slice(),
    greenEndS: greenEndS.slice(),
  }
}

/** The main stage's share of all green that a plan gives. */
export function mainGreenShareOf({ cycleS, greenEndS }: SignalPlans, signal: number): number {
  return greenEndS[signal * 2] / (cycleS[signal] - 2 * INTERGREEN_S)
}

/** Gives `signal` another cycle and the main stage another share of all green; 0 leaves what `made` has. No stage gets less than MIN_GREEN_S. */
export function setPlan(
  plans: SignalPlans,
  made: SignalPlans,
  signal: number,
  cycleS: number,
  mainGreenShare: number,
): void {
  const cycle = cycleS === 0 ? made.cycleS[signal] : cycleS
  const share = mainGreenShare === 0 ? mainGreenShareOf(made, signal) : mainGreenShare
  const greenS = cycle - 2 * INTERGREEN_S
  const mainS = Math.max(MIN_GREEN_S, Math.min(greenS - MIN_GREEN_S, Math.round(greenS * share)))
  setGreens(plans, signal, cycle, greenS - mainS)
  plans.offsetS[signal] = made.offsetS[signal] % cycle
}

function setGreens(plans: SignalPlans, signal: number, cycleS: number, crossS: number): void {
  const greenS = cycleS - 2 * INTERGREEN_S
  plans.cycleS[signal] = cycleS
  plans.greenStartS[signal * 2] = 0
  plans.greenEndS[signal * 2] = greenS - crossS
  plans.greenStartS[signal * 2 + 1] = greenS - crossS + INTERGREEN_S
  plans.greenEndS[signal * 2 + 1] = cycleS - INTERGREEN_S
}

function planSignal(roads: Roads, plans: SignalPlans, signal: number, controlled: number[]): void {
  const { fromNode, roadClass } = roads.network.links
  const nodes = new Set(controlled.map((link) => roads.toNode[link]))
  const outer = controlled.filter(
    (link) => !(nodes.has(fromNode[link]) && roads.lengthM[link] <= INNER_LINK_M),
  )
  if (outer.length === 0) return
  const lanesOf = (link: number) => roads.firstLane[link + 1] - roads.firstLane[link]
  const rank = (link: number) => roadClass[link] * 16 - lanesOf(link)
  const main = outer.reduce((best, link) => (rank(link) < rank(best) ? link : best))
  const axisDeg = roads.endDeg[main]
  const isMain = (link: number) => {
    const turn = Math.abs(turnDeg(axisDeg, roads.endDeg[link]))
    return turn <= 45 || turn >= 135
  }
  for (const link of outer) {
    plans.signalOfLink[link] = signal
    plans.stageOfLink[link] = isMain(link) ? 0 : 1
  }
  const load = (stage: number) =>
    Math.max(
      0,
      ...outer
        .filter((link) => plans.stageOfLink[link] === stage)
        .map((link) => EXPECTED_LOAD[roadClass[link]] ?? EXPECTED_LOAD[EXPECTED_LOAD.length - 1]),
    )
  const loads = [load(0), load(1)]
  // Webster (1958): C = (1.5 L + 5) / (1 − Y), greens in proportion to the loads.
  const lostS = 2 * INTERGREEN_S
  const webster = (1.5 * lostS + 5) / (1 - Math.min(0.85, loads[0] + loads[1]))
  const cycleS = CYCLES_S.find((cycle) => cycle >= webster - 5) ?? CYCLES_S[CYCLES_S.length - 1]
  const greenS = cycleS - lostS
  const wanted = loads[1] === 0 ? WALK_GREEN_S : Math.round((greenS * loads[1]) / (loads[0] + loads[1]))
  const crossS = Math.max(MIN_GREEN_S, Math.min(greenS - MIN_GREEN_S, wanted))
  setGreens(plans, signal, cycleS, crossS)
  // Position along the main axis, so that a platoon at wave speed meets the next green as it left the last.
  const along = ((axisDeg + 360) % 180) * (PI / 180)
  const { xM, yM } = roads.network.signals
  const waveS = (xM[signal] * cos(along) + yM[signal] * sin(along)) / WAVE_SPEED_MPS
  plans.offsetS[signal] = ((Math.round(-waveS) % cycleS) + cycleS) % cycleS
}
