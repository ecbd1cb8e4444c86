/** `/api/history/<table>/<row>`: one row's last minutes, and the same clock time of the simulated yesterday. */
import { Router as makeRouter, type Router } from 'express'
import { provenanceAt } from '../../twin/provenance/lookup.ts'
import type { Yesterday } from '../../twin/yesterday.ts'
import { loadYesterday, yesterdaySeries } from '../history/yesterday.ts'
import { stillStarting, type ApiContext } from './context.ts'
import { envelopeOf, type Envelope } from './envelope.ts'

const DEFAULT_MINUTES = 60
const MAX_MINUTES = 180

export function seriesRoutes(context: ApiContext): Router {
  const router = makeRouter()
  let loading: Promise<Yesterday | undefined> | undefined

  router.get('/api/history/:table/:row', async (request, response) => {
    const { live, history, folder } = context
    const { timeMs, facts } = live
    if (timeMs === undefined || facts === undefined || folder === undefined) return stillStarting(response)
    const { table } = request.params
    const row = Number(request.params.row)
    const minutes = Number(request.query['minutes'] ?? DEFAULT_MINUTES)
    if (!(minutes > 0 && minutes <= MAX_MINUTES)) {
      response.status(400).json({ error: `minutes: expected a number up to ${MAX_MINUTES}` })
      return
    }
    const fromMs = timeMs - minutes * 60_000
    const series = isRow(row) ? seriesOrNothing(() => history.series(table, row, fromMs)) : undefined
    if (series === undefined) {
      response.status(404).json({
        error: `there is no history of ${table} ${request.params.row}; tables are ${history.tables.join(', ')}`,
      })
      return
    }
    loading ??= loadYesterday(folder.folder)
    const day = await loading
    const before = day && yesterdaySeries(day, table, row, fromMs, timeMs, facts.utcOffsetS)
    response.set('Cache-Control', 'no-store').json({
      ...series,
      provenance: provenanceOfRow(context, table, row),
      ...(before && { yesterday: before }),
    })
  })

  return router
}

/** By column, as of now; what is kept of the past is the same columns' earlier values. */
function provenanceOfRow(
  { live, city, history }: ApiContext,
  table: string,
  row: number,
): Record<string, Envelope> {
  const { facts } = live
  const spec = history.specOf(table)
  if (facts === undefined || city === undefined || spec === undefined) return {}
  const clock = { ...facts, tick: live.tick }
  const of = (column: string) => provenanceAt((each) => live.table(each), spec, column, row)
  return Object.fromEntries(
    history.columnsOf(table).map((column) => [column, envelopeOf(of(column), clock, city.info)]),
  )
}

function isRow(row: number): boolean {
  return Number.isInteger(row) && row >= 0
}

/** A row that is not there is a 404 to the page, not a fault. */
function seriesOrNothing<T>(get: () => T): T | undefined {
  try {
    return get()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
