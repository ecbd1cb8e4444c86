/** Yesterday under today: the same clock time in the city, and a span that covers what was asked. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { yesterdaySeries } from '../../../server/history/yesterday.ts'
import { YESTERDAY_STEPS, type Yesterday } from '../../../twin/yesterday.ts'

const OFFSET_S = -3 * 3600
// Value of a step is its number in the day.
const day: Yesterday = {
  series: [
    {
      table: 'traffic.links',
      column: 'speedMps',
      quantum: 1,
      rows: Uint32Array.of(4),
      values: Float32Array.from({ length: YESTERDAY_STEPS }, (_, step) => step),
    },
  ],
}

describe('yesterday', () => {
  it('covers the span, in steps of five minutes, at the clock time of the city', () => {
    const week = { min: Date.parse('2026-11-20T00:00:00Z'), max: Date.parse('2026-11-27T00:00:00Z') }
    fc.assert(
      fc.property(fc.integer(week), fc.integer({ min: 1, max: 180 }), (toMs, minutes) => {
        const fromMs = toMs - minutes * 60_000
        const series = yesterdaySeries(day, 'traffic.links', 4, fromMs, toMs, OFFSET_S)
        const { timesMs, values } = series ?? { timesMs: [], values: {} }
        expect(timesMs[0]).toBeLessThanOrEqual(fromMs)
        expect(timesMs.at(-1)).toBeGreaterThanOrEqual(toMs)
        timesMs.forEach((timeMs, i) => {
          const clock = new Date(timeMs + OFFSET_S * 1000)
          const minuteOfDay = clock.getUTCHours() * 60 + clock.getUTCMinutes()
          expect(values['speedMps'][i]).toBe(Math.floor(minuteOfDay / 5))
        })
      }),
    )
  })

  it('has nothing of a row it did not keep', () => {
    expect(yesterdaySeries(day, 'traffic.links', 5, 0, 1000, 0)).toBeUndefined()
    expect(yesterdaySeries(day, 'power.feeders', 4, 0, 1000, 0)).toBeUndefined()
  })
})
