/**
 * The moment that is drawn: a little behind the newest frame, so that the plans it needs have arrived, and smooth between
 * frames. It never runs backwards, never passes the newest frame, and stands still when frames stop.
 */
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'

/** How far behind the newest frame the page draws, in real seconds: one frame's spacing and half of one for a late one. */
export const LAG_S = 1.5
/** The clock corrects a drift by at most this share of its rate, too little to be seen. */
const MAX_CORRECTION = 0.12
/** A drift beyond this many real seconds is jumped, forward only. */
const JUMP_S = 4

/** What a stream's drawn moment is told by, and asked. */
export interface StreamClock {
  /** Forgets the past: another stream, or the same one begun anew before what was drawn. */
  restart(speed: number, lagS?: number): void
  /** Draws this many real seconds behind the newest frame from now on; none where nothing is to follow. */
  setLag(lagS: number): void
  /** Says how fast frames will tell, before they do. */
  expect(speed: number): void
  /** Takes note of a frame of `tick` that came in at `nowMs`, whose state was taken at `cutAtMs`. */
  frame(tick: number, nowMs: number, cutAtMs?: number): void
  /** Moves to the real moment `nowMs`, milliseconds. */
  advance(nowMs: number): void
  /** Ticks of the twin, with fractions; 0 before the first frame. */
  tick(): number
  /** Simulated seconds per real second, as frames come. */
  readonly speed: number
}

export class SmoothClock implements StreamClock {
  private atTick: number | undefined
  private newestTick = 0
  private newestAtMs = 0
  private ticksPerMs: number
  private lastMs: number | undefined
  private lagMs = LAG_S * 1000

  /** `speed` is simulated seconds per real second, until frames tell it. */
  constructor(speed = 1) {
    this.ticksPerMs = (speed * TICKS_PER_S) / 1000
  }

  restart(speed: number, lagS = LAG_S): void {
    this.setLag(lagS)
    this.atTick = undefined
    this.lastMs = undefined
    this.ticksPerMs = (speed * TICKS_PER_S) / 1000
  }

  setLag(lagS: number): void {
    this.lagMs = lagS * 1000
  }

  expect(speed: number): void {
    if (this.atTick === undefined) this.ticksPerMs = (speed * TICKS_PER_S) / 1000
  }

  frame(tick: number, nowMs: number): void {
    if (this.atTick === undefined) {
      this.atTick = tick - this.lagMs * this.ticksPerMs
    } else {
      const sinceMs = nowMs - this.newestAtMs
      const rate = (tick - this.newestTick) / sinceMs
      if (sinceMs > 100 && rate > 0) this.ticksPerMs += 0.2 * (rate - this.ticksPerMs)
    }
    this.newestTick = tick
    this.newestAtMs = nowMs
  }

  advance(nowMs: number): void {
    const beforeMs = this.lastMs ?? nowMs
    this.lastMs = nowMs
    if (this.atTick === undefined) return
    const stepMs = Math.max(0, nowMs - beforeMs)
    const due = this.newestTick + (nowMs - this.newestAtMs - this.lagMs) * this.ticksPerMs
    const behindMs = (due - this.atTick) / this.ticksPerMs
    let next = this.atTick
    if (behindMs > JUMP_S * 1000) next = due
    else {
      const correction = Math.max(-1, Math.min(1, behindMs / 1000)) * MAX_CORRECTION
      next += stepMs * this.ticksPerMs * (1 + correction)
    }
    this.atTick = Math.max(this.atTick, Math.min(next, this.newestTick))
  }

  tick(): number {
    return Math.max(0, this.atTick ?? 0)
  }

  get speed(): number {
    return (this.ticksPerMs * 1000) / TICKS_PER_S
  }
}
