/**
 * `/api/forecast`: the hour ahead as it stands; `/api/forecast/pictures`: the same as a recording of its middle member;
 * `/api/forecast/scores`: how near forecasts have come so far.
 */
import { Router as makeRouter, type Router } from 'express'
import { forecastIds, LEADS_S } from '../../twin/forecast/forecast.ts'
import { scoreOf } from '../../twin/forecast/scores.ts'
import { forecastJson } from '../loop/forecastJson.ts'
import type { Forecaster } from '../loop/forecaster.ts'
import { rounded } from './mainStreets.ts'

// They are of an hour, and never change.
const KEEP_PICTURES_S = 3600

export function forecastRoutes(context: { readonly forecaster: Forecaster }): Router {
  const router = makeRouter()

  router.get('/api/forecast', (_request, response) => {
    const { isOn, isMaking, forecast, pictures } = context.forecaster
    response.set('Cache-Control', 'no-store').json({
      state: isOn ? (isMaking ? 'making' : 'waiting') : 'off',
      ...(forecast && {
        forecast: forecastJson(forecast),
        hasPictures: pictures?.madeMs === forecast.madeMs,
      }),
    })
  })

  router.get('/api/forecast/pictures', (request, response) => {
    const { pictures } = context.forecaster
    const made = request.query['made']
    if (pictures === undefined || made !== String(pictures.madeMs)) {
      response.status(404).json({ error: 'made: there are pictures of the newest forecast alone' })
      return
    }
    response
      .set('Cache-Control', `private, max-age=${KEEP_PICTURES_S}, immutable`)
      .type('application/octet-stream')
      .end(pictures.file)
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
          mae: Number(meanError.toPrecision(4)),
          persistenceMae: Number(meanPersistenceError.toPrecision(4)),
          coverage: rounded(insideRatio, 3),
        }
      }),
    )
    const { sinceMs, forecasts } = tally
    response.set('Cache-Control', 'no-store').json({ sinceMs, forecasts, firstDueMs: nextScoreMs, scores })
  })

  return router
}
