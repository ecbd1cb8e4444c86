/** `/api/stops/<row>/departures`: what leaves a stop next, by the timetable and by the buses on the road. */
import { Router as makeRouter, type Router } from 'express'
import { derive, provenanceOf } from '../../twin/kernel/provenance.ts'
import { provenanceAt } from '../../twin/provenance/lookup.ts'
import { departuresAt, makeDepartureIndex, type DepartureIndex } from '../../twin/transit/departures.ts'
import { transitVehicleTable } from '../../twin/transit/tables.ts'
import { stillStarting, type ApiContext } from './context.ts'
import { envelopeOf } from './envelope.ts'

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
    // a time to come, from the timetable, and from the delay of the bus where it is on the road
    const planned = provenanceOf({ kind: 'forecast', from: ['transit'] })
    const expected = (bus: number | undefined) =>
      bus === undefined
        ? planned
        : derive([planned, provenanceAt((spec) => live.table(spec), transitVehicleTable, 'delayS', bus)])
    response.set('Cache-Control', 'no-store').json(
      next.map(({ trip, plannedMs, expectedMs, delayS, bus }) => {
        const pattern = trips.pattern[trip]
        return {
          route: routes.shortName[patterns.route[pattern]],
          headsign: patterns.headsign[pattern],
          plannedMs,
          expectedMs,
          delayS,
          isLive: bus !== undefined,
          provenance: envelopeOf(expected(bus), clock, city.info),
        }
      }),
    )
  })

  return router
}
