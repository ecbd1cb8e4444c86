/** The scorekeeper and what it teaches the correction. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bandFactor, learnMiss, makeConformal } from '../../../twin/forecast/conformal.ts'
import { blendWeights, learnChange, makeBlend } from '../../../twin/forecast/blend.ts'
import { correctSeries } from '../../../twin/forecast/correct.ts'
import { LEADS_S } from '../../../twin/forecast/forecast.ts'
import { addForecast, makeScores, observe, scoreOf, type Scores } from '../../../twin/forecast/scores.ts'
import { randomUnit } from '../../../twin/kernel/random.ts'

const STEP_MS = 300_000
const LAST = LEADS_S.length - 1

/** Forecasts `truth`, a function of the step, every step, with members that say what `foresee` gives of the step and the lead. */
function forecastAll(
  scores: Scores,
  truth: (step: number) => number,
  foresee: (step: number, lead: number) => number[],
  steps: number,
): void {
  for (let step = 0; step < steps; step++) {
    observe(scores, step * STEP_MS, { speed: truth(step) })
    const ahead = LEADS_S.map((_, lead) => foresee(step, lead))
    const paths = ahead[0].map((_, member) => Float32Array.from(ahead, (values) => values[member]))
    const series = [correctSeries(scores, { id: 'speed', now: truth(step), paths })]
    addForecast(scores, { madeMs: step * STEP_MS, members: paths.length, series })
  }
}

describe('a score', () => {
  test('of a forecast that is always right is 0, and its band holds all', () => {
    const scores = makeScores()
    const truth = (step: number) => 16 + (step % 8)
    forecastAll(scores, truth, (step, lead) => [truth(step + lead + 1)], 100)
    const { count, meanError, meanPersistenceError, insideRatio } = scoreOf(scores, 'speed', 2)
    expect(count).toBe(97)
    expect(meanError).toBe(0)
    expect(meanPersistenceError).toBeGreaterThan(1)
    expect(insideRatio).toBe(1)
  })

  test('of persistence is 0 where nothing changes', () => {
    const scores = makeScores()
    forecastAll(
      scores,
      () => 5,
      () => [4, 7],
      50,
    )
    for (let lead = 0; lead <= LAST; lead++)
      expect(scoreOf(scores, 'speed', lead).meanPersistenceError).toBe(0)
  })

  test('counts nothing twice, and nothing that was passed by', () => {
    const scores = makeScores()
    forecastAll(
      scores,
      () => 5,
      () => [5],
      1,
    )
    observe(scores, STEP_MS, { speed: 5 })
    observe(scores, STEP_MS + 1, { speed: 5 })
    observe(scores, 2 * STEP_MS + 60_000, { speed: 5 })
    expect([0, 1, 2].map((lead) => scoreOf(scores, 'speed', lead).count)).toEqual([1, 0, 0])
    observe(scores, 100 * STEP_MS, { speed: 5 })
    expect(scores.waiting).toEqual([])
  })

  test('survives being stored as JSON', () => {
    const truth = (step: number) => 10 + 5 * randomUnit(1, step)
    const foresee = (step: number) => [truth(step), 12, 14]
    const whole = makeScores()
    forecastAll(whole, truth, foresee, 60)
    const half = makeScores()
    forecastAll(half, truth, foresee, 60)
    const stored = JSON.parse(JSON.stringify(half)) as Scores
    expect(stored).toEqual(whole)
  })

  test('takes no more room after a week than after a day', () => {
    const room = (steps: number) => {
      const scores = makeScores()
      forecastAll(
        scores,
        (step) => randomUnit(3, step),
        () => [0.4, 0.6],
        steps,
      )
      return (
        scores.leads['speed'].reduce((sum, { conformal }) => sum + conformal.recent.length, 0) +
        scores.waiting.length
      )
    }
    expect(room(7 * 288)).toBe(room(288))
  })
})

describe('a published series', () => {
  test('has its median inside its band and its band inside its bounds, whatever members say', () => {
    const value = fc.float({ min: -1000, max: 1000, noNaN: true })
    const path = fc.array(value, { minLength: LEADS_S.length, maxLength: LEADS_S.length })
    fc.assert(
      fc.property(
        value,
        fc.array(path, { minLength: 1, maxLength: 6 }),
        fc.array(value, { maxLength: 80 }),
        (now, paths, past) => {
          const scores = makeScores()
          forecastAll(
            scores,
            (step) => past[step],
            () => [now],
            past.length,
          )
          const bounds = { least: 0, most: 100 }
          const members = paths.map((each) => Float32Array.from(each))
          const { median, low, high } = correctSeries(scores, { id: 'speed', now, paths: members, bounds })
          median.forEach((middle, lead) => {
            expect(low[lead]).toBeGreaterThanOrEqual(0)
            expect(low[lead]).toBeLessThanOrEqual(middle)
            expect(high[lead]).toBeGreaterThanOrEqual(middle)
            expect(high[lead]).toBeLessThanOrEqual(100)
          })
        },
      ),
      { numRuns: 50 },
    )
  })

  test('says what members say, anchored at the present, before anything is known', () => {
    const paths = [Float32Array.from(LEADS_S, (_, lead) => 21 + lead)]
    const { median } = correctSeries(makeScores(), { id: 'speed', now: 10, paths, starts: [20] })
    expect([...median]).toEqual(LEADS_S.map((_, lead) => 11 + lead))
  })

  test('of members that know nothing is nearly persistence after a day', () => {
    const scores = makeScores()
    const noise = (step: number) => 50 + 10 * randomUnit(4, step)
    forecastAll(
      scores,
      () => 50,
      (step, lead) => [noise(step + lead)],
      288,
    )
    const paths = [Float32Array.from(LEADS_S, () => 60)]
    const { median } = correctSeries(scores, { id: 'speed', now: 50, paths })
    expect(Math.abs(median[LAST] - 50)).toBeLessThan(1.5)
  })

  test('refuses to be made of no members', () => {
    expect(() => correctSeries(makeScores(), { id: 'speed', now: 1, paths: [] })).toThrow(
      'speed has no members',
    )
  })
})

describe('the blend', () => {
  test('finds how far drift and gap are to be believed', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (trust, pull) => {
          const blend = makeBlend()
          for (let i = 0; i < 4000; i++) {
            const [drift, gap] = [randomUnit(1, i) - 0.5, randomUnit(2, i) - 0.5]
            learnChange(blend, drift, gap, trust * drift + pull * gap)
          }
          const found = blendWeights(blend)
          // the prior keeps a tenth at most
          expect(Math.abs(found.trust - trust)).toBeLessThan(0.11)
          expect(Math.abs(found.pull - pull)).toBeLessThan(0.11)
        },
      ),
    )
  })
})

describe('the band', () => {
  test('holds four of five in the long run though misses grow tenfold and fall again', () => {
    const conformal = makeConformal()
    let inside = 0
    const count = 4000
    for (let i = 0; i < count; i++) {
      const spread = 1 + 9 * Math.abs(((i / 1000) % 2) - 1)
      const miss = spread * randomUnit(6, i)
      const isInside = miss <= bandFactor(conformal)
      if (isInside) inside++
      learnMiss(conformal, miss, isInside)
    }
    expect(Math.abs(inside / count - 0.8)).toBeLessThan(0.01)
  })
})
