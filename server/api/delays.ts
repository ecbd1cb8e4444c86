/** `/api/lines/<route>/<direction>/delays`: how late each trip of a line in one direction ran in the last minutes. */
import { Router as makeRouter, type Router } from 'express'
import { provenanceAt } from '../../twin/provenance/lookup.ts'
import { transitVehicleTable } from '../../twin/transit/tables.ts'
import { stillStarting, type ApiContext } from './context.ts'
import { envelopeOf } from './envelope.ts'

const DEFAULT_MINUTES = 60
const MAX_MINUTES = 180

export function delayRoutes(context: ApiContext): Router {
  const router = makeRouter()

  router.get('/api/lines/:route/:direction/delays', (request, response) => {
    const { live, history, city } = context
    const { timeMs, facts } = live
    if (timeMs === undefined || facts === undefined || city === undefined) return stillStarting(response)
    const route = Number(request.params.route)
    const direction = Number(request.params.direction)
    const { timetable } = city
    const name = timetable?.routes.shortName[route]
    if (timetable === undefined || name === undefined) {
      response.status(404).json({ error: `there is no line ${request.params.route}` })
      return
    }
    const minutes = Number(request.query['minutes'] ?? DEFAULT_MINUTES)
    if (!(minutes > 0 && minutes <= MAX_MINUTES)) {
      response.status(400).json({ error: `minutes: expected a number up to ${MAX_MINUTES}` })
      return
    }
    const { patterns, trips } = timetable
    const isOfLine = (trip: number): boolean => {
      const pattern = trips.pattern[trip]
      return patterns.route[pattern] === route && patterns.directionId[pattern] === direction
    }
    const fromMs = timeMs - minutes * 60_000
    const delays = [...history.delaysOf(isOfLine, fromMs)]
    const clock = { ...facts, tick: live.tick }
    const provenance = provenanceAt((spec) => live.table(spec), transitVehicleTable, 'delayS', 0)
    response.set('Cache-Control', 'no-store').json({
      fromMs,
      trips: delays.map(([trip, { timesMs, values }]) => ({ trip, timesMs, delayS: values['delayS'] })),
      provenance: envelopeOf(provenance, clock, city.info),
    })
  })

  return router
}
