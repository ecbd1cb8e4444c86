/** What a chart draws and says: facts of a series, its axis, its ticks. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { between, reaching, summarise, valueExtent } from '../../../client/charts/series.ts'
import { describe as describeChart, labelY, timeTicks } from '../../../client/charts/TimeSeries.tsx'

test('the axis holds every value and the limit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }),
      fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: undefined }),
      (values, limit) => {
        const [min, max] = valueExtent(values, limit)
        expect(max).toBeGreaterThan(min)
        for (const value of limit === undefined ? values : [...values, limit]) {
          expect(value).toBeGreaterThanOrEqual(min)
          expect(value).toBeLessThanOrEqual(max)
        }
      },
    ),
  )
})

test('an axis of nothing known is still an axis', () => {
  expect(valueExtent([NaN], undefined)).toEqual([0, 1])
})

test('gaps are no values', () => {
  expect(summarise({ timesMs: [0, 1, 2], values: [4, NaN, 2] })).toEqual({
    first: 4,
    last: 2,
    min: 2,
    max: 4,
    lastMs: 2,
  })
  expect(summarise({ timesMs: [0], values: [NaN] })).toBeUndefined()
})

test('a series is cut to the hour that is shown', () => {
  const shown = between({ timesMs: [0, 1000, 2000], values: [1, 2, 3] }, 1000, 2000)
  expect(shown).toEqual({ timesMs: [1000, 2000], values: [2, 3] })
})

test('a line that is drawn through an hour reaches both of its edges', () => {
  const series = { timesMs: [0, 1000, 2000, 3000], values: [1, 2, 3, 4] }
  expect(reaching(series, 1500, 1600)).toEqual({ timesMs: [1000, 2000], values: [2, 3] })
  expect(reaching(series, -500, 9000)).toEqual(series)
  expect(reaching({ timesMs: [], values: [] }, 0, 1)).toEqual({ timesMs: [], values: [] })
})

test('time ticks are whole quarter hours within the axis, and never crowd', () => {
  const hourMs = 3_600_000
  const ticks = timeTicks(10 * hourMs + 60_000, 11 * hourMs + 60_000, 300)
  expect(ticks.length).toBeGreaterThan(0)
  expect(ticks.length).toBeLessThanOrEqual(4)
  for (const tick of ticks) expect(tick % 900_000).toBe(0)
})

test('of a few minutes the ticks are whole minutes', () => {
  const ticks = timeTicks(36_000_500, 36_000_500 + 6 * 60_000, 300)
  expect(ticks.length).toBeGreaterThan(1)
  for (const tick of ticks) expect(tick % 60_000).toBe(0)
})

test('a chart says in words what it draws', () => {
  expect(
    describeChart({
      title: 'Load',
      format: (value) => `${value} MW`,
      series: { timesMs: [0, 1], values: [3, 5] },
      timeZone: 'UTC',
      limit: 6,
    }),
  ).toBe('Last 5 MW; between 3 MW and 5 MW. The limit is 6 MW.')
})

test('yesterday’s word is beside its line and never over the limit’s', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 100 }),
      (line, isAbove, limit) => {
        const y = labelY(line, isAbove, limit)
        expect([line - 4, line + 13]).toContain(y)
        const freeSides = [line - 4, line + 13].filter((side) => Math.abs(side - (limit - 4)) >= 13)
        if (freeSides.length > 0) expect(freeSides).toContain(y)
      },
    ),
  )
  expect(labelY(50, true, undefined)).toBe(46)
})
