/** What an edit changes: a twin with it against one without, of the same seed, indicator by indicator. */
import type { Table } from '../kernel/table.ts'
import { indicators } from '../objectives/indicators.ts'
import { indicatorTable } from '../objectives/tables.ts'
import type { Comparison } from '../protocol/messages.ts'

/** Every indicator of both twins as of `tick`; `base` and `edited` are the tables that they publish. */
export function compareTwins(tick: number, base: readonly Table[], edited: readonly Table[]): Comparison {
  const of = (tables: readonly Table[]) => tableNamed(tables, indicatorTable.name).columns.value
  const before = of(base)
  const after = of(edited)
  return {
    tick,
    indicators: indicators.map(({ id }, row) => ({ id, base: before[row], edited: after[row] })),
  }
}

function tableNamed(tables: readonly Table[], name: string): Table {
  const table = tables.find((candidate) => candidate.spec.name === name)
  if (table === undefined) throw new Error(`compare: there is no table ${name}`)
  return table
}
