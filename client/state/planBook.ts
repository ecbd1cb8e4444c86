/**
 * The plans of all vehicles in the form the GPU takes them: three slots a vehicle (the link it is on, and the two before it,
 * since the page draws a little behind the newest frame), 20 bytes a slot. New plans are fitted to what is already drawn:
 * a vehicle never jumps ahead or back because its plan was changed; it eases to the new one at no more than the free speed.
 */
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import { planPositionM } from '../../twin/traffic/planPosition.ts'
import { NO_LINK, vehicleTable } from '../../twin/traffic/tables.ts'
import { drivingSpeedRatio } from './drivingSpeed.ts'
import type { Mirror } from './mirror.ts'

export const SLOTS = 3
/** Float words of one slot: link, entryS, exitS, stopM, and four bytes: lane, kind, isHandedOver, pace (255ths of the free speed). */
export const WORDS = 5
export const SLOT_BYTES = WORDS * 4
const EMPTY = -1
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
  /** All slots; slot s of vehicle row r begins at word (r × SLOTS + s) × WORDS. */
  words = new Float32Array(0)
  bytes = new Uint8Array(0)
  rows = 0
  /** Tick that times in slots count from. */
  baseTick = 0
  /** Slots that changed since they were last taken, as a range of rows per block; see `takeDirty`. */
  private dirty = new Uint8Array(0)
  /** Counts up when everything must be uploaded anew. */
  generation = 0
  private current = new Uint8Array(0)
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
    const { words } = this
    const at = this.slotOf(row, this.current[row])
    const on = words[at]
    this.dirty[row >> BLOCK_SHIFT] = 1
    const exitS = this.secondsAt(exitTick)
    if (link === NO_LINK) {
      if (on !== EMPTY) this.bytes[at * 4 + 18] = 1
      this.entryTicks[row] = -1
      return
    }
    if (link >= this.lengthM.length) return
    const entryS = this.secondsAt(entryTick)
    if (on === link && this.entryTicks[row] !== -1) {
      this.entryTicks[row] = entryTick
      this.bytes[at * 4 + 16] = lane
      this.retime(at, entryS, exitS, stopM, drawS)
      return
    }
    const fromS = on !== EMPTY && this.entryTicks[row] !== -1 ? this.handOver(at, entryS, drawS) : entryS
    this.current[row] = (this.current[row] + 1) % SLOTS
    this.entryTicks[row] = entryTick
    const next = this.slotOf(row, this.current[row])
    words[next] = link
    this.bytes.set([lane, kind, 0, 0], next * 4 + 16)
    this.goOn(next, fromS, 0, entryS, exitS, stopM)
  }

  /** Where the vehicle of `row` is at `tick`, by the shader's formula; undefined when it is not drawn. */
  drawn(row: number, tick: number): Drawn | undefined {
    const tS = this.secondsAt(tick)
    for (let s = 0; s < SLOTS; s++) {
      const at = this.slotOf(row, s)
      const link = this.words[at]
      const isHandedOver = this.bytes[at * 4 + 18] === 1
      if (link === EMPTY || tS < this.words[at + 1] || (isHandedOver && tS >= this.words[at + 2])) continue
      return { link, alongM: this.positionM(at, tS), lane: this.bytes[at * 4 + 16] }
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
    const { words } = this
    const gapS = entryS - words[at + 2]
    this.bytes[at * 4 + 18] = 1
    if (gapS > MAX_GAP_S && drawS < words[at + 2]) return entryS
    this.hurry(at, entryS, drawS)
    if (words[at + 2] - entryS > MAX_LAG_S) words[at + 2] = entryS
    return Math.max(entryS, words[at + 2])
  }

  /** Gives the plan in a slot another beginning, exit and stop; what is drawn now stays where it is and goes on from there. */
  private retime(at: number, entryS: number, exitS: number, stopM: number, drawS: number): void {
    const isDrawn = drawS >= this.words[at + 1]
    const fromS = isDrawn ? drawS : this.words[at + 1]
    this.goOn(at, fromS, isDrawn ? this.positionM(at, drawS) : 0, entryS, exitS, stopM)
  }

  /** Has the vehicle of a slot be at the end of its link at `exitS`, where its next one begins, without another stand. */
  private hurry(at: number, exitS: number, drawS: number): void {
    const { words } = this
    const lengthM = this.lengthM[words[at]]
    const isDrawn = drawS >= words[at + 1]
    const wasM = isDrawn ? this.positionM(at, drawS) : 0
    const fromS = isDrawn ? drawS : words[at + 1]
    this.setPace(at, (lengthM - wasM) / Math.max(1e-3, exitS - fromS))
    this.drive(at, fromS, wasM, exitS, Math.min(words[at + 3], lengthM - wasM))
  }

  /**
   * Sets the plan of a slot from `wasM` at `fromS` on: it drives at the pace that brings it in time to where the plan has it stand,
   * or to the end when it need not stand, never faster than the free speed. So it eases back to a plan it has fallen behind.
   */
  private goOn(at: number, fromS: number, wasM: number, entryS: number, exitS: number, stopM: number): void {
    const link = this.words[at]
    const lengthM = this.lengthM[link]
    const plannedMps = this.loneMps[link] * this.driving
    const standM = lengthM - stopM
    const arriveS = entryS + standM / plannedMps
    const isStanding = exitS - stopM / plannedMps > arriveS + 0.1
    if (!isStanding) this.setPace(at, (lengthM - wasM) / Math.max(1e-3, exitS - fromS))
    else if (standM - wasM < 0.5) this.setPace(at, plannedMps)
    else this.setPace(at, (standM - wasM) / Math.max(1e-3, arriveS - fromS))
    this.drive(at, fromS, wasM, exitS, Math.min(stopM, lengthM - wasM))
  }

  /** Writes a plan that is at `wasM` at `fromS` and drives at the slot's pace. */
  private drive(at: number, fromS: number, wasM: number, exitS: number, stopM: number): void {
    const { words } = this
    const paceMps = this.paceMps(at)
    words[at + 1] = fromS - wasM / paceMps
    words[at + 2] = Math.max(exitS, fromS + (this.lengthM[words[at]] - wasM) / paceMps)
    words[at + 3] = stopM
  }

  /** Sets the pace of a slot to an even speed, within what a driver does. */
  private setPace(at: number, evenMps: number): void {
    const pace = Math.min(1, Math.max(SLOWEST_PACE, evenMps / this.speedMps[this.words[at]]))
    this.bytes[at * 4 + 19] = Math.ceil(pace * 255)
  }

  private positionM(at: number, tS: number): number {
    const { words } = this
    const link = words[at]
    return planPositionM(
      tS,
      words[at + 1],
      words[at + 2],
      words[at + 3],
      this.lengthM[link],
      this.paceMps(at),
    )
  }

  /** The speed at which the vehicle of a slot drives when it drives. */
  private paceMps(at: number): number {
    return (this.speedMps[this.words[at]] * this.bytes[at * 4 + 19]) / 255
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
    const words = new Float32Array(grown * SLOTS * WORDS).fill(EMPTY)
    words.set(this.words)
    this.words = words
    this.bytes = new Uint8Array(words.buffer)
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
      this.words[at + 1] -= shiftS
      this.words[at + 2] -= shiftS
    }
    this.baseTick = tick
    this.generation++
  }
}

/** Rows are uploaded in blocks of 64: 3,840 bytes, about the size below which a smaller write is no cheaper. */
const BLOCK_SHIFT = 6
