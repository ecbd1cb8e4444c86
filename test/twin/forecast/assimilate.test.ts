/** A city of which only detectors are seen. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assimilate } from '../../../twin/forecast/assimilate.ts'
import { forecastOfDetectors, type DetectorHistory } from '../../../twin/forecast/ofDetectors.ts'
import { makeScores } from '../../../twin/forecast/scores.ts'
import { randomUnit } from '../../../twin/kernel/random.ts'

const number = fc.double({ min: -100, max: 100, noNaN: true })
const rows = (columns: number) =>
  fc.array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: 8, maxLength: 8 })
const mean = (values: readonly ArrayLike<number>[], column: number) =>
  values.reduce((sum, row) => sum + row[column], 0) / values.length

describe('assimilation', () => {
  test('of readings that are the mean of the members leaves the mean of their futures', () => {
    fc.assert(
      fc.property(rows(3), rows(4), (seen, futures) => {
        const observed = [0, 1, 2].map((reading) => mean(seen, reading))
        const moved = assimilate(observed, seen, futures)
        for (let v = 0; v < 4; v++) expect(mean(moved, v)).toBeCloseTo(mean(futures, v), 6)
      }),
    )
  })

  test('of readings that no member varies in changes nothing', () => {
    fc.assert(
      fc.property(rows(2), number, (futures, observed) => {
        const moved = assimilate(
          [observed],
          futures.map(() => [5]),
          futures,
        )
        expect(moved).toEqual(futures.map((row) => Float64Array.from(row, (value) => value + 0)))
      }),
    )
  })

  test('finds a hidden cause: futures come nearer to what it brings, and nearer to each other', () => {
    // two causes, three readings and a future that follow from them
    const readings = (a: number, b: number) => [a + b, a - b, 2 * a]
    const future = (a: number, b: number) => [3 * a + b]
    const causes = Array.from(
      { length: 20 },
      (_, k) => [randomUnit(1, k) - 0.5, randomUnit(2, k) - 0.5] as const,
    )
    const seen = causes.map(([a, b]) => readings(a, b))
    const futures = causes.map(([a, b]) => future(a, b))
    const moved = assimilate(readings(0.4, -0.3), seen, futures)
    const far = (each: readonly ArrayLike<number>[]) =>
      mean(
        each.map((row) => [Math.abs(row[0] - 0.9)]),
        0,
      )
    expect(far(moved)).toBeLessThan(0.15 * far(futures))
  })

  test('is refused with too few members', () => {
    expect(() => assimilate([1], [[1], [2]], [[1], [2]])).toThrow('2 members, expected at least three')
  })
})

describe('a forecast from detectors', () => {
  const day = (factor: number, dice: number): DetectorHistory => ({
    flowVph: Float32Array.from(
      { length: 60 },
      (_, at) => factor * (400 + 8 * at) + 10 * randomUnit(dice, at),
    ),
    speedMps: Float32Array.from(
      { length: 60 },
      (_, at) => 14 - factor * (2 + 0.1 * at) + 0.2 * randomUnit(dice, at, 1),
    ),
  })
  const members = Array.from({ length: 12 }, (_, k) => day(0.8 + (0.4 * k) / 11, k))
  const truth = day(1.15, 99)
  const forecast = (observed: DetectorHistory) =>
    forecastOfDetectors(makeScores(), 0, 40, observed, members, ['flowVph'])

  test('says more of the coming hour than that all stays as it is', () => {
    for (const { id, now, median } of forecast(truth).series) {
      const came = truth[id][52]
      expect(Math.abs(median[11] - came)).toBeLessThan(0.4 * Math.abs(now - came))
    }
  })

  test('looks at nothing that is yet to come', () => {
    const cut = Object.fromEntries(Object.entries(truth).map(([id, values]) => [id, values.slice(0, 41)]))
    expect(forecast(cut)).toEqual(forecast(truth))
  })
})
