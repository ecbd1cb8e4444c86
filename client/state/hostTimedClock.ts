/**
 * The moment that is drawn where several screens draw one picture: a function of the host's time and of the frames alone, so that
 * all of them draw the same moment, whenever each began. Between two frames it runs evenly from one to the other, a fixed time
 * after they were cut; it never passes the newest frame. What it gives up against `SmoothClock`: where the host cuts its frames
 * unevenly, the picture runs unevenly, but everywhere alike.
 */
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import { LAG_S, type StreamClock } from './drawClock.ts'

/** Frames that may still be drawn between. */
const KEPT = 40

interface Cut {
  readonly tick: number
  /** Of the frame's state, on the page's clock as the host's is known to stand to it. */
  readonly atMs: number
}

export class HostTimedClock implements StreamClock {
  private cuts: Cut[] = []
  private drawn: number | undefined
  private lagMs = LAG_S * 1000
  private speedNow: number

  /** `speed` is simulated seconds per real second, until frames tell it. */
  constructor(speed = 1) {
    this.speedNow = speed
  }

  restart(speed: number, lagS = LAG_S): void {
    this.setLag(lagS)
    this.cuts = []
    this.drawn = undefined
    this.speedNow = speed
  }

  setLag(lagS: number): void {
    this.lagMs = lagS * 1000
  }

  expect(speed: number): void {
    if (this.cuts.length < 2) this.speedNow = speed
  }

  frame(tick: number, nowMs: number, cutAtMs = nowMs): void {
    const last = this.cuts.at(-1)
    // the city has begun anew
    if (last !== undefined && tick < last.tick) this.cuts = []
    this.cuts.push({ tick, atMs: cutAtMs })
    if (this.cuts.length > KEPT) this.cuts.shift()
    if (last !== undefined && tick > last.tick && cutAtMs > last.atMs)
      this.speedNow = (((tick - last.tick) / (cutAtMs - last.atMs)) * 1000) / TICKS_PER_S
  }

  advance(nowMs: number): void {
    const due = this.tickAt(nowMs)
    if (due !== undefined) this.drawn = Math.max(due, this.drawn ?? due)
  }

  tick(): number {
    return Math.max(0, this.drawn ?? 0)
  }

  get speed(): number {
    return this.speedNow
  }

  /** The tick that is due at the page's moment `nowMs`, wherever it is asked; undefined before the first frame. */
  private tickAt(nowMs: number): number | undefined {
    const { cuts } = this
    const first = cuts[0]
    if (first === undefined) return undefined
    const atMs = nowMs - this.lagMs
    // from the first frame backwards, at the speed that is told
    if (atMs <= first.atMs) return first.tick + ((atMs - first.atMs) / 1000) * this.speedNow * TICKS_PER_S
    let i = cuts.length - 1
    while (cuts[i].atMs > atMs) i--
    const next = cuts[i + 1]
    if (next === undefined) return cuts[i].tick
    return cuts[i].tick + ((next.tick - cuts[i].tick) * (atMs - cuts[i].atMs)) / (next.atMs - cuts[i].atMs)
  }
}
