/** Screens of one wall draw one moment: whenever each began, whatever it heard when. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LAG_S } from '../../../client/state/drawClock.ts'
import { HostTimedClock } from '../../../client/state/hostTimedClock.ts'

/** Cut unevenly: a second apart, give or take. */
const cuts = fc.array(fc.record({ afterMs: fc.integer({ min: 500, max: 1800 }) }), {
  minLength: 4,
  maxLength: 30,
})

/** When frames were cut, and their ticks. */
function framesOf(spacing: readonly { readonly afterMs: number }[]) {
  let atMs = 0
  return spacing.map(({ afterMs }, i) => ({ tick: 5000 + 50 * i, cutMs: (atMs += afterMs) }))
}

test('two screens that heard the same frames at their own time draw the same tick at every moment', () => {
  fc.assert(
    fc.property(cuts, fc.integer({ min: 0, max: 200 }), fc.nat(20), (spacing, lateMs, missed) => {
      const frames = framesOf(spacing)
      const since = frames.slice(Math.min(missed, frames.length - 3))
      const [one, other] = [new HostTimedClock(), new HostTimedClock()]
      for (const { tick, cutMs } of frames) one.frame(tick, cutMs + 3, cutMs)
      for (const { tick, cutMs } of since) other.frame(tick, cutMs + lateMs, cutMs)
      const endMs = frames.at(-1)!.cutMs + LAG_S * 1000
      for (let nowMs = since[0].cutMs + LAG_S * 1000; nowMs <= endMs; nowMs += 37) {
        one.advance(nowMs)
        other.advance(nowMs)
        expect(other.tick()).toBeCloseTo(one.tick(), 6)
      }
    }),
  )
})

test('never runs backwards, and never passes the newest frame', () => {
  fc.assert(
    fc.property(cuts, (spacing) => {
      const clock = new HostTimedClock()
      let last = 0
      let nowMs = 0
      for (const { tick, cutMs } of framesOf(spacing)) {
        for (; nowMs < cutMs + 20; nowMs += 16) {
          clock.advance(nowMs)
          expect(clock.tick()).toBeGreaterThanOrEqual(last)
          last = clock.tick()
        }
        clock.frame(tick, nowMs, cutMs)
        clock.advance(nowMs)
        expect(clock.tick()).toBeLessThanOrEqual(tick)
      }
    }),
  )
})

test('stands still when frames stop, and goes on with another stream from its own beginning', () => {
  const clock = new HostTimedClock()
  clock.frame(1000, 0, 0)
  clock.frame(1050, 1000, 1000)
  clock.advance(60_000)
  expect(clock.tick()).toBe(1050)
  clock.restart(1)
  clock.frame(10, 61_000, 61_000)
  clock.advance(61_000 + LAG_S * 1000)
  expect(clock.tick()).toBe(10)
})
