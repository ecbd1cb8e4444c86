/** What an edit changes: a twin with it against one without, of the same seed, indicator by indicator and link by link. */
import type { Columns, Table } from '../kernel/table.ts'
import { indicators } from '../objectives/indicators.ts'
import { indicatorTable } from '../objectives/tables.ts'
import type { Comparison } from '../protocol/messages.ts'
import { linkTable } from '../traffic/tables.ts'

/** One street that runs otherwise than it would. */
export interface LinkDifference {
  readonly link: number
  /** Speed with the edit over speed without, less one: −0.5 is half as fast. */
  readonly speedChange: number
  readonly flowChangeVph: number
}

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

/** The links whose speed differs by more than `leastChange` (a share), the greatest change first, at most `limit`. */
export function linkDifferences(
  base: readonly Table[],
  edited: readonly Table[],
  leastChange: number,
  limit: number,
): LinkDifference[] {
  const before = tableNamed(base, linkTable.name).columns as Columns<typeof linkTable.columns>
  const after = tableNamed(edited, linkTable.name).columns as Columns<typeof linkTable.columns>
  const found: LinkDifference[] = []
  for (let link = 0; link < before.speedMps.length; link++) {
    const speedChange = before.speedMps[link] > 0 ? after.speedMps[link] / before.speedMps[link] - 1 : 0
    if (Math.abs(speedChange) <= leastChange) continue
    found.push({ link, speedChange, flowChangeVph: after.flowVph[link] - before.flowVph[link] })
  }
  found.sort((a, b) => Math.abs(b.speedChange) - Math.abs(a.speedChange) || a.link - b.link)
  return found.slice(0, limit)
}

function tableNamed(tables: readonly Table[], name: string): Table {
  const table = tables.find((candidate) => candidate.spec.name === name)
  if (table === undefined) throw new Error(`compare: there is no table ${name}`)
  return table
}
