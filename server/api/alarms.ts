/** `/api/alarms`: what is up, in words, and how the alarms themselves fare; `/api/alarms/acts`: what operators did about them. */
import { Router as makeRouter, type Router } from 'express'
import { alarmKinds, owners } from '../../twin/alarms/catalogue.ts'
import { alarmStates, alarmStatisticsTable, alarmTable } from '../../twin/alarms/tables.ts'
import { timeMsAt } from '../../twin/kernel/clock.ts'
import { holdsOne, rolesOfEvent } from '../../twin/protocol/roles.ts'
import { stillStarting, type ApiContext } from './context.ts'

// The newest are shown, of the last day.
const MAX_LISTED = 500
const DAY_MS = 86_400_000

export function alarmRoutes(context: ApiContext): Router {
  const router = makeRouter()
  const { live, records, doorkeeper } = context

  router.get('/api/alarms', (_request, response) => {
    const { facts, timeMs, tick } = live
    if (facts === undefined || timeMs === undefined) return stillStarting(response)
    const clock = { ...facts, tick }
    const { columns } = live.table(alarmTable)
    const alarms = Array.from(columns.id.keys())
      .filter((row) => columns.id[row] !== 0)
      .map((row) => {
        const { id, domain, of, unit, priority, owner, respondS, cause, consequence, action } =
          alarmKinds[columns.kind[row]]
        const until = columns.shelvedUntilTick[row]
        return {
          id: columns.id[row],
          kind: id,
          domain,
          priority,
          state: alarmStates[columns.state[row]],
          of: { table: of, row: columns.source[row], count: columns.sources[row] },
          value: columns.value[row],
          unit,
          follows: columns.cause[row] || undefined,
          raisedMs: timeMsAt(clock, columns.raisedTick[row]),
          changedMs: timeMsAt(clock, columns.changedTick[row]),
          shelvedUntilMs: until > 0 ? timeMsAt(clock, until) : undefined,
          owner: owners[owner],
          respondS,
          words: { cause, consequence, action },
        }
      })
    const statistics = live.table(alarmStatisticsTable).columns
    response.set('Cache-Control', 'no-store').json({
      timeMs,
      // until a feed is connected everything is simulated, and no alarm is of the real city
      mode: 'exercise',
      exerciseUntilMs: context.exercise.untilMs,
      alarms,
      statistics: Object.fromEntries(Object.entries(statistics).map(([name, column]) => [name, column[0]])),
    })
  })

  router.get('/api/alarms/acts', async (request, response) => {
    const access = doorkeeper.access(request)
    if (access.isOpen && !holdsOne(access.roles, rolesOfEvent.handleAlarm)) {
      response.status(403).json({ error: 'this is for planners: open /desk with a token' })
      return
    }
    if (context.folder === undefined || live.timeMs === undefined) return stillStarting(response)
    const acts = await records.alarmActs(context.folder.info.id, live.timeMs - DAY_MS, MAX_LISTED)
    response.set('Cache-Control', 'no-store').json(
      acts.map(({ clientId, kind, source, act, untilMs, reason, who, atMs }) => ({
        id: clientId,
        kind,
        source,
        act,
        ...(act === 'shelve' && { untilMs, reason }),
        who,
        atMs,
      })),
    )
  })

  return router
}
