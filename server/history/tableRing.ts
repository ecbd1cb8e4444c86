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

export class TableRing {
  readonly everyMs: number
  private readonly samples: number
  private readonly kept: Readonly<Record<string, Kept>>
  private readonly fixedRows: number | undefined
  private rows: number
  private columns: Record<string, TypedArray[]> = {}
  private timesMs: number[] = []

  /** Keeps `samples` samples, `everyMs` apart. A table whose rows come and go is kept in `fixedRows`; those not there are −1. */
  constructor(kept: Readonly<Record<string, Kept>>, everyMs: number, samples: number, fixedRows?: number) {
    this.kept = kept
    this.fixedRows = fixedRows
    this.rows = fixedRows ?? 0
    this.everyMs = everyMs
    this.samples = samples
  }

  get length(): number {
    return this.timesMs.length
  }

  /** Takes a sample when one is due; a clock that went back, or another number of rows, begins the record anew. */
  record(table: Table, timeMs: number): void {
    const last = this.timesMs.at(-1)
    const rows = this.fixedRows ?? table.rows
    if (rows !== this.rows || (last !== undefined && timeMs < last)) this.clear(rows)
    else if (last !== undefined && Math.floor(timeMs / this.everyMs) === Math.floor(last / this.everyMs))
      return
    this.timesMs.push(timeMs)
    if (this.timesMs.length > this.samples) this.timesMs.shift()
    for (const [name, { type, quantum }] of Object.entries(this.kept)) {
      const samples = (this.columns[name] ??= [])
      // the oldest sample's memory is used again
      const sample =
        samples.length < this.samples ? makeColumn(type, this.rows) : (samples.shift() as TypedArray)
      const column = table.columns[name]
      const given = Math.min(this.rows, table.rows)
      if (type === 'f32') for (let row = 0; row < given; row++) sample[row] = column[row]
      else {
        for (let row = 0; row < given; row++)
          sample[row] = Math.max(0, Math.min(largest[type], Math.round(column[row] / quantum)))
      }
      sample.fill(-1, given)
      samples.push(sample)
    }
  }

  /** One row since `fromMs`; throws when there is no such row. */
  series(row: number, fromMs: number): Series {
    if (row >= this.rows) throw new RangeError(`row ${row} of ${this.rows}`)
    const first = this.timesMs.findIndex((timeMs) => timeMs >= fromMs)
    const from = first < 0 ? this.timesMs.length : first
    const values: Record<string, number[]> = {}
    for (const [name, { type, quantum }] of Object.entries(this.kept)) {
      values[name] = (this.columns[name] ?? [])
        .slice(from)
        .map((sample) => (type === 'f32' ? sample[row] : tidy(sample[row] * quantum)))
    }
    return { timesMs: this.timesMs.slice(from), values }
  }

  private clear(rows: number): void {
    this.rows = rows
    this.timesMs = []
    this.columns = {}
  }
}

/** Without the dust of binary fractions, so that JSON stays short. */
function tidy(value: number): number {
  return Number(value.toPrecision(6))
}
