/** The edits of a scenario, with undo and redo. Pure: every change gives a new value. */
import type { Edit } from '../../twin/commands.ts'

export interface EditHistory {
  /** As they will be run, oldest first. */
  readonly edits: readonly Edit[]
  readonly past: readonly (readonly Edit[])[]
  readonly future: readonly (readonly Edit[])[]
}

export const noEdits: EditHistory = { edits: [], past: [], future: [] }

/** With `added` done in one step; an edit of the same thing before it is replaced, and its reverse takes it back. */
export function withEdits(history: EditHistory, added: readonly Edit[]): EditHistory {
  return changed(history, added.reduce(withOne, history.edits))
}

export function withoutEdits(history: EditHistory, removed: readonly Edit[]): EditHistory {
  const things = new Set(removed.map(thingOf))
  return changed(
    history,
    history.edits.filter((other) => !things.has(thingOf(other))),
  )
}

/** The edits as a list tells them: the two directions of a street together. `reverseLink` is by link, negative where there is none. */
export function grouped(edits: readonly Edit[], reverseLink: ArrayLike<number>): readonly Edit[][] {
  const groups: Edit[][] = []
  const groupOf = new Map<string, Edit[]>()
  for (const edit of edits) {
    const isLink = edit.kind === 'setLinkClosed'
    const other = isLink ? groupOf.get(thingOf({ ...edit, link: reverseLink[edit.link] })) : undefined
    const [first] = other ?? []
    if (other && isLink && first.kind === 'setLinkClosed' && first.isClosed === edit.isClosed)
      other.push(edit)
    else groups.push([edit])
    groupOf.set(thingOf(edit), other ?? groups.at(-1)!)
  }
  return groups
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

function withOne(edits: readonly Edit[], edit: Edit): readonly Edit[] {
  const others = edits.filter((other) => thingOf(other) !== thingOf(edit))
  return others.length < edits.length && isBackToNormal(edit) ? others : [...others, edit]
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
