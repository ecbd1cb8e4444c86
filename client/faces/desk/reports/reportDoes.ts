/** What can be done with a person's report at the desk; each does nothing where it would mean nothing. */
import { requestTable } from '../../../../twin/reports/tables.ts'
import type { DeskIncident, DeskReport } from '../../../shell/incidents/deskAnswers.ts'
import type { Live } from '../../../state/live.ts'
import type { Asking } from '../asking.ts'
import type { DeskActs } from '../useDeskActs.ts'

type Act = 'assign' | 'answer' | 'merge' | 'close' | 'reopen'

export interface ReportDoes extends Record<Act, (report: DeskReport) => void> {
  show(report: DeskReport): void
  openIncident(report: DeskReport): void
  join(report: DeskReport): void
  /** What the desk proposes is taken at its word: it is a duplicate of that one. */
  mergeInto(report: DeskReport, into: DeskReport): void
}

/** Who still waits comes first: open, assigned, duplicates, closed; then the newest. */
const order: readonly DeskReport['state'][] = ['open', 'assigned', 'merged', 'closed']

export function byWaiting(a: DeskReport, b: DeskReport): number {
  return order.indexOf(a.state) - order.indexOf(b.state) || b.filedMs - a.filedMs
}

/** As the server will say. */
export function canDoReport(act: Act, { state }: DeskReport): boolean {
  if (act === 'reopen') return state === 'closed' || state === 'merged'
  return state !== 'merged' && (act === 'answer' || state !== 'closed')
}

export interface ReportDesk {
  readonly live: Live
  readonly acts: DeskActs
  readonly incidents: readonly DeskIncident[]
  choose(report: DeskReport): void
  ask(asking: Asking): void
  /** An incident is looked at next. */
  onOpened(id: string): void
  titleOf(report: DeskReport): string
}

export function reportDoes({
  live,
  acts,
  incidents,
  choose,
  ask,
  onOpened,
  titleOf,
}: ReportDesk): ReportDoes {
  const asks = (what: Act) => (report: DeskReport) => {
    if (canDoReport(what, report)) ask({ what, report })
  }
  return {
    assign: asks('assign'),
    answer: asks('answer'),
    merge: asks('merge'),
    close: asks('close'),
    reopen: asks('reopen'),
    show(report) {
      choose(report)
      live.camera.go({ at: [report.lng, report.lat], zoom: 15.5 })
      if (report.row !== undefined)
        live.store.setView({
          selection: { layer: 'reports', table: requestTable.name, row: report.row },
        })
    },
    openIncident({ id, lng, lat }) {
      const already = incidents.find(
        ({ state, parts }) =>
          state !== 'cleared' && parts.some((part) => part.what === 'report' && part.id === id),
      )
      if (already !== undefined) onOpened(already.id)
      else
        void acts
          .begin({ kind: 'incident', act: 'open', of: { what: 'report', id }, at: [lng, lat] })
          .then((opened) => opened !== undefined && onOpened(opened))
    },
    mergeInto: ({ id }, into) => void acts.say({ kind: 'report', report: id, act: 'merge', into: into.id }),
    join: (report) => ask({ what: 'join', part: { what: 'report', id: report.id }, title: titleOf(report) }),
  }
}
