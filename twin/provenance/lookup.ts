/** Reads the provenance of a value out of the two published tables: for pages and for the server's answers. */
import { kinds, provenanceOf, qualities, FOREVER, type Provenance } from '../kernel/provenance.ts'
import type { Columns, ColumnSpecs, Table, TableSpec } from '../kernel/table.ts'
import { columnIndex, describedColumns } from './columns.ts'
import { columnTable, exceptionTable } from './tables.ts'

/** Gives the published table of a declaration, as of some moment. */
export type Published = <S extends ColumnSpecs>(spec: TableSpec<S>) => Table<S>

/** The provenance of one value. What was recorded before provenance was published has that of its column's declaration. */
export function provenanceAt<S extends ColumnSpecs>(
  published: Published,
  table: TableSpec<S>,
  name: keyof S & string,
  row: number,
): Provenance {
  const column = columnIndex(table, name)
  const exceptions = published(exceptionTable)
  const { columns } = exceptions
  for (let at = 0; at < exceptions.rows; at++) {
    if (columns.row[at] === row && columns.column[at] === column) return exceptionAt(columns, at)
  }
  return ofColumn(published(columnTable), column)
}

/** What a column says of its values. */
export function ofColumn({ columns, rows }: Table<typeof columnTable.columns>, column: number): Provenance {
  const { table, name } = describedColumns[column]
  const declared = provenanceOf(table.declared[name])
  // a column that is newer than the recording has a row without sources
  if (column >= rows || columns.sources[column] === 0) return declared
  return {
    // a kind or a quality that a later twin added reads as the least trusted there is
    kind: kinds[columns.kind[column]] ?? declared.kind,
    quality: qualities[columns.quality[column]] ?? 'bad',
    sources: columns.sources[column],
    observedTick: columns.observedTick[column],
    validUntilTick: FOREVER,
  }
}

/** Row `at` of the exceptions. */
export function exceptionAt(columns: Columns<typeof exceptionTable.columns>, at: number): Provenance {
  return {
    kind: kinds[columns.kind[at]] ?? 'simulated',
    quality: qualities[columns.quality[at]] ?? 'bad',
    sources: columns.sources[at],
    observedTick: columns.observedTick[at],
    validUntilTick: columns.validUntilTick[at],
  }
}
