/**
 * The plans of all vehicles in the form the GPU takes them: three slots a vehicle (the link it is on, and the two before it,
 * since the page draws a little behind the newest frame), 16 bytes a slot. New plans are fitted to what is already drawn:
 * a vehicle never jumps ahead or back because its plan was changed; it eases to the new one at no more than the free speed.
 */
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import { NO_LINK, vehicleTable } from '../../twin/traffic/tables.ts'
import { drivingSpeedRatio } from './drivingSpeed.ts'
import type { Mirror } from './mirror.ts'
import { beginAt, beginningS, gatheringM, paceOver, positionM, type Motion } from './motion.ts'

export const SLOTS = 3
/**
 * Words of one slot, 32 bits each. First: link (22 bits), lane (3), kind (2), whether the vehicle is elsewhere after its exit
 * (1), how it comes in (4: 0 at its pace, else metres since its stand in steps of `REST_STEP_M`, and one). Then entry and exit,
 * seconds as floats. Last: where it stands before the end, in 1,024ths of a metre (24), and its pace in 255ths of the free
 * speed (8).
 */
const WORDS = 4
export const SLOT_BYTES = WORDS * 4
export const LINK_BITS = 22
export const REST_STEP_M = 1.5
export const STOP_STEPS_PER_M = 1024
const LINK_MASK = (1 << LINK_BITS) - 1
const LANE_SHIFT = LINK_BITS
const KIND_SHIFT = LANE_SHIFT + 3
const GONE_SHIFT = KIND_SHIFT + 2
const REST_SHIFT = GONE_SHIFT + 1
const MOST_REST_STEPS = 15
const STOP_MASK = 0xffffff
const EMPTY = 0xffffffff
/** A vehicle that stood for less did not lose its speed. */
const STOOD_S = 0.5
/** A vehicle whose next link is seen this late stood still meanwhile; longer, and it was on links never heard of: it is hidden. */
const MAX_GAP_S = 2
/** A vehicle this far behind its plan is put where the plan says. */
const MAX_LAG_S = 15
/** A vehicle that is drawn ahead of its plan drives on at no less than this share of the free speed (assumed). */
const SLOWEST_PACE = 0.2
/** Times are kept as 32-bit floats from a base that moves along, so that they stay exact to a millisecond. */
const REBASE_AFTER_S = 5400

/** Where a vehicle is drawn. */
export interface Drawn {
  readonly link: number
  readonly alongM: number
  readonly lane: number
}

export class PlanBook {
  /** All slots; slot s of vehicle row r begins at byte (r × SLOTS + s) × SLOT_BYTES. */
  bytes = new Uint8Array(0)
  private words = new Uint32Array(0)
  /** The same memory, for times. */
  private times = new Float32Array(0)
  rows = 0
  /** Tick that times in slots count from. */
  baseTick = 0
  /** Slots that changed since they were last taken, as a range of rows per block; see `takeDirty`. */
  private dirty = new Uint8Array(0)
  /** Counts up when everything must be uploaded anew. */
  generation = 0
  private current = new Uint8Array(0)
  private readonly motion: Motion = {
    entryS: 0,
    exitS: 0,
    stopM: 0,
    lengthM: 0,
    paceMps: 0,
    sinceRestM: undefined,
  }
  private entryTicks = new Int32Array(0)
  private readonly lengthM: Float32Array
  private readonly speedMps: Float32Array
  private readonly loneMps: Float32Array
  /** What street life leaves of a lone driver's speed now, 0 to 1. */
  private driving = 1

  /** `loneMps` is what plans drive at by link when street life takes nothing: a little less than the free speed. */
  constructor(network: Pick<RoadNetwork, 'links'>, loneMps = network.links.freeSpeedMps) {
    this.lengthM = network.links.lengthM
    this.speedMps = network.links.freeSpeedMps
    this.loneMps = loneMps
  }

  /** Seconds since the base, for the shader's time. */
  secondsAt(tick: number): number {
    return (tick - this.baseTick) / TICKS_PER_S
  }

  /** Takes in the rows that the mirror's last frame changed; `drawTick` is what is on the screen now. */
  update(mirror: Mirror, drawTick: number): void {
    const table = mirror.table(vehicleTable)
    if (this.secondsAt(drawTick) > REBASE_AFTER_S || drawTick < this.baseTick) this.rebase(drawTick)
    this.reserve(table.rows)
    const drawS = this.secondsAt(drawTick)
    this.driving = drivingSpeedRatio(mirror)
    const { link, lane, kind, entryTick, exitTick, stopM } = table.columns
    for (const row of mirror.changedRows(vehicleTable)) {
      this.put(row, link[row], lane[row], kind[row], entryTick[row], exitTick[row], stopM[row], drawS)
    }
  }

  /** Takes in every row of the mirror: the book begins after frames have come. */
  takeAll(mirror: Mirror, drawTick: number): void {
    this.rebase(drawTick)
    this.reserve(mirror.table(vehicleTable).rows)
    this.driving = drivingSpeedRatio(mirror)
    const { link, lane, kind, entryTick, exitTick, stopM } = mirror.table(vehicleTable).columns
    for (let row = 0; row < this.rows; row++) {
      this.put(row, link[row], lane[row], kind[row], entryTick[row], exitTick[row], stopM[row], 0)
    }
  }

