/** The edits of a scenario, with undo and redo. Pure: every change gives a new value. */
import type { ScenarioEdit } from '../../twin/scenario/edits.ts'
import { thingOf, type NewEdit } from '../../twin/scenario/thing.ts'

export interface EditHistory {
  /** As they will be run, in the order in which later ones win. */
  readonly edits: readonly ScenarioEdit[]
  readonly past: readonly (readonly ScenarioEdit[])[]
  readonly future: readonly (readonly ScenarioEdit[])[]
}

export const noEdits: EditHistory = { edits: [], past: [], future: [] }

/** With one more, in place of the edit of the same kind and thing before it. */
export function withEdit(history: EditHistory, added: NewEdit): EditHistory {
  const named = { ...added, id: nextId(history) } as ScenarioEdit
  const others = history.edits.filter((other) => thingOf(other) !== thingOf(named))
  return changed(history, [...others, named])
}

export function withoutEdit(history: EditHistory, id: string): EditHistory {
  return changed(
    history,
    history.edits.filter((other) => other.id !== id),
  )
}

/** With the edit of its id said anew; where that says the same, nothing changes. */
export function withChanged(history: EditHistory, edit: ScenarioEdit): EditHistory {
  const before = history.edits.find((other) => other.id === edit.id)
  if (JSON.stringify(before) === JSON.stringify(edit)) return history
  return changed(
    history,
    history.edits.map((other) => (other.id === edit.id ? edit : other)),
  )
}

/** With an edit one place earlier (−1) or later (1); where it is the first or the last already, nothing changes. */
export function withMoved(history: EditHistory, id: string, by: -1 | 1): EditHistory {
  const at = history.edits.findIndex((other) => other.id === id)
  const to = at + by
  if (at < 0 || to < 0 || to >= history.edits.length) return history
  const edits = [...history.edits]
  edits.splice(to, 0, ...edits.splice(at, 1))
  return changed(history, edits)
}

/** With all of another list in place of these; the same list changes nothing. */
export function replaced(history: EditHistory, edits: readonly ScenarioEdit[]): EditHistory {
  return JSON.stringify(history.edits) === JSON.stringify(edits) ? history : changed(history, edits)
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

function nextId({ edits, past, future }: EditHistory): string {
  const ids = [edits, ...past, ...future].flat().map(({ id }) => Number(id.replace(/^e/, '')))
  return `e${Math.max(0, ...ids.filter(Number.isFinite)) + 1}`
}

function changed(history: EditHistory, edits: readonly ScenarioEdit[]): EditHistory {
  return { edits, past: [...history.past, history.edits], future: [] }
}
