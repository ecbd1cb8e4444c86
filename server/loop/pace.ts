/**
 * How many steps are due: the simulated clock follows the wall clock without drift, because what is due is counted from one
 * moment, never from the last step. At speed 1 a step is due on each whole second.
 */

/** More than this behind at speed 1 (a laptop that slept), and the twin starts anew instead of chasing. */
const LAPSE_S = 900
// The wall clock was set back by more than this: waiting for it to come round again would stop the city for as long.
const MOST_BACK_S = 5
// Faster than real time what cannot be kept up is let go after this many seconds of the wall clock.
const MAX_DEBT_WALL_S = 2

export interface Due {
  readonly steps: number
  /** Milliseconds until the next step is due. */
  readonly waitMs: number
  /** Simulated seconds let go because the machine is too slow for the speed. */
  readonly droppedS: number
  /** Too far behind to catch up, or ahead of a clock that was set back: the twin is to begin anew at the clock's time. */
  readonly isLapsed: boolean
}

export class Pace {
  readonly speed: number
  private readonly frameMs: number
  private originMs: number
  private done = 0

  /** At speed 1 steps fall on the seconds of `nowMs`'s clock; `framesPerS` is of runs that are faster. */
  constructor(speed: number, nowMs: number, framesPerS = 1) {
    this.speed = speed
    this.frameMs = 1000 / Math.min(framesPerS, Math.max(1, speed))
    this.originMs = speed === 1 ? Math.floor(nowMs / 1000) * 1000 : nowMs
  }

  due(nowMs: number): Due {
    const target = Math.floor(((nowMs - this.originMs) / 1000) * this.speed)
    const aheadS = (this.done - target) / this.speed
    if (aheadS > MOST_BACK_S) {
      if (this.speed === 1) return { steps: 0, waitMs: 0, droppedS: 0, isLapsed: true }
      // such a run is not on the wall clock's time: it goes on from where it is
      this.originMs -= aheadS * 1000
      return this.due(nowMs)
    }
    let steps = Math.max(0, target - this.done)
    let droppedS = 0
    if (this.speed === 1) {
      if (steps > LAPSE_S) return { steps: 0, waitMs: 0, droppedS: 0, isLapsed: true }
    } else {
      const most = Math.max(1, Math.ceil(this.speed * MAX_DEBT_WALL_S))
      droppedS = Math.max(0, steps - most)
      steps -= droppedS
      this.originMs += (droppedS / this.speed) * 1000
    }
    // faster runs take all the steps of a frame at its end
    const nextMs =
      this.speed > 1
        ? (Math.floor((nowMs - this.originMs) / this.frameMs) + 1) * this.frameMs
        : ((target - droppedS + 1) / this.speed) * 1000
    return { steps, waitMs: Math.max(0, this.originMs + nextMs - nowMs), droppedS, isLapsed: false }
  }

  /** Says that `steps` steps were made. */
  made(steps: number): void {
    this.done += steps
  }
}
