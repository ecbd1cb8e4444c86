/** Frames are sent one at a time to a GPU that is slow, and without waiting to one that is not. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DrawPace } from '../../../client/map/drawPace.ts'

/** A GPU that has done all it was sent so many milliseconds after it was. */
function gpu(tookMs: number) {
  const alive = new Set<object>()
  return {
    alive,
    SYNC_GPU_COMMANDS_COMPLETE: 1,
    TIMEOUT_EXPIRED: 2,
    ALREADY_SIGNALED: 3,
    fenceSync() {
      const sync = { doneMs: performance.now() + tookMs }
      alive.add(sync)
      return sync
    },
    clientWaitSync: (sync: { doneMs: number }) => (performance.now() >= sync.doneMs ? 3 : 2),
    deleteSync: (sync: object) => alive.delete(sync),
    flush: () => undefined,
  }
}

/** When frames are sent within a second to a GPU that takes `tookMs` for each, asked 60 times a second. */
function sentIn(tookMs: number): number[] {
  const pace = new DrawPace(() => undefined)
  const gl = gpu(tookMs)
  const sent: number[] = []
  for (let nowMs = 0; nowMs < 1000; nowMs += 16) {
    vi.setSystemTime(nowMs)
    if (!pace.isFree(nowMs)) continue
    sent.push(nowMs)
    pace.sent(gl as unknown as WebGL2RenderingContext)
  }
  expect(gl.alive.size).toBeLessThanOrEqual(1)
  return sent
}

describe('the pace of drawing', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.spyOn(performance, 'now').mockImplementation(() => Date.now())
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.useRealTimers()
  })

  it('is that of the screen where the GPU keeps up', () => {
    expect(sentIn(0)).toHaveLength(63)
    expect(sentIn(30)).toHaveLength(63)
  })

  it('leaves a slow GPU twice as long as it took for a frame', () => {
    const sent = sentIn(160)
    // the first go before the GPU has shown how slow it is, and the first of all is no measure: it compiles shaders
    expect(sent).toEqual([0, 16, 32, 160, 176, 192, 640])
  })

  it('rests after the second frame as after any other, and after the first not at all', () => {
    const told: number[] = []
    const pace = new DrawPace((_, tookMs) => told.push(tookMs))
    const gl = gpu(300) as unknown as WebGL2RenderingContext
    vi.setSystemTime(0)
    pace.sent(gl)
    vi.setSystemTime(300)
    expect(pace.isFree(300)).toBe(true)
    pace.sent(gl)
    vi.setSystemTime(600)
    expect(pace.isFree(600)).toBe(false)
    expect(pace.isFree(1200)).toBe(true)
    expect(told).toEqual([300])
  })

  it('tells when a first frame has been done, not when it has been sent', () => {
    const pace = new DrawPace(() => undefined)
    vi.setSystemTime(0)
    pace.sent(gpu(100) as unknown as WebGL2RenderingContext)
    pace.isFree(99)
    expect(pace.hasDrawn).toBe(false)
    vi.setSystemTime(100)
    pace.isFree(100)
    expect(pace.hasDrawn).toBe(true)
  })

  it('goes on when the context is lost', () => {
    const pace = new DrawPace(() => undefined)
    const gl = { ...gpu(1e9), clientWaitSync: () => 37_149 }
    vi.setSystemTime(0)
    pace.sent(gl as unknown as WebGL2RenderingContext)
    expect(pace.isFree(39)).toBe(true)
  })
})
