/**
 * A table is what a domain publishes: named, typed columns declared once. The engine writes them, `protocol/frame.ts`
 * sends the rows that changed, the page draws them.
 */
import { makeColumn, type ColumnOf, type ColumnType } from './columns.ts'
import type { Declared } from './provenance.ts'

/** `quantum` is the smallest difference sent, 0 for values sent bit by bit; a column of ticks travels relative to the frame's tick. */
export interface ColumnSpec<T extends ColumnType = ColumnType> {
  readonly type: T
  readonly quantum: number
  readonly isTick: boolean
}

export type ColumnSpecs = Readonly<Record<string, ColumnSpec>>
export type Columns<S extends ColumnSpecs> = { readonly [K in keyof S]: ColumnOf<S[K]['type']> }

export interface TableSpec<S extends ColumnSpecs = ColumnSpecs> {
  readonly name: string
  readonly columns: S
  /** By column, where its values come from unless `provenance.exceptions` says otherwise. */
  readonly declared: Readonly<Record<string, Declared>>
}

/** One declaration; `name` is `<domain>.<rows>`, a column's unit ends its name. `differing` columns come from elsewhere than the rest. */
export function tableSpec<S extends ColumnSpecs>(
  name: string,
  declared: Declared,
  columns: S,
  differing: { readonly [K in keyof S]?: Declared } = {},
): TableSpec<S> {
  const each = Object.keys(columns).map((column) => [column, differing[column] ?? declared])
  return { name, columns, declared: Object.fromEntries(each) as Record<string, Declared> }
}

/** A whole-number column, sent exactly. */
export function whole<T extends 'u8' | 'u16' | 'u32' | 'i8' | 'i16' | 'i32'>(type: T): ColumnSpec<T> {
  return { type, quantum: 1, isTick: false }
}

/** A real-valued column, sent rounded to `quantum` (in the column's own unit); the engine keeps full precision. */
export function real(quantum: number): ColumnSpec<'f32'> {
  return { type: 'f32', quantum, isTick: false }
}

/** A real-valued column sent with all its bits, for rows of very different magnitudes; few rows only, it does not pack well. */
export function exact(): ColumnSpec<'f32'> {
  return { type: 'f32', quantum: 0, isTick: false }
}

/** A moment, in ticks since the start of the run. */
export function tickColumn(): ColumnSpec<'i32'> {
  return { type: 'i32', quantum: 1, isTick: true }
}

/** A table with its memory. `rows` says how many rows are in use; columns may be longer. */
export interface Table<S extends ColumnSpecs = ColumnSpecs> {
  readonly spec: TableSpec<S>
  rows: number
  columns: Columns<S>
}

/** A table of `rows` zeroed rows. */
export function makeTable<S extends ColumnSpecs>(spec: TableSpec<S>, rows: number): Table<S> {
  const columns: Record<string, ColumnOf<ColumnType>> = {}
  for (const [name, column] of Object.entries(spec.columns)) columns[name] = makeColumn(column.type, rows)
  return { spec, rows, columns: columns as Columns<S> }
}

/** Makes room for at least `rows` rows, keeping what is there; sets `rows`. Columns may be new arrays afterwards. */
export function resizeTable<S extends ColumnSpecs>(table: Table<S>, rows: number): void {
  const first = Object.values(table.columns)[0]
  if (first !== undefined && rows > first.length) {
    const capacity = Math.max(rows, first.length * 2)
    const columns: Record<string, ColumnOf<ColumnType>> = {}
    for (const [name, column] of Object.entries(table.spec.columns)) {
      const grown = makeColumn(column.type, capacity)
      grown.set(table.columns[name] as never)
      columns[name] = grown
    }
    table.columns = columns as Columns<S>
  }
  table.rows = rows
}
