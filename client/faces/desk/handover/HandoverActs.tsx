/** What was done in a shift, in order: about alarms, incidents, people's reports and the shift itself; and how the reports stand. */
import { useCallback } from 'react'
import { alarmKinds } from '../../../../twin/alarms/catalogue.ts'
import type { City } from '../../../../twin/city.ts'
import { sayDesk } from '../../../language/deskWords.ts'
import { formatClock } from '../../../language/format.ts'
import { sayIncident } from '../../../language/incidentWords.ts'
import { wordsOfKind } from '../../../shell/alarmWords.ts'
import { titleOfAlarm } from '../../../shell/alarmThing.ts'
import {
  getActs,
  type DeskActs as Done,
  type DeskIncident,
  type DeskReport,
} from '../../../shell/incidents/deskAnswers.ts'
import { sentenceOf, serviceOf, titleOfIncident } from '../../../shell/incidents/incidentThing.ts'
import { useDeskAnswer } from '../../../shell/incidents/useDeskAnswer.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import { reportSentence } from '../reports/ReportDetail.tsx'
import type { Desk } from '../useDesk.ts'
import type { Span } from './shiftSpan.ts'

interface Line {
  readonly id: string
  readonly atMs: number
  readonly who: string
  readonly words: string
}

export function HandoverActs({ span, desk }: { span: Span; desk: Desk }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const { fromMs, toMs } = span
  const ask = useCallback((signal: AbortSignal) => getActs(fromMs, toMs, signal), [fromMs, toMs])
  const { value } = useDeskAnswer(ask)
  const lines = value === undefined ? [] : linesOf(value, desk)
  return (
    <>
      <section>
        <h2>{sayIncident('shift.reports')}</h2>
        <p>{sayIncident('shift.reportsCount', countsOf(desk.reports, span))}</p>
      </section>
      <section>
        <h2>{sayIncident('shift.done')}</h2>
        {value !== undefined && lines.length === 0 && (
          <p className="quiet">{sayIncident('shift.doneNone')}</p>
        )}
        <ol className="plain handover-log">
          {timeZone &&
            lines.map(({ id, atMs, who, words }) => (
              <li key={id}>
                <time dateTime={new Date(atMs).toISOString()}>{formatClock(atMs, timeZone)}</time>
                <span>
                  {who}: {words}
                </span>
              </li>
            ))}
        </ol>
      </section>
    </>
  )
}

function countsOf(reports: readonly DeskReport[], { fromMs, toMs }: Span) {
  const count = (holds: (report: DeskReport) => boolean) => reports.filter(holds).length
  return {
    open: count(({ state }) => state === 'open'),
    assigned: count(({ state }) => state === 'assigned'),
    closed: count(({ log }) =>
      log.some(({ act, atMs }) => act === 'close' && atMs >= fromMs && atMs <= toMs),
    ),
  }
}

function linesOf({ desk, alarms }: Done, { incidents, reports, city }: Desk): Line[] {
  const lines = [
    ...alarms.map((act) => ({ id: act.id, atMs: act.atMs, who: act.who, words: alarmSentence(act, city) })),
    ...desk.map((act) => ({
      id: act.clientId,
      atMs: act.atMs,
      who: act.who,
      words: deskSentence(act, incidents, reports, city),
    })),
  ]
  return lines.sort((a, b) => a.atMs - b.atMs)
}

function alarmSentence(
  { kind: kindId, source, act, reason }: Done['alarms'][number],
  city: City | undefined,
): string {
  const kind = alarmKinds.find(({ id }) => id === kindId)
  if (kind === undefined) return kindId
  const done = { acknowledge: 'act.acknowledged', shelve: 'act.shelved', unshelve: 'act.unshelved' } as const
  const what =
    source === undefined ? wordsOfKind(kind.id).cause : titleOfAlarm({ kind, source, sources: 1 }, city)
  return [`${what}: ${sayDesk(done[act])}`, reason ?? ''].filter((words) => words !== '').join(', ')
}

function deskSentence(
  act: Done['desk'][number],
  incidents: readonly DeskIncident[],
  reports: readonly DeskReport[],
  city: City | undefined,
): string {
  if (act.kind === 'shift') return sayIncident(`done.${act.act}`)
  if (act.kind === 'report') {
    const service = serviceOf(reports.find(({ id }) => id === act.report)?.serviceCode, city)
    return sayIncident('done.report', { service, what: reportSentence({ ...act, id: act.clientId }) })
  }
  const incident = incidents.find(({ id }) => id === act.incident)
  if (incident === undefined) return sayIncident('incident.unnamed')
  const what = sentenceOf({ ...act, id: act.clientId }, incident, city)
  return act.act === 'open' ? what : `${titleOfIncident(incident, city)}: ${what}`
}