  /** Empties the book: another stream begins. */
  clear(): void {
    this.words.fill(EMPTY)
    this.entryTicks.fill(-1)
    this.generation++
  }

  /** Sets one vehicle's plan. */
  put(
    row: number,
    link: number,
    lane: number,
    kind: number,
    entryTick: number,
    exitTick: number,
    stopM: number,
    drawS: number,
  ): void {
    const at = this.slotOf(row, this.current[row])
    const on = this.linkAt(at)
    this.dirty[row >> BLOCK_SHIFT] = 1
    const exitS = this.secondsAt(exitTick)
    if (link === NO_LINK) {
      if (on !== undefined) this.words[at] |= 1 << GONE_SHIFT
      this.entryTicks[row] = -1
      return
    }
    if (link >= this.lengthM.length) return
    const entryS = this.secondsAt(entryTick)
    if (on === link && this.entryTicks[row] !== -1) {
      this.entryTicks[row] = entryTick
      this.words[at] = (this.words[at] & ~(7 << LANE_SHIFT)) | (Math.min(lane, 7) << LANE_SHIFT)
      this.retime(at, entryS, exitS, stopM, drawS)
      return
    }
    let fromS = entryS
    let restSteps = 0
    if (on !== undefined && this.entryTicks[row] !== -1) {
      restSteps = this.restStepsAfter(at)
      fromS = this.handOver(at, entryS, drawS)
    }
    this.current[row] = (this.current[row] + 1) % SLOTS
    this.entryTicks[row] = entryTick
    const next = this.slotOf(row, this.current[row])
    this.words[next] =
      link | (Math.min(lane, 7) << LANE_SHIFT) | (kind << KIND_SHIFT) | (restSteps << REST_SHIFT)
    this.goOn(next, fromS, 0, entryS, exitS, stopM)
  }

  /** Where the vehicle of `row` is at `tick`, by the shader's formula; undefined when it is not drawn. */
  drawn(row: number, tick: number): Drawn | undefined {
    const tS = this.secondsAt(tick)
    for (let s = 0; s < SLOTS; s++) {
      const at = this.slotOf(row, s)
      const link = this.linkAt(at)
      if (link === undefined) continue
      const motion = this.motionOf(at)
      const isGone = ((this.words[at] >>> GONE_SHIFT) & 1) === 1
      if (tS < beginningS(motion) || (isGone && tS >= motion.exitS)) continue
      return { link, alongM: positionM(tS, motion), lane: (this.words[at] >>> LANE_SHIFT) & 7 }
    }
    return undefined
  }

  /** Calls `write` with each run of rows changed since the last call, in one go for all or until `budget` runs are written. */
  takeDirty(budget: number, write: (firstRow: number, endRow: number) => void): void {
    let left = budget
    for (let block = 0; block < this.dirty.length && left > 0; block++) {
      if (this.dirty[block] === 0) continue
      const first = block
      while (block < this.dirty.length && this.dirty[block] === 1) this.dirty[block++] = 0
      write(first << BLOCK_SHIFT, Math.min(this.rows, block << BLOCK_SHIFT))
      left--
    }
  }

  /** Ends the plan in a slot at the moment the next one begins; gives back when that is on the screen. */
  private handOver(at: number, entryS: number, drawS: number): number {
    const { times } = this
    const gapS = entryS - times[at + 2]
    this.words[at] |= 1 << GONE_SHIFT
    if (gapS > MAX_GAP_S && drawS < times[at + 2]) return entryS
    this.hurry(at, entryS, drawS)
    if (times[at + 2] - entryS > MAX_LAG_S) times[at + 2] = entryS
    return Math.max(entryS, times[at + 2])
  }

  /** How the vehicle of a slot will come into its next link: 0 at its pace, else as in a slot's first word. */
  private restStepsAfter(at: number): number {
    const { entryS, exitS, stopM, lengthM, paceMps } = this.motionOf(at)
    const hasStood = exitS - entryS - lengthM / paceMps > STOOD_S
    if (!hasStood || stopM >= gatheringM(paceMps)) return 0
    return Math.min(MOST_REST_STEPS, 1 + Math.round(stopM / REST_STEP_M))
  }

  /** Gives the plan in a slot another beginning, exit and stop; what is drawn now stays where it is and goes on from there. */
  private retime(at: number, entryS: number, exitS: number, stopM: number, drawS: number): void {
    const { fromS, wasM } = this.nowAt(at, drawS)
    this.goOn(at, fromS, wasM, entryS, exitS, stopM)
  }

  /** Has the vehicle of a slot be at the end of its link at `exitS`, where its next one begins, without another stand. */
  private hurry(at: number, exitS: number, drawS: number): void {
    const { fromS, wasM } = this.nowAt(at, drawS)
    const { lengthM, stopM, sinceRestM } = this.motionOf(at)
    this.setPace(
      at,
      paceOver(lengthM - wasM, exitS - fromS, sinceRestM === undefined ? undefined : sinceRestM + wasM),
    )
    this.drive(at, fromS, wasM, exitS, stopM)
  }

