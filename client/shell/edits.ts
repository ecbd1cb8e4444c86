/** The edits of a scenario, with undo and redo. Pure: every change gives a new value. */
import type { Edit } from '../../twin/commands.ts'

export interface EditHistory {
  /** As they will be run, oldest first. */
  readonly edits: readonly Edit[]
  readonly past: readonly (readonly Edit[])[]
  readonly future: readonly (readonly Edit[])[]
}

export const noEdits: EditHistory = { edits: [], past: [], future: [] }

/** With `edit` done; an edit of the same thing before it is replaced, and its reverse takes it back. */
export function withEdit(history: EditHistory, edit: Edit): EditHistory {
  const others = history.edits.filter((other) => thingOf(other) !== thingOf(edit))
  return changed(
    history,
    others.length < history.edits.length && isBackToNormal(edit) ? others : [...others, edit],
  )
}

export function withoutEdit(history: EditHistory, edit: Edit): EditHistory {
  return changed(
    history,
    history.edits.filter((other) => thingOf(other) !== thingOf(edit)),
  )
}

export function cleared(history: EditHistory): EditHistory {
  return history.edits.length > 0 ? changed(history, []) : history
}

export function undone(history: EditHistory): EditHistory {
  const before = history.past.at(-1)
  if (!before) return history
  return { edits: before, past: history.past.slice(0, -1), future: [history.edits, ...history.future] }
}

export function redone(history: EditHistory): EditHistory {
  const [after, ...future] = history.future
  if (!after) return history
  return { edits: after, past: [...history.past, history.edits], future }
}

/** What an edit is about, as a text that two edits of one thing share. */
export function thingOf(edit: Edit): string {
  switch (edit.kind) {
    case 'setLinkClosed':
      return `traffic.links:${edit.link}`
    case 'setBreakerOpen':
      return `power.breakers:${edit.breaker}`
    case 'setSubstationInService':
      return `power.substations:${edit.substation}`
  }
}

function isBackToNormal(edit: Edit): boolean {
  switch (edit.kind) {
    case 'setLinkClosed':
      return !edit.isClosed
    case 'setBreakerOpen':
      return !edit.isOpen
    case 'setSubstationInService':
      return edit.isInService
  }
}

function changed(history: EditHistory, edits: readonly Edit[]): EditHistory {
  return { edits, past: [...history.past, history.edits], future: [] }
}
