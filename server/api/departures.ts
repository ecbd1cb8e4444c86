/** `/api/stops/<row>/departures`: what leaves a stop next, by the timetable and by the buses on the road. */
import { Router as makeRouter, type Router } from 'express'
import { departuresAt, makeDepartureIndex, type DepartureIndex } from '../../twin/transit/departures.ts'
import { transitVehicleTable } from '../../twin/transit/tables.ts'
import { stillStarting, type ApiContext } from './context.ts'

const SHOWN = 12

export function departureRoutes(context: ApiContext): Router {
  const router = makeRouter()
  let index: DepartureIndex | undefined

  router.get('/api/stops/:row/departures', (request, response) => {
    const { live, city } = context
    const { facts } = live
    if (city === undefined || facts === undefined || live.tick < 0) return stillStarting(response)
    const { timetable } = city
    const stop = Number(request.params.row)
    if (timetable === undefined || !Number.isInteger(stop) || timetable.stops.link[stop] === undefined) {
      response.status(404).json({ error: `there is no stop ${request.params.row}` })
      return
    }
    index ??= makeDepartureIndex(timetable)
    const { routes, patterns, trips } = timetable
    const clock = { ...facts, tick: live.tick }
    const next = departuresAt(index, live.table(transitVehicleTable), clock, stop, SHOWN)
    response.set('Cache-Control', 'no-store').json(
      next.map(({ trip, plannedMs, expectedMs, delayS, isLive }) => {
        const pattern = trips.pattern[trip]
        return {
          route: routes.shortName[patterns.route[pattern]],
          headsign: patterns.headsign[pattern],
          plannedMs,
          expectedMs,
          delayS,
          isLive,
        }
      }),
    )
  })

  return router
}
