/** The columns whose provenance is published, and where a column stands among them. */
import { publishedTables } from '../domains.ts'
import type { ColumnSpecs, TableSpec } from '../kernel/table.ts'
import { columnTable, exceptionTable } from './tables.ts'

export interface DescribedColumn {
  readonly table: TableSpec
  readonly name: string
}

/** Every column of every published table but provenance's own, in the order of the wire. */
export const describedColumns: readonly DescribedColumn[] = publishedTables
  .filter(({ name }) => name !== columnTable.name && name !== exceptionTable.name)
  .flatMap((table) => Object.keys(table.columns).map((name) => ({ table, name })))

const indices = new Map(describedColumns.map(({ table, name }, index) => [`${table.name}.${name}`, index]))

/** Row of `provenance.columns`. Throws RangeError when the table is not published. */
export function columnIndex<S extends ColumnSpecs>(table: TableSpec<S>, name: keyof S & string): number {
  const index = columnNamed(table.name, name)
  if (index === undefined) throw new RangeError(`provenance: there is no column ${table.name}.${name}`)
  return index
}

/** The same by the outside's words; undefined when there is no such column. */
export function columnNamed(table: string, name: string): number | undefined {
  return indices.get(`${table}.${name}`)
}
