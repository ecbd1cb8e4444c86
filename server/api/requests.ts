/** `/api/requests/<row>`: one service request with what its filer wrote; `/api/events`: what happened last. */
import { Router as makeRouter, type Router } from 'express'
import { eventKinds, eventTable } from '../../twin/events.ts'
import { lngLatFromLocal } from '../../twin/geo/projection.ts'
import { timeMsAt } from '../../twin/kernel/clock.ts'
import { provenanceAt } from '../../twin/provenance/lookup.ts'
import { requestCauses, requestStatuses, requestTable } from '../../twin/reports/tables.ts'
import { stillStarting, type ApiContext } from './context.ts'
import { envelopeOf } from './envelope.ts'
import { rounded } from './mainStreets.ts'

const MAX_EVENTS = 100

export function requestRoutes(context: ApiContext): Router {
  const router = makeRouter()

  router.get('/api/requests/:row', async (request, response) => {
    const { live, city, desk } = context
    const { facts } = live
    if (city === undefined || facts === undefined || live.tick < 0) return stillStarting(response)
    const row = Number(request.params.row)
    const { columns, rows } = live.table(requestTable)
    if (!Number.isInteger(row) || row < 0 || row >= rows || columns.status[row] === 0) {
      response.status(404).json({ error: `there is no request ${request.params.row}` })
      return
    }
    const clock = { ...facts, tick: live.tick }
    const service = city.services?.services[columns.service[row]]
    const [lng, lat] = lngLatFromLocal(city.projection, [columns.xM[row], columns.yM[row]])
    const cause = requestCauses[columns.cause[row]]
    // the row may have been a person's before it was given to one that the twin made
    const written = cause === 'person' ? await desk.written(row) : undefined
    const of = (column: keyof typeof requestTable.columns) =>
      envelopeOf(
        provenanceAt((spec) => live.table(spec), requestTable, column, row),
        clock,
        city.info,
      )
    response.set('Cache-Control', 'no-store').json({
      row,
      serviceCode: service?.serviceCode,
      serviceName: service?.name,
      agency: service?.agency,
      status: requestStatuses[columns.status[row]],
      cause,
      provenance: {
        // what was said of it, and what has become of it
        cause: of('cause'),
        status: of('status'),
      },
      lng: rounded(lng, 6),
      lat: rounded(lat, 6),
      openedMs: timeMsAt(clock, columns.openedTick[row]),
      updatedMs: timeMsAt(clock, columns.updatedTick[row]),
      // by which comments name it
      id: written?.clientId,
      description: written?.description,
    })
  })

  router.get('/api/events', (_request, response) => {
    const { live, city } = context
    const { facts } = live
    if (facts === undefined || city === undefined || live.tick < 0) return stillStarting(response)
    const clock = { ...facts, tick: live.tick }
    const { columns, rows } = live.table(eventTable)
    const events = Array.from({ length: rows }, (_, at) => at)
      .filter((at) => columns.kind[at] !== 0)
      .sort((a, b) => columns.tick[b] - columns.tick[a])
      .slice(0, MAX_EVENTS)
      .map((at) => ({
        kind: eventKinds[columns.kind[at]],
        row: columns.row[at],
        timeMs: timeMsAt(clock, columns.tick[at]),
        value: rounded(columns.value[at], 1),
        provenance: envelopeOf(
          provenanceAt((spec) => live.table(spec), eventTable, 'value', at),
          clock,
          city.info,
        ),
      }))
    response.set('Cache-Control', 'no-store').json(events)
  })

  return router
}
