/** `/api/forecast`: the hour ahead as it stands; `/api/forecast/scores`: how near forecasts have come so far. */
import { Router as makeRouter, type Router } from 'express'
import { forecastIds, LEADS_S } from '../../twin/forecast/forecast.ts'
import { scoreOf } from '../../twin/forecast/scores.ts'
import { forecastJson, roundedAs } from '../loop/forecastJson.ts'
import type { Forecaster } from '../loop/forecaster.ts'
import { rounded } from './mainStreets.ts'

export function forecastRoutes(context: { readonly forecaster: Forecaster }): Router {
  const router = makeRouter()

  router.get('/api/forecast', (_request, response) => {
    const { isOn, isMaking, forecast } = context.forecaster
    response.set('Cache-Control', 'no-store').json({
      state: isOn ? (isMaking ? 'making' : 'waiting') : 'off',
      ...(forecast && { forecast: forecastJson(forecast) }),
    })
  })

  router.get('/api/forecast/scores', (_request, response) => {
    const { tally, nextScoreMs } = context.forecaster
    const scores = forecastIds.flatMap((id) =>
      LEADS_S.map((leadS, lead) => {
        const { count, meanError, meanPersistenceError, insideRatio } = scoreOf(tally.scores, id, lead)
        return {
          id,
          leadS,
          count,
          mae: roundedAs(id, meanError),
          persistenceMae: roundedAs(id, meanPersistenceError),
          coverage: rounded(insideRatio, 3),
        }
      }),
    )
    const { sinceMs, forecasts } = tally
    response.set('Cache-Control', 'no-store').json({ sinceMs, forecasts, firstDueMs: nextScoreMs, scores })
  })

  return router
}
