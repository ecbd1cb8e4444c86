/**
 * What desks do, to be read: `/api/incidents`, what people reported with what became of it (`/api/reports`), handovers
 * (`/api/shifts`), and all that was done in a span of time (`/api/desk/acts`). Incidents are for desks and walls, the rest for desks.
 */
import { Router as makeRouter, type Request, type Response, type Router } from 'express'
import * as v from 'valibot'
import type { Incident } from '../../twin/desk/incident.ts'
import { timeMsAt } from '../../twin/kernel/clock.ts'
import type { IncidentPart } from '../../twin/protocol/deskMessages.ts'
import { checkMessage } from '../../twin/protocol/messages.ts'
import { holdsOne, readersOfIncidents, rolesOfEvent, type Role } from '../../twin/protocol/roles.ts'
import { requestStatuses, requestTable } from '../../twin/reports/tables.ts'
import { MANY } from '../records/alarmDesk.ts'
import type { DeskReport } from '../records/operationsDesk.ts'
import { stillStarting, type ApiContext } from './context.ts'

const MOST_REPORTS = 500
const WEEK_MS = 7 * 86_400_000
const MOST_ALARM_ACTS = 2000

const timeMs = v.pipe(v.string(), v.regex(/^\d{1,16}$/), v.transform(Number), v.maxValue(8.64e15))
const spanSchema = v.pipe(
  v.strictObject({ from: timeMs, to: timeMs }),
  v.check(({ from, to }) => from <= to && to - from <= WEEK_MS, 'from and to, a week apart at most'),
)

export function deskRoutes(context: ApiContext): Router {
  const router = makeRouter()
  const { live, operations, records, doorkeeper } = context

  /** Whether whoever asks is answered; says why when not. */
  const isFor = (asked: readonly Role[], request: Request, response: Response): boolean => {
    const access = doorkeeper.access(request)
    if (access.isOpen && !holdsOne(access.roles, asked)) {
      response.status(403).json({ error: `this is for ${asked.join(' and ')}: open /desk with a token` })
      return false
    }
    if (context.folder !== undefined && live.timeMs !== undefined) return true
    stillStarting(response)
    return false
  }

  /** With what it is called: a desk's words name reports and scenarios by their ids only. */
  const named = async (part: IncidentPart): Promise<object> => {
    if (part.what === 'report') return { ...part, serviceCode: (await records.request(part.id))?.serviceCode }
    return part.what === 'scenario' ? { ...part, name: (await records.scenario(part.id))?.name } : part
  }

  const jsonOf = async ({ log, parts, ...facts }: Incident): Promise<object> => ({
    ...facts,
    parts: await Promise.all(parts.map(named)),
    log: await Promise.all(
      log.map(async ({ clientId, kind: _kind, incident: _incident, ...words }) => ({
        id: clientId,
        ...words,
        // what was taken out again is no part any more, and has its name here
        ...('part' in words && { part: await named(words.part) }),
      })),
    ),
  })

  router.get('/api/incidents', async (request, response) => {
    if (!isFor(readersOfIncidents, request, response)) return
    const incidents = await operations.incidents()
    response.set('Cache-Control', 'no-store').json(await Promise.all(incidents.map(jsonOf)))
  })

  router.get('/api/incidents/:id', async (request, response) => {
    if (!isFor(readersOfIncidents, request, response)) return
    const incident = await operations.incident(request.params.id)
    response.set('Cache-Control', 'no-store')
    if (incident === undefined)
      response.status(404).json({ error: `there is no incident ${request.params.id.slice(0, 80)}` })
    else response.json(await jsonOf(incident))
  })

  router.get('/api/reports', async (request, response) => {
    if (!isFor(rolesOfEvent.actAtDesk, request, response)) return
    const reports = await operations.reports(Date.now(), MOST_REPORTS)
    response.set('Cache-Control', 'no-store').json(reports.map((one) => reportJson(one, context)))
  })

  router.get('/api/shifts', async (request, response) => {
    if (!isFor(rolesOfEvent.actAtDesk, request, response)) return
    response.set('Cache-Control', 'no-store').json(await operations.shifts())
  })

  router.get('/api/desk/acts', async (request, response) => {
    if (!isFor(rolesOfEvent.actAtDesk, request, response)) return
    const checked = checkMessage(spanSchema, { ...request.query })
    if ('error' in checked) {
      response.status(400).json({ error: checked.error })
      return
    }
    const { from, to } = checked.value
    const cityId = context.folder?.info.id ?? ''
    const alarms = await records.alarmActs(cityId, from, MOST_ALARM_ACTS)
    response.set('Cache-Control', 'no-store').json({
      desk: await operations.acts(from, to),
      alarms: alarms
        .filter(({ atMs }) => atMs <= to)
        .reverse()
        .map(({ clientId, kind, source, act, untilMs, reason, who, atMs }) => ({
          id: clientId,
          kind,
          // a row that stood for many is of no one thing
          ...(source !== MANY && { source }),
          act,
          ...(act === 'shelve' && { untilMs, reason }),
          who,
          atMs,
        })),
    })
  })

  return router
}

function reportJson({ request, report }: DeskReport, { live, desk }: ApiContext): object {
  const { clientId: id, serviceCode, lng, lat, description, filedMs } = request
  const row = desk.rowOf(id)
  const { columns, rows } = live.table(requestTable)
  const isShown = row !== undefined && row < rows && live.facts !== undefined
  return {
    id,
    serviceCode,
    lng,
    lat,
    description,
    filedMs,
    // as the twin has it, while it has it
    ...(isShown &&
      live.facts && {
        row,
        status: requestStatuses[columns.status[row]],
        openedMs: timeMsAt({ ...live.facts, tick: live.tick }, columns.openedTick[row]),
      }),
    state: report.state,
    owner: report.owner,
    answer: report.answer,
    into: report.into,
    log: report.log.map(({ clientId, kind: _kind, report: _report, ...words }) => ({
      id: clientId,
      ...words,
    })),
  }
}
