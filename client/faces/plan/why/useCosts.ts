/** What things are worth and what edits cost, as the planner has set them: kept in this browser, by what was changed alone. */
import { useState } from 'react'
import { assumedCost, type EditCost } from '../../../../twin/scenario/costs/editCosts.ts'
import { keptOf, type Kept } from '../../../../twin/scenario/costs/kept.ts'
import {
  standardValues,
  unitValues,
  type ValueId,
  type Values,
} from '../../../../twin/scenario/costs/values.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'

const KEY = 'citytwin.worth'

export interface Costs {
  readonly values: Values
  isOwn(id: ValueId): boolean
  setValue(id: ValueId, value: number): void
  costOf(edit: ScenarioEdit): EditCost & { readonly isOwn: boolean }
  setCost(edit: ScenarioEdit, cost: EditCost): void
  reset(): void
}

export function useCosts(): Costs {
  const [kept, setKept] = useState(read)
  const keep = (next: Kept) => {
    setKept(next)
    try {
      localStorage.setItem(KEY, JSON.stringify(next))
    } catch {
      // a browser that keeps nothing still counts with it
    }
  }
  return {
    values: { ...standardValues, ...kept.values },
    isOwn: (id) => kept.values[id] !== undefined,
    setValue(id, value) {
      const { least, most } = unitValues.find((each) => each.id === id)!
      if (value >= least && value <= most) keep({ ...kept, values: { ...kept.values, [id]: value } })
    },
    costOf(edit) {
      const own = kept.costs[nameOf(edit)]
      return own ? { ...own, isOwn: true } : { ...assumedCost(edit), isOwn: false }
    },
    setCost: (edit, cost) => keep({ ...kept, costs: { ...kept.costs, [nameOf(edit)]: cost } }),
    reset: () => keep({ values: {}, costs: {} }),
  }
}

/** An edit by what it is, not by its place in a list: what one costs is not what the next of that name does. */
function nameOf(edit: ScenarioEdit): string {
  return JSON.stringify(Object.entries(edit).filter(([key]) => key !== 'id' && key !== 'note'))
}

function read(): Kept {
  try {
    return keptOf(localStorage.getItem(KEY))
  } catch {
    // a browser may refuse to say what it keeps
    return keptOf(null)
  }
}
