/** How far the host's clock stands from the page's: never wrong by more than half of the quickest exchange, whatever came late. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HostClock } from '../../../client/source/hostClock.ts'

const waysMs = fc.record({ toHostMs: fc.nat(3000), toPageMs: fc.nat(3000) })

/** An exchange that begins at `askedMs` of the page, whose clock is `offsetMs` ahead of the host's. */
function exchange(clock: HostClock, offsetMs: number, askedMs: number, toHostMs: number, toPageMs: number) {
  clock.answered(askedMs + toHostMs - offsetMs, askedMs, askedMs + toHostMs + toPageMs)
}

test('it is right within half of the quickest exchange, and a picture is never of the future', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -1e7, max: 1e7 }),
      fc.array(waysMs, { minLength: 1, maxLength: 12 }),
      fc.array(fc.nat(4000), { maxLength: 12 }),
      (offsetMs, exchanges, latesMs) => {
        const clock = new HostClock()
        let quickest = Infinity
        for (const [i, { toHostMs, toPageMs }] of exchanges.entries()) {
          exchange(clock, offsetMs, i * 7000, toHostMs, toPageMs)
          quickest = Math.min(quickest, toHostMs + toPageMs)
          const lateMs = latesMs[i] ?? 0
          clock.saw(i * 7000 - offsetMs, i * 7000 + lateMs)
          expect(clock.pageMs(i * 7000 - offsetMs)).toBeLessThanOrEqual(i * 7000 + lateMs)
        }
        // and what is given for the drift of 84 s
        expect(Math.abs(clock.pageMs(0) - offsetMs)).toBeLessThanOrEqual(quickest / 2 + 20)
      },
    ),
  )
})

test('on a line that takes as long both ways it is exact, though nothing ever came at once', () => {
  const clock = new HostClock()
  for (let i = 0; i < 5; i++) {
    exchange(clock, 90_000, i * 1000, 300, 300)
    clock.saw(i * 1000 - 90_000, i * 1000 + 300)
  }
  expect(clock.pageMs(2000)).toBe(92_000)
})

test('one answer that hung, as of a server that has just begun, is forgotten with the next', () => {
  const clock = new HostClock()
  exchange(clock, 50, 0, 5000, 2)
  exchange(clock, 50, 6000, 2, 2)
  expect(clock.pageMs(0)).toBe(50)
})

test('a clock that stood still, as in a machine that slept, makes nothing old for ever', () => {
  for (const [before, after] of [
    [50, 900_000],
    [900_000, 50],
  ]) {
    const clock = new HostClock()
    exchange(clock, before, 0, 1, 1)
    exchange(clock, after, 60_000, 200, 200)
    expect(clock.pageMs(0)).toBe(after)
  }
})
