/**
 * What the twin knows of where its values come from. Every column begins as its declaration says; whoever writes a value that is
 * not so says it here: a feed `observe`s or `impute`s, the twin's own marks are in `twin/marks.ts`. What was seen and is not
 * seen again decays: past its validity it is uncertain, and as long again after that it counts as the model's.
 */
import { TICKS_PER_S } from '../kernel/clock.ts'
import { loadColumn, type SavedState } from '../kernel/domain.ts'
import {
  AS_OF_NOW,
  FOREVER,
  kinds,
  provenanceOf,
  qualities,
  sourceSet,
  type Kind,
  type Provenance,
  type Quality,
  type SourceId,
} from '../kernel/provenance.ts'
import { makeTable, resizeTable, type Table } from '../kernel/table.ts'
import { describedColumns } from './columns.ts'
import { exceptionAt, ofColumn } from './lookup.ts'
import { columnTable, exceptionTable } from './tables.ts'

/** Beyond so many exceptions the one seen longest ago makes room. Twice the rows of reports, the largest table people write to. */
export const MOST_EXCEPTIONS = 8192

export interface Ledger {
  readonly columns: Table<typeof columnTable.columns>
  readonly exceptions: Table<typeof exceptionTable.columns>
  /** Says that a value was seen, said or computed at `tick` and holds for `validS` seconds; without, until it is said otherwise. */
  observe(
    column: number,
    row: number,
    kind: Kind,
    quality: Quality,
    from: SourceId,
    tick: number,
    validS?: number,
  ): void
  /** Says that a value was filled in at `tick` from others that come from `from`, for want of one that was seen. It is uncertain. */
  impute(column: number, row: number, from: readonly SourceId[], tick: number, validS: number): void
  /** Writes one value's whole provenance. `column` is a row of `provenance.columns`; throws RangeError when it is none. */
  set(column: number, row: number, provenance: Provenance): void
  /** The value is again as its column says. */
  forget(column: number, row: number): void
  /** When the whole column was last worked out; AS_OF_NOW while it keeps up with the clock. */
  setColumnTick(column: number, tick: number): void
  /** Lowers and drops what has not been seen for too long. */
  decay(tick: number): void
  at(column: number, row: number): Provenance
  save(): SavedState
  /** Takes over what `save` gave; a state of a twin that kept none leaves the declarations. */
  load(state: SavedState): void
}

/** A ledger in which every column is as declared. */
export function makeLedger(): Ledger {
  const columns = makeTable(columnTable, describedColumns.length)
  const exceptions = makeTable(exceptionTable, 0)
  /** Rows of `exceptions` by column and row. */
  const places = new Map<number, number>()

  function declare(): void {
    describedColumns.forEach(({ table, name }, column) => {
      const { kind, sources } = provenanceOf(table.declared[name])
      columns.columns.kind[column] = kinds.indexOf(kind)
      columns.columns.quality[column] = 0
      columns.columns.sources[column] = sources
      columns.columns.observedTick[column] = AS_OF_NOW
    })
    resizeTable(exceptions, 0)
    places.clear()
  }

  function set(column: number, row: number, provenance: Provenance): void {
    checkColumn(column)
    const key = keyOf(column, row)
    let at = places.get(key)
    if (at === undefined) {
      if (exceptions.rows >= MOST_EXCEPTIONS) drop(oldest())
      at = exceptions.rows
      resizeTable(exceptions, at + 1)
      places.set(key, at)
      exceptions.columns.column[at] = column
      exceptions.columns.row[at] = row
    }
    const { kind, quality, sources, observedTick, validUntilTick } = exceptions.columns
    kind[at] = kinds.indexOf(provenance.kind)
    quality[at] = qualities.indexOf(provenance.quality)
    sources[at] = provenance.sources
    observedTick[at] = provenance.observedTick
    validUntilTick[at] = provenance.validUntilTick
  }

  /** The last row takes the place of the dropped one, so that one row changes and not all behind it. */
  function drop(at: number): void {
    const each = exceptions.columns
    const last = exceptions.rows - 1
    places.delete(keyOf(each.column[at], each.row[at]))
    if (at !== last) {
      for (const values of Object.values(each)) values[at] = values[last]
      places.set(keyOf(each.column[at], each.row[at]), at)
    }
    // a grown table must not find an old row in it
    for (const values of Object.values(each)) values[last] = 0
    exceptions.rows = last
  }

  function oldest(): number {
    const { observedTick } = exceptions.columns
    let found = 0
    for (let at = 1; at < exceptions.rows; at++) if (observedTick[at] < observedTick[found]) found = at
    return found
  }

  declare()
  return {
    columns,
    exceptions,
    observe(column, row, kind, quality, from, tick, validS) {
      const validUntilTick = untilTick(tick, validS)
      set(column, row, { kind, quality, sources: sourceSet([from]), observedTick: tick, validUntilTick })
    },
    impute(column, row, from, tick, validS) {
      const validUntilTick = untilTick(tick, validS)
      set(column, row, {
        kind: 'imputed',
        quality: 'uncertain',
        sources: sourceSet(from),
        observedTick: tick,
        validUntilTick,
      })
    },
    set,
    forget(column, row) {
      const at = places.get(keyOf(column, row))
      if (at !== undefined) drop(at)
    },
    setColumnTick(column, tick) {
      checkColumn(column)
      columns.columns.observedTick[column] = tick
    },
    decay(tick) {
      const { quality, observedTick, validUntilTick } = exceptions.columns
      // from the end, since a dropped row is filled with the last
      for (let at = exceptions.rows - 1; at >= 0; at--) {
        const lapsedTicks = tick - validUntilTick[at]
        if (validUntilTick[at] === FOREVER || lapsedTicks <= 0) continue
        if (lapsedTicks > validUntilTick[at] - observedTick[at]) drop(at)
        else quality[at] = Math.max(quality[at], 1)
      }
    },
    at(column, row) {
      const at = places.get(keyOf(column, row))
      return at === undefined ? ofColumn(columns, column) : exceptionAt(exceptions.columns, at)
    },
    save() {
      const state: SavedState = {}
      for (const [name, values] of Object.entries(columns.columns)) state[`columns.${name}`] = values.slice()
      for (const [name, values] of Object.entries(exceptions.columns))
        state[`exceptions.${name}`] = values.slice(0, exceptions.rows)
      return state
    },
    load(state) {
      declare()
      if (Object.keys(state).length === 0) return
      for (const [name, values] of Object.entries(columns.columns))
        loadColumn(values, state, `columns.${name}`)
      resizeTable(exceptions, state['exceptions.row']?.length ?? 0)
      for (const [name, values] of Object.entries(exceptions.columns))
        loadColumn(values.subarray(0, exceptions.rows), state, `exceptions.${name}`)
      const { column, row } = exceptions.columns
      for (let at = 0; at < exceptions.rows; at++) places.set(keyOf(column[at], row[at]), at)
    },
  }
}

function untilTick(tick: number, validS: number | undefined): number {
  return validS === undefined ? FOREVER : Math.min(FOREVER, tick + Math.round(validS * TICKS_PER_S))
}

function keyOf(column: number, row: number): number {
  return column * 0x1_0000_0000 + row
}

function checkColumn(column: number): void {
  if (!Number.isInteger(column) || describedColumns[column] === undefined)
    throw new RangeError(`provenance: there is no column ${column}, there are ${describedColumns.length}`)
}
