/**
 * Notices that a line has gone silent: the host says with every word when the next comes. A silent line is first called so, and
 * then given up; each time sooner than it has proved to be well again, it is given twice as long, so that a slow line is not
 * cut off for ever while its first picture is on the way.
 */

// Words may be late by so much of the time in which the next is due; less than this is no silence, milliseconds.
const LATE_WORDS = 3
const SHORTEST_MS = 750
// A first picture is large.
const FIRST_PICTURE_MS = 15_000
const MOST_PATIENCE = 16
// A line that went well for so long is trusted again.
const WELL_MS = 10_000
// A page that was busy hears late what came in time.
const BUSY_MS = 400

export type Hearing = 'well' | 'silent' | 'lost'

export class Watchdog {
  private heardMs: number
  private nextMs = 0
  private lookedMs: number
  private isWaiting = true
  private patience = 1
  private wellSinceMs: number | undefined

  constructor(nowMs: number) {
    this.heardMs = nowMs
    this.lookedMs = nowMs
  }

  /** A word came, and the next is due within `nextMs`. */
  heard(nowMs: number, nextMs: number): void {
    this.heardMs = nowMs
    this.nextMs = nextMs
    this.isWaiting = false
    this.wellSinceMs ??= nowMs
    if (nowMs - this.wellSinceMs > WELL_MS) this.patience = 1
  }

  /** A new line begins, and its first picture is awaited. */
  restart(nowMs: number): void {
    this.heardMs = nowMs
    this.isWaiting = true
    this.wellSinceMs = undefined
  }

  /** How the line stands; looked at every `everyMs`. Once 'lost', the line is to be begun anew. */
  look(nowMs: number, everyMs: number): Hearing {
    const wasBusy = nowMs - this.lookedMs > everyMs + BUSY_MS
    this.lookedMs = nowMs
    // what came meanwhile is heard first
    if (wasBusy) return 'well'
    const silentMs = nowMs - this.heardMs
    if (this.isWaiting) return silentMs > FIRST_PICTURE_MS ? this.giveUp() : 'well'
    const limitMs = Math.max(SHORTEST_MS, LATE_WORDS * this.nextMs)
    if (silentMs <= limitMs) return 'well'
    this.wellSinceMs = undefined
    return silentMs > limitMs * this.patience ? this.giveUp() : 'silent'
  }

  private giveUp(): Hearing {
    this.patience = Math.min(MOST_PATIENCE, this.patience * 2)
    return 'lost'
  }
}
