/** What a desk said, as a row of the records and back. */
import type { DeskAct } from '../../twin/protocol/deskMessages.ts'
import type { RowOf } from './schema.ts'

export type DeskEntry = DeskAct & { readonly atMs: number }
type Stored = RowOf<'deskActs'>

/** The id of the incident, report or shift that an act is about. */
export function subjectOf(act: DeskAct): string {
  if (act.kind === 'incident') return act.incident
  return act.kind === 'report' ? act.report : act.shift
}

export function rowOfAct(said: DeskAct, cityId: string, atMs: number): Omit<Stored, 'step'> {
  const { clientId, kind, act, who, ...words } = said
  // the subject has a column of its own
  const detail = Object.entries(words).filter(([name]) => name !== kind)
  return {
    clientId,
    cityId,
    kind,
    subject: subjectOf(said),
    act,
    detail: JSON.stringify(Object.fromEntries(detail)),
    who,
    atMs,
  }
}

export function entryOf({ clientId, kind, subject, act, detail, who, atMs }: Stored): DeskEntry {
  // it was checked at the door when it was said, and the audit vouches that it is as it was
  const words = JSON.parse(detail) as object
  return { ...words, clientId, kind, [kind]: subject, act, who, atMs } as unknown as DeskEntry
}
