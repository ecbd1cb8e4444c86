/** Finds the row that a person's report got: commands take effect inside the twin's step and give nothing back. */
import type { Command } from '../../twin/commands.ts'
import type { Columns, Table } from '../../twin/kernel/table.ts'
import { requestCauses, requestTable } from '../../twin/reports/tables.ts'

const PERSON = requestCauses.indexOf('person')

/** The newest row with this report, opened at `sinceTick` or later; undefined while the twin has not taken it in. */
export function findRequest(
  tables: readonly Table[],
  command: Extract<Command, { kind: 'fileRequest' }>,
  sinceTick: number,
): number | undefined {
  const table = tables.find((candidate) => candidate.spec.name === requestTable.name)
  if (table === undefined) return undefined
  const columns = table.columns as Columns<typeof requestTable.columns>
  const xM = Math.fround(command.xM)
  const yM = Math.fround(command.yM)
  let found: number | undefined
  for (let row = 0; row < table.rows; row++) {
    const isIt =
      columns.cause[row] === PERSON &&
      columns.openedTick[row] >= sinceTick &&
      columns.service[row] === command.service &&
      columns.xM[row] === xM &&
      columns.yM[row] === yM
    if (isIt && (found === undefined || columns.openedTick[row] >= columns.openedTick[found])) found = row
  }
  return found
}
