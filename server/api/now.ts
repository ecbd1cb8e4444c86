/** `/api/now`: the present in a few hundred bytes, for a page's first words. */
import { Router as makeRouter, type Router } from 'express'
import type { CityInfo } from '../../twin/city.ts'
import { derive } from '../../twin/kernel/provenance.ts'
import { indicators } from '../../twin/objectives/indicators.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import { provenanceAt } from '../../twin/provenance/lookup.ts'
import { linkTable } from '../../twin/traffic/tables.ts'
import { stillStarting, type ApiContext } from './context.ts'
import { envelopeOf } from './envelope.ts'
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
          provenance: ofIndicators(context, city.info),
        },
      }
    }
    response.set('Cache-Control', 'no-store').json(answer.body)
  })

  return router
}

/** Once for all indicators together, and once for each that is not good. */
function ofIndicators({ live }: ApiContext, info: CityInfo): object | undefined {
  if (live.facts === undefined) return undefined
  const clock = { ...live.facts, tick: live.tick }
  const each = indicators.map(({ id }, row) => {
    const provenance = provenanceAt((spec) => live.table(spec), indicatorTable, 'value', row)
    return [id, provenance] as const
  })
  const isGood = ([, { quality }]: (typeof each)[number]) => quality === 'good'
  const all = derive(each.filter(isGood).map(([, provenance]) => provenance))
  return {
    ...envelopeOf(all, clock, info),
    exceptions: Object.fromEntries(
      each.filter((one) => !isGood(one)).map(([id, provenance]) => [id, envelopeOf(provenance, clock, info)]),
    ),
  }
}
