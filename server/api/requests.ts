/**
 * `/api/requests/<row>`, or `<id>` of a person's: one service request with what its filer wrote and what a desk has made of it;
 * `/api/events`: what happened last.
 */
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
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

export function requestRoutes(context: ApiContext): Router {
  const router = makeRouter()

  router.get('/api/requests/:row', async (request, response) => {
    const { live, city, desk } = context
    const { facts } = live
    if (city === undefined || facts === undefined || live.tick < 0) return stillStarting(response)
    const named = request.params.row
    const row = desk.rowOf(named) ?? Number(named)
    const { columns, rows } = live.table(requestTable)
    const kept = UUID.test(named) ? await context.records.request(named) : undefined
    if (Number.isNaN(row) && kept !== undefined && kept.cityId === city.info.id) {
      // filed so long ago that the twin has no row of it any more
      response.set('Cache-Control', 'no-store').json({
        id: named,
        serviceCode: kept.serviceCode,
        status: 'none',
        openedMs: kept.filedMs,
        updatedMs: kept.filedMs,
        desk: await deskJson(context, named),
      })
      return
    }
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
      desk: written && (await deskJson(context, written.clientId)),
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

/** What a desk has made of a person's report; undefined when none has touched it. */
async function deskJson({ operations }: ApiContext, id: string): Promise<object | undefined> {
  const { state, answer, log } = await operations.standing(id)
  if (log.length === 0 && answer === undefined) return undefined
  return { state, answer: answer?.text, answeredMs: answer?.atMs }
}
