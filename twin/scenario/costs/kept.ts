/** What a planner has changed of values and costs, as a browser keeps it. */
import * as v from 'valibot'
import { partners, unitValues, type ValueId } from './values.ts'

const finite = v.pipe(v.number(), v.finite())
const costSchema = v.object({ onceUsd: finite, yearlyUsd: finite, partner: v.picklist(partners) })
const keptSchema = v.object({
  values: v.record(v.string(), v.unknown()),
  costs: v.record(v.string(), costSchema),
})

export interface Kept {
  readonly values: Readonly<Partial<Record<ValueId, number>>>
  /** By edit, as it is written without its name and note. */
  readonly costs: Readonly<Record<string, v.InferOutput<typeof costSchema>>>
}

/** Nothing where nothing was kept or what was is none of ours; a value out of its range is left out. */
export function keptOf(text: string | null): Kept {
  const result = v.safeParse(keptSchema, parsed(text))
  if (!result.success) return { values: {}, costs: {} }
  const { values, costs } = result.output
  const within = unitValues.flatMap(({ id, least, most }) => {
    const value = values[id]
    return typeof value === 'number' && value >= least && value <= most ? [[id, value] as const] : []
  })
  return { values: Object.fromEntries(within), costs }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
