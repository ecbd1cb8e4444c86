/** What a planner has at hand, and how it becomes a document and comes out of one. Pure. */
import { canonicalText } from '../../../../twin/scenario/canonicalText.ts'
import { SCENARIO_VERSION, type Scenario } from '../../../../twin/scenario/document.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import { beginOf, type Begin } from '../begin.ts'

/** As it stands in its fields; empty is left out of the document. */
export interface Head {
  readonly title: string
  readonly question: string
  readonly author: string
  readonly notes: string
}

export interface Work {
  readonly head: Head
  readonly edits: readonly ScenarioEdit[]
  readonly horizonS: number
  readonly begin: Begin
}

export const noHead: Head = { title: '', question: '', author: '', notes: '' }

export function workOf({ title, question, author, notes, edits, horizonS, base }: Scenario): Work {
  return {
    head: { title, question: question ?? '', author: author ?? '', notes: notes ?? '' },
    edits,
    horizonS,
    begin: beginOf(base.from),
  }
}

export function documentOf(
  { head, edits, horizonS }: Work,
  base: Scenario['base'],
  parent?: string,
): Scenario {
  const { title, question, author, notes } = head
  return {
    citytwin: 'scenario',
    version: SCENARIO_VERSION,
    title: title.trim(),
    ...(question.trim() !== '' && { question: question.trim() }),
    ...(author.trim() !== '' && { author: author.trim() }),
    ...(notes.trim() !== '' && { notes: notes.trim() }),
    base,
    horizonS,
    ...(parent !== undefined && { parent }),
    edits,
  }
}

/** Whether two works come to the same document. */
export function isSameWork(a: Work, b: Work): boolean {
  return textOf(a) === textOf(b)
}

/** Whether there is anything in it that somebody would miss; who he is is remembered elsewhere. */
export function isEmptyWork({ head: { title, question, notes }, edits }: Work): boolean {
  return edits.length === 0 && [title, question, notes].every((text) => text.trim() === '')
}

function textOf({ head, begin, ...rest }: Work): string {
  const trimmed = Object.fromEntries(Object.entries(head).map(([field, text]) => [field, text.trim()]))
  // a day that is not named is today's: what is kept names it
  const when = begin.kind === 'hour' ? { ...begin, date: begin.date ?? null } : begin
  return canonicalText({ ...rest, head: trimmed, begin: when })
}
