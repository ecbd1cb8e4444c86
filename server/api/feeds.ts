/** `/api/feeds`: every feed that the city takes, whose it is, how it stands against what is promised, and what is shown of it. */
import { Router as makeRouter, type Router } from 'express'
import type { UseOfFeed } from '../../twin/protocol/feedMessages.ts'
import type { Feed } from '../feeds/feed.ts'
import type { ApiContext } from './context.ts'

export function feedRoutes(context: ApiContext): Router {
  const router = makeRouter()
  router.get('/api/feeds', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({
      feeds: context.feeds.all.map((feed) => tellFeed(feed, context.corrections.told(feed.declaration.id))),
    })
  })
  return router
}

/** Where it comes from is not told: addresses of partners may hold their keys. */
export function tellFeed(feed: Feed, use: UseOfFeed = {}) {
  const { id, title, format, cadenceS, freshnessS, owner, licence } = feed.declaration
  const { state, why, ageS, quality } = feed.standing()
  const { shown = [], deviations } = feed.reading ?? {}
  return {
    id,
    title,
    format,
    owner,
    licence,
    promise: { cadenceS, freshnessS },
    state,
    why,
    ageS: numberOrNull(ageS, 10),
    quality: {
      uptime: numberOrNull(quality.uptime, 1000),
      validity: numberOrNull(quality.validity, 1000),
      completeness: numberOrNull(quality.completeness, 1000),
      freshness: numberOrNull(quality.freshness, 1000),
    },
    shown: shown.map(({ what, count }) => ({ what, count })),
    deviations: Object.fromEntries(deviations?.byRule ?? []),
    use,
  }
}

/** JSON knows no NaN; what nothing is known of is null. */
function numberOrNull(value: number, steps: number): number | null {
  return Number.isFinite(value) ? Math.round(value * steps) / steps : null
}