  /**
   * Sets the plan of a slot from `wasM` at `fromS` on: it drives at the pace that brings it in time to where the plan has it stand,
   * or to the end when it need not stand, never faster than the free speed. So it eases back to a plan it has fallen behind.
   */
  private goOn(at: number, fromS: number, wasM: number, entryS: number, exitS: number, stopM: number): void {
    const link = this.words[at] & LINK_MASK
    const lengthM = this.lengthM[link]
    const plannedMps = this.loneMps[link] * this.driving
    const standM = lengthM - stopM
    const arriveS = entryS + standM / plannedMps
    const isStanding = exitS - stopM / plannedMps > arriveS + 0.1
    const restM = this.restM(at)
    const sinceM = restM === undefined ? undefined : restM + wasM
    if (!isStanding) this.setPace(at, paceOver(lengthM - wasM, exitS - fromS, sinceM))
    else if (standM - wasM < 0.5) this.setPace(at, plannedMps)
    else this.setPace(at, paceOver(standM - wasM, arriveS - fromS, sinceM))
    this.drive(at, fromS, wasM, exitS, stopM)
  }

  /** Writes a plan that is at `wasM` at `fromS` and drives at the slot's pace. */
  private drive(at: number, fromS: number, wasM: number, exitS: number, stopM: number): void {
    const lengthM = this.lengthM[this.words[at] & LINK_MASK]
    const steps = Math.floor(Math.max(0, Math.min(stopM, lengthM - wasM)) * STOP_STEPS_PER_M)
    this.words[at + 3] = (this.words[at + 3] & ~STOP_MASK) | Math.min(STOP_MASK, steps)
    const motion = this.motionOf(at)
    motion.exitS = Math.max(exitS, fromS + (lengthM - wasM) / motion.paceMps)
    beginAt(fromS, wasM, motion)
    this.times[at + 1] = motion.entryS
    this.times[at + 2] = motion.exitS
  }

  /** Where the vehicle of a slot is drawn now, or where and when it will begin to be. */
  private nowAt(at: number, drawS: number): { fromS: number; wasM: number } {
    const motion = this.motionOf(at)
    const beginS = beginningS(motion)
    return drawS >= beginS ? { fromS: drawS, wasM: positionM(drawS, motion) } : { fromS: beginS, wasM: 0 }
  }

  /** Sets the pace of a slot to an even speed, within what a driver does. */
  private setPace(at: number, evenMps: number): void {
    const pace = Math.min(1, Math.max(SLOWEST_PACE, evenMps / this.speedMps[this.words[at] & LINK_MASK]))
    this.words[at + 3] = (this.words[at + 3] & STOP_MASK) | (Math.ceil(pace * 255) << 24)
  }

  private linkAt(at: number): number | undefined {
    return this.words[at] === EMPTY ? undefined : this.words[at] & LINK_MASK
  }

  private restM(at: number): number | undefined {
    const steps = this.words[at] >>> REST_SHIFT
    return steps === 0 ? undefined : (steps - 1) * REST_STEP_M
  }

  /** The motion of a slot; the same object each time. */
  private motionOf(at: number): Motion {
    const { motion } = this
    const link = this.words[at] & LINK_MASK
    const last = this.words[at + 3]
    motion.entryS = this.times[at + 1]
    motion.exitS = this.times[at + 2]
    motion.stopM = (last & STOP_MASK) / STOP_STEPS_PER_M
    motion.lengthM = this.lengthM[link]
    motion.paceMps = (this.speedMps[link] * (last >>> 24)) / 255
    motion.sinceRestM = this.restM(at)
    return motion
  }

  private slotOf(row: number, slot: number): number {
    return (row * SLOTS + slot) * WORDS
  }

  /** Makes room for `rows` vehicles. */
  reserve(rows: number): void {
    this.rows = rows
    const capacity = this.current.length
    if (rows <= capacity) return
    const grown = Math.max(rows, capacity * 2, 1024)
    const words = new Uint32Array(grown * SLOTS * WORDS).fill(EMPTY)
    words.set(this.words)
    this.words = words
    this.bytes = new Uint8Array(words.buffer)
    this.times = new Float32Array(words.buffer)
    const current = new Uint8Array(grown)
    current.set(this.current)
    this.current = current
    const entryTicks = new Int32Array(grown).fill(-1)
    entryTicks.set(this.entryTicks)
    this.entryTicks = entryTicks
    this.dirty = new Uint8Array((grown >> BLOCK_SHIFT) + 1)
    this.generation++
  }

  private rebase(tick: number): void {
    const shiftS = this.secondsAt(tick)
    for (let at = 0; at < this.words.length; at += WORDS) {
      this.times[at + 1] -= shiftS
      this.times[at + 2] -= shiftS
    }
    this.baseTick = tick
    this.generation++
  }
}

/** Rows are uploaded in blocks of 64: 3,072 bytes, about the size below which a smaller write is no cheaper. */
const BLOCK_SHIFT = 6
