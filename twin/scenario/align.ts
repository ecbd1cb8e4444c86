/** Finds the edits of one list in another: by name and thing, else by thing alone, since an edit that is made anew has another name. */
import { canonicalText } from './canonicalText.ts'
import type { ScenarioEdit } from './edits.ts'
import { thingOf } from './thing.ts'

export interface Aligned {
  /** Of each row of the base, the edit that it has become; those that are gone are absent. */
  readonly kept: ReadonlyMap<number, ScenarioEdit>
  /** Rows of the base that are kept, in this list's order. */
  readonly order: readonly number[]
  readonly added: readonly Added[]
}

export interface Added {
  readonly edit: ScenarioEdit
  /** Rows of the base that come before it, the nearest first. */
  readonly after: readonly number[]
}

export function align(base: readonly ScenarioEdit[], edits: readonly ScenarioEdit[]): Aligned {
  const rowOf = new Map<ScenarioEdit, number>()
  const free = new Set(base.keys())
  const take = (edit: ScenarioEdit, isSame: (other: ScenarioEdit) => boolean) => {
    for (const row of free) {
      if (!isSame(base[row])) continue
      rowOf.set(edit, row)
      free.delete(row)
      return
    }
  }
  const things = new Map(base.map((edit) => [edit, thingOf(edit)]))
  for (const edit of edits) {
    const thing = thingOf(edit)
    take(edit, (other) => other.id === edit.id && things.get(other) === thing)
  }
  for (const edit of edits) {
    const thing = thingOf(edit)
    if (!rowOf.has(edit)) take(edit, (other) => things.get(other) === thing)
  }
  const order: number[] = []
  const added: Added[] = []
  for (const edit of edits) {
    const row = rowOf.get(edit)
    if (row === undefined) added.push({ edit, after: [...order].reverse() })
    else order.push(row)
  }
  return { kept: new Map([...rowOf].map(([edit, row]) => [row, edit])), order, added }
}

/** Whether two edits do the same, whatever they are called. */
export function isSameEdit(a: ScenarioEdit, b: ScenarioEdit): boolean {
  return canonicalText({ ...a, id: '' }) === canonicalText({ ...b, id: '' })
}
