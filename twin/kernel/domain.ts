/** The contract a domain meets. A domain owns its state, publishes tables and knows no other domain. */
import type { Clock } from './clock.ts'
import type { TypedArray } from './columns.ts'
import type { Table } from './table.ts'

/** Everything of a domain that changes as the city moves, by name; arrays only, so that a fork is a copy of bytes. */
export type SavedState = Record<string, TypedArray>

export interface Domain {
  /** What the domain publishes; the same objects for the life of the domain. */
  readonly tables: readonly Table[]
  /** Moves the domain one step, up to `clock.tick`. */
  step(clock: Clock): void
  /** Copies of all state. `load(save())` changes nothing. */
  save(): SavedState
  /** Takes over a state saved by a domain of the same city; throws when a column is missing or of another type. */
  load(state: SavedState): void
}

/** Copies `saved` into `target` of the same length; throws with the name when it is missing or does not fit. */
export function loadColumn(target: TypedArray, saved: SavedState, name: string): void {
  const column = saved[name]
  if (column === undefined || column.length !== target.length || column.constructor !== target.constructor) {
    const came = column === undefined ? 'nothing' : `${column.constructor.name} of ${column.length}`
    throw new Error(
      `saved state: ${name} is ${came}, expected ${target.constructor.name} of ${target.length}`,
    )
  }
  target.set(column as never)
}

/** Puts copies of a table's columns into `state`, named `<prefix>.<column>`. */
export function saveTable(table: Table, state: SavedState, prefix: string): void {
  for (const [name, column] of Object.entries(table.columns)) state[`${prefix}.${name}`] = column.slice()
}

/** Takes a table's columns back from `state`; throws with the name when one is missing or does not fit. */
export function loadTable(table: Table, state: SavedState, prefix: string): void {
  for (const [name, column] of Object.entries(table.columns)) loadColumn(column, state, `${prefix}.${name}`)
}
