/** The whole way: a live twin, members that run ahead of it, forecasts that are scored when their time has come. */
import { expect, test } from 'vitest'
import { forecastIds, LEADS_S } from '../../../twin/forecast/forecast.ts'
import { memberDraw, runMember, startMember } from '../../../twin/forecast/member.ts'
import { forecastOfMembers, observedValues } from '../../../twin/forecast/ofMembers.ts'
import { addForecast, makeScores, observe, scoreOf } from '../../../twin/forecast/scores.ts'
import { timeMsAt } from '../../../twin/kernel/clock.ts'
import { indicatorTable } from '../../../twin/objectives/tables.ts'
import { createTwin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const city = smallCity()
// a Tuesday, 06:00 in Montevideo: the morning is about to grow
const options = { seed: 5, startMs: Date.UTC(2024, 2, 12, 9), utcOffsetS: -3 * 3600, solveEveryS: 60 }

test('members foresee the morning better than that all stays as it is, and every lead is scored once', () => {
  const live = createTwin(city, options)
  const spare = createTwin(city, options)
  const { value } = live.tables.find(({ spec }) => spec.name === indicatorTable.name)!.columns
  const scores = makeScores()
  live.advance(1200)
  for (let step = 0; step < 18; step++) {
    const nowMs = timeMsAt(live.clock, live.clock.tick)
    observe(scores, nowMs, observedValues(value))
    if (step < 6) {
      const state = live.save()
      const members = [0, 1, 2].map((member) => {
        startMember(spare, state, memberDraw(step, member))
        return runMember(spare)
      })
      const forecast = forecastOfMembers(scores, nowMs, value, members)
      expect(forecast.series.map(({ id }) => id)).toEqual(forecastIds)
      addForecast(scores, forecast)
    }
    live.advance(300)
  }
  LEADS_S.forEach((_, lead) => expect(scoreOf(scores, 'vehicles', lead).count).toBe(6))
  const { meanError, meanPersistenceError } = scoreOf(scores, 'loadW', 11)
  expect(meanError).toBeLessThan(0.5 * meanPersistenceError)
  expect(scores.waiting).toEqual([])
})
