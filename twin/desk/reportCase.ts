/**
 * What the desk has made of a person's report: open → assigned → closed, or a duplicate of another, whose fate it then shares;
 * with the answer that its reporter is shown. Pure, folded from the acts. A duplicate is only ever of one that is none itself, so
 * that every chain of them ends.
 */
import type { DeskStatus } from '../commands.ts'
import type { ReportAct } from '../protocol/deskMessages.ts'
import type { Agency } from './agencies.ts'

export const reportCaseStates = ['open', 'assigned', 'merged', 'closed'] as const
export type ReportCaseState = (typeof reportCaseStates)[number]

/** An act as it was kept; the city's time. */
export type ReportEntry = ReportAct & { readonly atMs: number }

export interface ReportCase {
  readonly state: ReportCaseState
  readonly owner: Agency | undefined
  readonly answer: { readonly text: string; readonly atMs: number } | undefined
  /** The report that it is a duplicate of. */
  readonly into: string | undefined
  readonly log: readonly ReportEntry[]
}

/** Of a report that no desk has touched. */
export const untouched: ReportCase = {
  state: 'open',
  owner: undefined,
  answer: undefined,
  into: undefined,
  log: [],
}

export function afterReportEntry(before: ReportCase, entry: ReportEntry): ReportCase {
  const after = { ...before, log: [...before.log, entry] }
  switch (entry.act) {
    case 'assign':
      return { ...after, state: 'assigned', owner: entry.to }
    case 'merge':
      return { ...after, state: 'merged', into: entry.into }
    case 'answer':
      return { ...after, answer: { text: entry.text, atMs: entry.atMs } }
    case 'close':
      return { ...after, state: 'closed' }
    case 'reopen':
      return { ...after, state: before.owner === undefined ? 'open' : 'assigned', into: undefined }
  }
}

export function foldReport(entries: readonly ReportEntry[]): ReportCase {
  return entries.reduce(afterReportEntry, untouched)
}

/**
 * Why an act means nothing in the report's present state, as a sentence; undefined when it does. `into` is how the report stands
 * that it would be merged into, undefined when there is none.
 */
export function refusalOfReportAct(
  report: ReportCase,
  act: ReportAct,
  into: ReportCase | undefined,
): string | undefined {
  const { state } = report
  if (act.act === 'reopen')
    return state === 'closed' || state === 'merged' ? undefined : `act: it is ${state}, and not closed`
  if (state === 'merged') return `act: it is a duplicate of ${report.into}; say it of that one`
  if (act.act === 'answer') return undefined
  if (state === 'closed') return 'act: it is closed; reopen it first'
  if (act.act === 'assign') return report.owner === act.to ? `to: ${act.to} has it already` : undefined
  if (act.act === 'close') return undefined
  if (act.into === act.report) return 'into: a report is no duplicate of itself'
  if (into === undefined) return `into: there is no report ${act.into}`
  return into.state === 'merged' ? `into: that one is a duplicate of ${into.into} itself` : undefined
}

/** How a report stands for who filed it: a duplicate stands as the one that it is of. */
export function standingOf(id: string, cases: ReadonlyMap<string, ReportCase>): ReportCase {
  let standing = cases.get(id) ?? untouched
  while (standing.into !== undefined) {
    const root = cases.get(standing.into) ?? untouched
    standing = { ...root, answer: root.answer ?? standing.answer }
  }
  return standing
}

/**
 * How far a report is that a desk has touched, as the twin shows it; undefined while none has, and it lives by itself. A
 * duplicate is as far as the one that it is of, so that what was merged by mistake has not gone too far.
 */
export function statusOf(id: string, cases: ReadonlyMap<string, ReportCase>): DeskStatus | undefined {
  if ((cases.get(id) ?? untouched).log.length === 0) return undefined
  const { state } = standingOf(id, cases)
  return state === 'closed' || state === 'assigned' ? state : 'acknowledged'
}
