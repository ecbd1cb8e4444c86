/** `/api/now`: the present in a few hundred bytes, for a page's first words. */
import { Router as makeRouter, type Router } from 'express'
import { indicators } from '../../twin/objectives/indicators.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import { linkTable } from '../../twin/traffic/tables.ts'
import { stillStarting, type ApiContext } from './context.ts'
import { MainStreetIndex, rounded } from './mainStreets.ts'

const SLOWEST = 5
const OPEN_REQUESTS = indicators.findIndex(({ id }) => id === 'openRequests')
const DRIVING_SPEED = indicators.findIndex(({ id }) => id === 'drivingSpeedRatio')

export function nowRoutes(context: ApiContext): Router {
  const router = makeRouter()
  let streets: MainStreetIndex | undefined
  let answer: { tick: number; body: object } | undefined

  router.get('/api/now', (_request, response) => {
    const { live, city, folder } = context
    const { timeMs } = live
    if (city === undefined || folder === undefined || timeMs === undefined) return stillStarting(response)
    streets ??= new MainStreetIndex(city)
    if (answer?.tick !== live.tick) {
      const { value } = live.table(indicatorTable).columns
      const { count, slow, slowest } = streets.now(live.table(linkTable), value[DRIVING_SPEED] || 1, SLOWEST)
      answer = {
        tick: live.tick,
        body: {
          cityId: folder.info.id,
          name: folder.info.name,
          timeMs,
          utcOffsetS: live.facts?.utcOffsetS,
          tick: live.tick,
          speed: live.speed,
          indicators: Object.fromEntries(indicators.map(({ id }, row) => [id, rounded(value[row] ?? 0, 3)])),
          slowStreets: slowest,
          mainStreets: { count, slow },
          openRequests: value[OPEN_REQUESTS] ?? 0,
        },
      }
    }
    response.set('Cache-Control', 'no-store').json(answer.body)
  })

  return router
}
