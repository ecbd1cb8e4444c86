/** When a what-if run in the browser takes its steps: as many as its speed asks for, together once a second; or as fast as it can. */

// Steps taken together when a run goes as fast as it can: frames and questions come between.
const ALL_OUT_STEPS = 60
const FRAME_MS = 1000
// What cannot be kept up is let go after this many seconds.
const MOST_DEBT_S = 2

export interface PaceDue {
  readonly steps: number
  readonly waitMs: number
  /** A picture is due after them. */
  readonly isFrame: boolean
}

export class PairPace {
  private readonly speed: number
  private originMs: number
  private framedAtMs: number
  private done = 0

  /** `speed` is simulated seconds a second; 0 is as fast as the machine can. */
  constructor(speed: number, nowMs: number) {
    this.speed = speed
    this.originMs = nowMs
    this.framedAtMs = nowMs
  }

  /** What is due at `nowMs` of a run of `horizonS` steps. */
  due(nowMs: number, horizonS: number): PaceDue {
    const isFrame = nowMs - this.framedAtMs >= FRAME_MS
    const left = horizonS - this.done
    if (this.speed === 0) {
      if (isFrame) this.framedAtMs = nowMs
      return { steps: Math.min(left, ALL_OUT_STEPS), waitMs: 0, isFrame }
    }
    if (!isFrame) return { steps: 0, waitMs: FRAME_MS - (nowMs - this.framedAtMs), isFrame }
    this.framedAtMs += FRAME_MS
    const target = Math.floor(((nowMs - this.originMs) / 1000) * this.speed)
    const most = Math.max(1, Math.ceil(this.speed * MOST_DEBT_S))
    const behind = target - this.done
    if (behind > most) {
      this.originMs += ((behind - most) / this.speed) * 1000
      this.framedAtMs = nowMs
    }
    return { steps: Math.max(0, Math.min(left, behind, most)), waitMs: 0, isFrame }
  }

  made(steps: number): void {
    this.done += steps
  }
}
