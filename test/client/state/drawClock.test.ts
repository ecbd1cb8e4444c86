/** Laws of the moment that is drawn. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAG_S, SmoothClock } from '../../../client/state/drawClock.ts'

describe('the draw clock', () => {
  it('never runs backwards and never passes the newest frame, however frames come', () => {
    const gaps = fc.array(
      fc.record({ gapMs: fc.integer({ min: 1, max: 6000 }), ticks: fc.integer({ min: 0, max: 600 }) }),
    )
    fc.assert(
      fc.property(gaps, (frames) => {
        const clock = new SmoothClock()
        let nowMs = 0
        let tick = 1000
        clock.frame(tick, nowMs)
        let last = clock.tick()
        for (const { gapMs, ticks } of frames) {
          for (const end = nowMs + gapMs; nowMs < end; nowMs += 16) {
            clock.advance(nowMs)
            expect(clock.tick()).toBeGreaterThanOrEqual(last)
            expect(clock.tick()).toBeLessThanOrEqual(tick)
            last = clock.tick()
          }
          tick += ticks
          clock.frame(tick, nowMs)
        }
      }),
    )
  })

  it('runs at the speed of the frames, its lag behind the newest', () => {
    const clock = new SmoothClock(1)
    for (let ms = 0; ms <= 20_000; ms += 10) {
      if (ms % 1000 === 0) clock.frame(5000 + ms / 20, ms)
      clock.advance(ms)
    }
    expect(clock.tick()).toBeCloseTo(5000 + 1000 - LAG_S * 50, 0)
    expect(clock.speed).toBeCloseTo(1, 2)
  })

  it('stands still when frames stop', () => {
    const clock = new SmoothClock(1)
    clock.frame(500, 0)
    for (let ms = 0; ms < 10_000; ms += 16) clock.advance(ms)
    expect(clock.tick()).toBe(500)
  })
})
