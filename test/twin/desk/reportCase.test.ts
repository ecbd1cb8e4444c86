/** What holds of people's reports whatever desks say of them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterReportEntry,
  foldReport,
  refusalOfReportAct,
  standingOf,
  statusOf,
  untouched,
  type ReportCase,
} from '../../../twin/desk/reportCase.ts'
import type { ReportAct } from '../../../twin/protocol/deskMessages.ts'
import { reportAct, reportIds } from './deskActs.ts'

function played(acts: readonly ReportAct[]): Map<string, ReportCase> {
  const cases = new Map<string, ReportCase>(reportIds.map((id) => [id, untouched]))
  acts.forEach((act, atMs) => {
    const before = cases.get(act.report) ?? untouched
    const into = act.act === 'merge' ? cases.get(act.into) : undefined
    if (refusalOfReportAct(before, act, into) === undefined)
      cases.set(act.report, afterReportEntry(before, { ...act, atMs }))
  })
  return cases
}

const [one, two, three] = reportIds
const of = (report: string, act: ReportAct['act'], more: object = {}) =>
  ({ kind: 'report', clientId: report, who: 'desk', report, act, ...more }) as ReportAct

describe('people’s reports', () => {
  it('that are duplicates end at one that is none, whatever is said', () => {
    fc.assert(
      fc.property(fc.array(reportAct, { maxLength: 40 }), (acts) => {
        const cases = played(acts)
        for (const [id, { state, into }] of cases) {
          expect(into !== undefined).toBe(state === 'merged')
          expect(standingOf(id, cases).state).not.toBe('merged')
        }
      }),
    )
  })

  it('fold from their log to themselves', () => {
    fc.assert(
      fc.property(fc.array(reportAct, { maxLength: 40 }), (acts) => {
        for (const report of played(acts).values()) expect(foldReport(report.log)).toEqual(report)
      }),
    )
  })

  it('stand for who filed them as the one that they are duplicates of, answer and all', () => {
    const cases = played([
      of(one, 'merge', { into: two }),
      of(two, 'merge', { into: three }),
      of(three, 'assign', { to: 'cityServices' }),
      of(three, 'answer', { text: 'a crew comes tonight' }),
    ])
    expect(standingOf(one, cases)).toMatchObject({
      state: 'assigned',
      owner: 'cityServices',
      answer: { text: 'a crew comes tonight', atMs: 3 },
    })
  })

  it.each<[string, ReportAct[], ReportAct, string]>([
    ['is closed', [of(one, 'close')], of(one, 'assign', { to: 'police' }), 'it is closed; reopen it first'],
    ['is a duplicate', [of(one, 'merge', { into: two })], of(one, 'close'), 'it is a duplicate of'],
    ['is open', [], of(one, 'reopen', { text: 'x' }), 'it is open, and not closed'],
    ['is itself', [], of(one, 'merge', { into: one }), 'no duplicate of itself'],
    [
      'has the owner',
      [of(one, 'assign', { to: 'police' })],
      of(one, 'assign', { to: 'police' }),
      'police has it already',
    ],
  ])('that %s refuse in words what means nothing then', (_, before, act, sentence) => {
    const cases = played(before)
    const into = act.act === 'merge' ? cases.get(act.into) : undefined
    expect(refusalOfReportAct(cases.get(act.report) ?? untouched, act, into)).toContain(sentence)
  })

  it('that no desk has touched go their own way; the others are as far as desks say, duplicates as what they are of', () => {
    const acts = [
      of(one, 'merge', { into: two }),
      of(two, 'answer', { text: 'seen' }),
      of(two, 'assign', { to: 'police' }),
      of(two, 'close'),
      of(two, 'reopen', { text: 'too soon' }),
    ]
    const courses = acts.map((_, i) => played(acts.slice(0, i + 1)))
    expect(courses.map((cases) => statusOf(one, cases))).toEqual([
      'acknowledged',
      'acknowledged',
      'assigned',
      'closed',
      'assigned',
    ])
    expect(courses.map((cases) => statusOf(two, cases))[0]).toBeUndefined()
    expect(statusOf('unheard of', new Map())).toBeUndefined()
  })

  it('that were closed by mistake go back to whom they were assigned to', () => {
    const acts = [
      of(one, 'assign', { to: 'police' }),
      of(one, 'close'),
      of(one, 'reopen', { text: 'too soon' }),
    ]
    expect(played(acts).get(one)).toMatchObject({ state: 'assigned', owner: 'police' })
  })
})
