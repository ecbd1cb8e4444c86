/** The member that is shown for the forecast lies nearest its middle. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LEADS_S, type Forecast } from '../../../twin/forecast/forecast.ts'
import { middleMember } from '../../../twin/forecast/middle.ts'

const column = (value: number) => Float32Array.from(LEADS_S, () => value)

/** Members stay at a level; one of W and one of a ratio. */
function forecastOf(levels: readonly number[], unitSize = 1): Forecast {
  const series = (id: 'loadW' | 'speedRatio', size: number) => ({
    id,
    now: 0,
    median: column(0),
    low: column(-size),
    high: column(size),
    paths: levels.map((level) => column(level * size)),
    drift: column(0),
    gap: 0,
    scale: column(size),
  })
  return { madeMs: 0, members: levels.length, series: [series('loadW', unitSize), series('speedRatio', 1)] }
}

it('is the one that leaves the medians least, whatever the size of a unit', () => {
  const levels = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), {
    minLength: 1,
    maxLength: 20,
    selector: Math.abs,
  })
  fc.assert(
    fc.property(levels, fc.integer({ min: 1, max: 1_000_000 }), (given, unitSize) => {
      const sizes = given.map(Math.abs)
      expect(middleMember(forecastOf(given, unitSize))).toBe(sizes.indexOf(Math.min(...sizes)))
    }),
  )
})

it('is refused where there are no members', () => {
  expect(() => middleMember(forecastOf([]))).toThrow(RangeError)
})
