/** What differs between two versions of a scenario, as one reads changes of code. */
import { align, isSameEdit } from './align.ts'
import { canonicalText } from './canonicalText.ts'
import type { Scenario } from './document.ts'
import type { ScenarioEdit } from './edits.ts'
import { headFields, type HeadField } from './merge.ts'

export interface Changes {
  readonly fields: readonly HeadField[]
  readonly added: readonly ScenarioEdit[]
  readonly removed: readonly ScenarioEdit[]
  readonly changed: readonly { readonly from: ScenarioEdit; readonly to: ScenarioEdit }[]
  /** Of what is in both, later ones win over others than before. */
  readonly isReordered: boolean
}

export function changesBetween(from: Scenario, to: Scenario): Changes {
  const { kept, order, added } = align(from.edits, to.edits)
  const pairs = from.edits.flatMap((edit, row) => {
    const now = kept.get(row)
    return now === undefined || isSameEdit(edit, now) ? [] : [{ from: edit, to: now }]
  })
  return {
    fields: headFields.filter((field) => canonicalText(from[field]) !== canonicalText(to[field])),
    added: added.map(({ edit }) => edit),
    removed: from.edits.filter((_, row) => !kept.has(row)),
    changed: pairs,
    isReordered: order.some((row, i) => i > 0 && row < order[i - 1]),
  }
}

export function isChanged({ fields, added, removed, changed, isReordered }: Changes): boolean {
  return isReordered || fields.length + added.length + removed.length + changed.length > 0
}
