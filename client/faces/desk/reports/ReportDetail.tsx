/** One person's report: what they wrote, who has it, what they were answered, and what desks did about it. */
import { formatClock } from '../../../language/format.ts'
import { sayIncident } from '../../../language/incidentWords.ts'
import type { DeskReport, ReportSaid } from '../../../shell/incidents/deskAnswers.ts'
import { agencyName, serviceOf, whereOf } from '../../../shell/incidents/incidentThing.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { Comments } from '../../../shell/talk/Comments.tsx'
import { useStore } from '../../../state/store.ts'
import { canDoReport, type ReportDoes } from './reportDoes.ts'
import { stateOfReport } from './ReportList.tsx'

export interface ReportDetailProps {
  readonly report: DeskReport
  /** The one that it is a duplicate of. */
  readonly same: DeskReport | undefined
  /** An earlier one that it is likely of the same thing as. */
  readonly likely: DeskReport | undefined
  readonly does: ReportDoes
  readonly isBusy: boolean
}

export function ReportDetail({ report, same, likely, does, isBusy }: ReportDetailProps) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const clockOf = (timeMs: number) => (timeZone ? formatClock(timeMs, timeZone) : '')
  const acts = (['assign', 'answer', 'merge', 'close', 'reopen'] as const).filter(
    (act) => act !== 'reopen' || canDoReport('reopen', report),
  )
  const { answer } = report
  return (
    <section className="stack alarm-detail">
      <h2>{serviceOf(report.serviceCode, city)}</h2>
      <p>
        {stateOfReport(report)}, {clockOf(report.openedMs ?? report.filedMs)}
        <b> {whereOf([report.lng, report.lat], city)}</b>
      </p>
      <div className="row">
        {acts.map((act) => (
          <button
            key={act}
            type="button"
            className={act === 'assign' && report.state === 'open' ? 'strong' : undefined}
            aria-disabled={isBusy || !canDoReport(act, report)}
            onClick={() => does[act](report)}
          >
            {sayIncident(`report.${act}`)}
          </button>
        ))}
        <button type="button" onClick={() => does.openIncident(report)}>
          {sayIncident('open.incident')}
        </button>
        <button type="button" onClick={() => does.join(report)}>
          {sayIncident('join.incident')}
        </button>
      </div>
      <dl className="alarm-facts">
        <dt>{sayIncident('report.description')}</dt>
        <dd>{report.description || sayIncident('report.noWords')}</dd>
        <dt>{sayIncident('report.owner')}</dt>
        <dd>{report.owner === undefined ? '–' : agencyName(report.owner)}</dd>
        {same && <dt>{sayIncident('report.same')}</dt>}
        {same && (
          <dd>
            {serviceOf(same.serviceCode, city)} · {clockOf(same.openedMs ?? same.filedMs)} {same.description}
          </dd>
        )}
        {likely && <dt>{sayIncident('report.likely')}</dt>}
        {likely && (
          <dd>
            {serviceOf(likely.serviceCode, city)} · {clockOf(likely.openedMs ?? likely.filedMs)}{' '}
            {likely.description}
            <div className="row">
              <button
                type="button"
                aria-disabled={isBusy}
                onClick={() => !isBusy && does.mergeInto(report, likely)}
              >
                {sayIncident('report.mergeInto')}
              </button>
              <button type="button" className="link" onClick={() => does.show(likely)}>
                {sayIncident('report.showLikely')}
              </button>
            </div>
          </dd>
        )}
        {answer && <dt>{sayIncident('report.answered', { time: clockOf(answer.atMs) })}</dt>}
        {answer && <dd>{answer.text}</dd>}
      </dl>
      <Comments id={report.id} />
      {report.log.length > 0 && <h3>{sayIncident('incident.log')}</h3>}
      <ol className="plain entries events">
        {report.log.toReversed().map((entry) => (
          <li key={entry.id}>
            <div className="entry">
              <time dateTime={new Date(entry.atMs).toISOString()}>{clockOf(entry.atMs)}</time>
              <span>
                {entry.who}: {reportSentence(entry)}
              </span>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What an entry of a report's log says, without who and when. */
export function reportSentence(entry: ReportSaid): string {
  switch (entry.act) {
    case 'assign':
      return sayIncident('done.assign', { agency: agencyName(entry.to) })
    case 'answer':
    case 'reopen':
      return sayIncident(`done.${entry.act}`, { text: entry.text })
    default:
      return sayIncident(`done.${entry.act}`)
  }
}
