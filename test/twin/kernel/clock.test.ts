/** The clock agrees with the calendar. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOfWeek, hourOfYear, secondOfDay, TICKS_PER_S, timeMsAt } from '../../../twin/kernel/clock.ts'

describe('the clock', () => {
  it('tells second, weekday and hour of the year as the calendar does', () => {
    const start = fc.integer({ min: 0, max: 4_102_444_800 })
    const offset = fc.integer({ min: -12, max: 14 })
    fc.assert(
      fc.property(start, offset, fc.integer({ min: 0, max: 10_000_000 }), (startS, offsetH, tick) => {
        const clock = { tick, startMs: startS * 1000, utcOffsetS: offsetH * 3600 }
        const local = new Date(timeMsAt(clock, tick) + clock.utcOffsetS * 1000)
        const seconds =
          local.getUTCHours() * 3600 +
          local.getUTCMinutes() * 60 +
          local.getUTCSeconds() +
          local.getUTCMilliseconds() / 1000
        expect(secondOfDay(clock)).toBeCloseTo(seconds, 6)
        expect(dayOfWeek(clock)).toBe((local.getUTCDay() + 6) % 7)
        expect(hourOfYear(clock)).toBe(
          Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / 3_600_000),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('has 50 ticks in a second', () => {
    expect(timeMsAt({ tick: 0, startMs: 5, utcOffsetS: 0 }, TICKS_PER_S)).toBe(1005)
  })
})
