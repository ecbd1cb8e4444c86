/** The recent past of one table: chosen columns of all rows, one sample every so often, the oldest overwritten. */
import { makeColumn, type ColumnType, type TypedArray } from '../../twin/kernel/columns.ts'
import type { Table } from '../../twin/kernel/table.ts'

/** How a column is kept: as whole multiples of `quantum` in `type`, cut off at the type's largest; f32 keeps it as it is. */
export interface Kept {
  readonly type: Extract<ColumnType, 'u8' | 'u16' | 'f32'>
  readonly quantum: number
}

export interface Series {
  readonly timesMs: number[]
  readonly values: Record<string, number[]>
}

const largest = { u8: 0xff, u16: 0xffff, f32: Infinity } as const

/** All memory is taken with the first sample, so that a server does not grow for hours until it is full. */
export class TableRing {
  readonly everyMs: number
  /** Samples that are there, up to as many as are kept. */
  length = 0
  private readonly samples: number
  private readonly kept: Readonly<Record<string, Kept>>
  private readonly fixedRows: number | undefined
  private rows = -1
  /** Where the next sample goes. */
  private next = 0
  private readonly timesMs: Float64Array
  /** Sample by sample, each of all rows. */
  private columns: Record<string, TypedArray> = {}

  /** Keeps `samples` samples, `everyMs` apart. A table whose rows come and go is kept in `fixedRows`; those not there are −1. */
  constructor(kept: Readonly<Record<string, Kept>>, everyMs: number, samples: number, fixedRows?: number) {
    this.kept = kept
    this.fixedRows = fixedRows
    this.everyMs = everyMs
    this.samples = samples
    this.timesMs = new Float64Array(samples)
  }

  /** Takes a sample when one is due; a clock that went back, or another number of rows, begins the record anew. */
  record(table: Table, timeMs: number): void {
    const last = this.length === 0 ? undefined : this.timesMs[this.slotOf(this.length - 1)]
    const rows = this.fixedRows ?? table.rows
    if (rows !== this.rows) this.begin(rows)
    else if (last !== undefined && timeMs < last) this.length = 0
    else if (last !== undefined && Math.floor(timeMs / this.everyMs) === Math.floor(last / this.everyMs))
      return
    const slot = this.next
    this.next = (slot + 1) % this.samples
    this.length = Math.min(this.samples, this.length + 1)
    this.timesMs[slot] = timeMs
    for (const [name, { type, quantum }] of Object.entries(this.kept)) {
      const sample = this.columns[name].subarray(slot * rows, (slot + 1) * rows)
      const column = table.columns[name]
      const given = Math.min(rows, table.rows)
      if (type === 'f32') for (let row = 0; row < given; row++) sample[row] = column[row]
      else {
        for (let row = 0; row < given; row++)
          sample[row] = Math.max(0, Math.min(largest[type], Math.round(column[row] / quantum)))
      }
      sample.fill(-1, given)
    }
  }

  /** One row since `fromMs`; throws when there is no such row. */
  series(row: number, fromMs: number): Series {
    if (row >= this.rows) throw new RangeError(`row ${row} of ${Math.max(0, this.rows)}`)
    const slots: number[] = []
    for (let i = 0; i < this.length; i++) {
      const slot = this.slotOf(i)
      if (this.timesMs[slot] >= fromMs) slots.push(slot)
    }
    const values: Record<string, number[]> = {}
    for (const name of Object.keys(this.kept))
      values[name] = slots.map((slot) => this.valueAt(name, slot * this.rows + row))
    return { timesMs: slots.map((slot) => this.timesMs[slot]), values }
  }

  /** Since `fromMs`, by value of `column` where that is wanted, whatever row held it: rows are used again, a trip stays itself. */
  byValue(column: string, isWanted: (value: number) => boolean, fromMs: number): Map<number, Series> {
    const found = new Map<number, Series>()
    const names = Object.keys(this.kept).filter((name) => name !== column)
    for (let i = 0; i < this.length; i++) {
      const slot = this.slotOf(i)
      if (this.timesMs[slot] < fromMs) continue
      for (let at = slot * this.rows; at < (slot + 1) * this.rows; at++) {
        const value = this.valueAt(column, at)
        if (!isWanted(value)) continue
        let series = found.get(value)
        if (series === undefined) {
          series = { timesMs: [], values: Object.fromEntries(names.map((name) => [name, []])) }
          found.set(value, series)
        }
        series.timesMs.push(this.timesMs[slot])
        for (const name of names) series.values[name].push(this.valueAt(name, at))
      }
    }
    return found
  }

  private valueAt(name: string, at: number): number {
    const { type, quantum } = this.kept[name]
    const value = this.columns[name][at]
    return type === 'f32' ? value : tidy(value * quantum)
  }

  /** Of the `i`-th sample, the oldest first. */
  private slotOf(i: number): number {
    return (this.next - this.length + i + this.samples) % this.samples
  }

  private begin(rows: number): void {
    this.rows = rows
    this.length = 0
    this.next = 0
    this.columns = Object.fromEntries(
      Object.entries(this.kept).map(([name, { type }]) => [name, makeColumn(type, this.samples * rows)]),
    )
  }
}

/** Without the dust of binary fractions, so that JSON stays short. */
function tidy(value: number): number {
  return Number(value.toPrecision(6))
}
