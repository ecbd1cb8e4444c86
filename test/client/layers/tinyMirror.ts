/** A mirror of a few tables filled by hand, for what layers read out of one. */
import type { Mirror } from '../../../client/state/mirror.ts'
import {
  makeTable,
  type Columns,
  type ColumnSpecs,
  type Table,
  type TableSpec,
} from '../../../twin/kernel/table.ts'

export interface TinyMirror {
  readonly mirror: Mirror
  /** Gives the table `rows` rows and lets `write` fill them. */
  fill<S extends ColumnSpecs>(spec: TableSpec<S>, rows: number, write: (columns: Columns<S>) => void): void
}

/** Tables that nobody fills have no rows, as before the first frame. */
export function tinyMirror(tick = 0): TinyMirror {
  const tables = new Map<string, Table<ColumnSpecs>>()
  const mirror = { tick, table: (spec: TableSpec) => tables.get(spec.name) ?? makeTable(spec, 0) }
  return {
    // only what layers read of a mirror
    mirror: mirror as unknown as Mirror,
    fill(spec, rows, write) {
      const table = makeTable(spec, rows)
      write(table.columns)
      tables.set(spec.name, table as unknown as Table<ColumnSpecs>)
    },
  }
}
