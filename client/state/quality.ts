/**
 * How much is drawn, so that frames come in time: one step simpler when they have been late for a while, one step fuller again
 * when they have been early for longer. A step that was too much to ask is tried again later each time.
 */

/** What each step leaves out besides what the steps before it do. */
export const qualities = ['full', 'noTrails', 'noPlates', 'noBodies', 'fewer'] as const
export type Quality = (typeof qualities)[number]

/** A frame that takes longer is late: fewer than 25 a second. */
const LATE_MS = 40
/** A frame that takes no longer leaves room for more; that it is done is seen at the screen's next one. */
const EARLY_MS = 24
const DOWN_AFTER_MS = 3000
const UP_AFTER_MS = 15_000
const MOST_PATIENCE_MS = 10 * 60_000
/** Fewer frames than this say nothing, however long they took. */
const LEAST_FRAMES = 3

export class QualityLadder {
  private step = 0
  /** When the frames that are counted began, and how many of them were late and early. */
  private sinceMs: number | undefined
  private frames = 0
  private late = 0
  private early = 0
  private upAfterMs = UP_AFTER_MS
  private wentUpMs = -Infinity

  get quality(): Quality {
    return qualities[this.step]
  }

  /** Takes note of a frame that was done at `nowMs` after `tookMs`; true when the step changed. */
  frame(nowMs: number, tookMs: number): boolean {
    this.sinceMs ??= nowMs
    this.frames++
    if (tookMs > LATE_MS) this.late++
    if (tookMs <= EARLY_MS) this.early++
    const forMs = nowMs - this.sinceMs
    if (forMs >= DOWN_AFTER_MS && this.frames >= LEAST_FRAMES && this.late * 2 > this.frames)
      return this.go(1, nowMs)
    // most were in time: what has been late is forgotten, what is early goes on being counted
    if (forMs >= DOWN_AFTER_MS && this.early * 10 < this.frames * 9) this.begin(nowMs)
    if (forMs >= this.upAfterMs && this.early * 10 >= this.frames * 9) return this.go(-1, nowMs)
    return false
  }

  /** Forgets what was counted: the page was hidden, or drew something else. */
  pause(): void {
    this.sinceMs = undefined
    this.frames = 0
    this.late = 0
    this.early = 0
  }

  private begin(nowMs: number): void {
    this.pause()
    this.sinceMs = nowMs
  }

  private go(by: 1 | -1, nowMs: number): boolean {
    const next = Math.min(qualities.length - 1, Math.max(0, this.step + by))
    this.begin(nowMs)
    if (next === this.step) return false
    this.step = next
    if (by === -1) this.wentUpMs = nowMs
    // down again soon after it went up: it was too much to ask
    else if (nowMs - this.wentUpMs < this.upAfterMs)
      this.upAfterMs = Math.min(MOST_PATIENCE_MS, this.upAfterMs * 2)
    return true
  }
}

/** Whether a drawing of `quality` still has what the step `without` leaves out. */
export function has(quality: Quality, without: Exclude<Quality, 'full'>): boolean {
  return qualities.indexOf(quality) < qualities.indexOf(without)
}

/** A quality by its name in a URL; undefined for any other text. */
export function qualityFrom(text: string | null): Quality | undefined {
  return qualities.find((name) => name === text)
}
