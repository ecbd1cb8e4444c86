/**
 * Draws no faster than the GPU does. A page may send frames ahead of a slow GPU (or of software that stands in for one) until a
 * call has to wait for all of them, and with it everything else the page does; so while a frame is long in the making no other
 * is sent, and after it twice as long is left for everything else. The first frame compiles shaders and is no measure of others.
 */
/** A frame that takes no longer than this may be followed at once. */
const SLOW_FRAME_MS = 40
const REST = 2
const MOST_REST_MS = 2000

interface Frame {
  readonly gl: WebGL2RenderingContext
  readonly sync: WebGLSync
  readonly sentMs: number
}

export class DrawPace {
  private readonly onDone: (nowMs: number, tookMs: number) => void
  private pending: Frame | undefined
  private isFirst = true
  private isSlow = false
  private restUntilMs = 0

  /** `onDone` hears of every frame that the GPU has done, but the first. */
  constructor(onDone: (nowMs: number, tookMs: number) => void) {
    this.onDone = onDone
  }

  /** Whether the GPU has done a frame. */
  get hasDrawn(): boolean {
    return !this.isFirst
  }

  /** Whether a frame may be sent at `nowMs`. */
  isFree(nowMs: number): boolean {
    this.settle(nowMs)
    const patienceMs = this.isSlow ? 0 : SLOW_FRAME_MS
    const isAwaited = this.pending !== undefined && nowMs - this.pending.sentMs > patienceMs
    return !isAwaited && nowMs >= this.restUntilMs
  }

  /** A frame was sent to `gl`. */
  sent(gl: WebGL2RenderingContext): void {
    if (this.pending !== undefined) return
    const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
    if (sync === null) return
    gl.flush()
    this.pending = { gl, sync, sentMs: performance.now() }
  }

  /** Looks whether the pending frame is done, or its context is gone. */
  private settle(nowMs: number): void {
    if (this.pending === undefined) return
    const { gl, sync, sentMs } = this.pending
    if (gl.clientWaitSync(sync, 0, 0) === gl.TIMEOUT_EXPIRED) return
    gl.deleteSync(sync)
    this.pending = undefined
    const { isFirst } = this
    this.isFirst = false
    if (isFirst) return
    const tookMs = nowMs - sentMs
    this.isSlow = tookMs > SLOW_FRAME_MS
    this.onDone(nowMs, tookMs)
    if (this.isSlow) this.restUntilMs = nowMs + Math.min(REST * tookMs, MOST_REST_MS)
  }
}
