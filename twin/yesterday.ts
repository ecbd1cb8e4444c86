/**
 * `yesterday.bin.gz`: a normal, simulated day in five-minute steps, for charts to lay today over: speed and flow of the main
 * streets, load and voltage of the feeders, the whole city's indicators. Values are means over the five minutes.
 */
import { readColumnsFile, writeColumnsFile } from './kernel/columnsFile.ts'

/** Seconds of one step, and steps in a day. */
export const YESTERDAY_EVERY_S = 300
export const YESTERDAY_STEPS = 288

/** One column of one table: the rows kept, and the value of each at every step, row by row; stored as multiples of `quantum`. */
export interface DaySeries {
  readonly table: string
  readonly column: string
  readonly quantum: number
  readonly rows: Uint32Array
  readonly values: Float32Array
}

export interface Yesterday {
  readonly series: readonly DaySeries[]
}

const whole = { quantum: 1 } as const
const yesterdaySchema = {
  series: { table: 'text', column: 'text', quantum: 'f64', rowCount: 'u32' },
  rows: { row: whole },
  /** Differences from the step before, in quanta, as one byte; ESCAPE sends the reader to `wide`. */
  steps: { difference: 'i8' },
  wide: { difference: 'i32' },
} as const

const ESCAPE = -128
// Half of what the difference of two values may be.
const MOST_QUANTA = 2 ** 30

/** The bytes of a day. Throws when a series has not YESTERDAY_STEPS values for each of its rows, or reaches too far for its quantum. */
export function writeYesterday({ series }: Yesterday): Uint8Array {
  const total = series.reduce((sum, { values }) => sum + values.length, 0)
  const difference = new Int8Array(total)
  const wide: number[] = []
  let at = 0
  for (const { table, column, quantum, rows, values } of series) {
    if (values.length !== rows.length * YESTERDAY_STEPS) {
      throw new Error(`yesterday: ${table}.${column} has ${values.length} values for ${rows.length} rows`)
    }
    for (let row = 0; row < rows.length; row++) {
      let last = 0
      for (let step = 0; step < YESTERDAY_STEPS; step++) {
        const value = Math.round(values[row * YESTERDAY_STEPS + step] / quantum)
        if (!(Math.abs(value) < MOST_QUANTA)) {
          throw new Error(
            `yesterday: ${table}.${column} is ${value * quantum}, too far for steps of ${quantum}`,
          )
        }
        const change = value - last
        if (change > ESCAPE && change < 128) difference[at] = change
        else {
          difference[at] = ESCAPE
          wide.push(change)
        }
        at++
        last = value
      }
    }
  }
  const rows = series.flatMap((one) => [...one.rows])
  return writeColumnsFile(yesterdaySchema, {
    series: {
      table: series.map(({ table }) => table),
      column: series.map(({ column }) => column),
      quantum: Float64Array.from(series, ({ quantum }) => quantum),
      rowCount: Uint32Array.from(series, (one) => one.rows.length),
    },
    rows: { row: Float32Array.from(rows) },
    steps: { difference },
    wide: { difference: Int32Array.from(wide) },
  })
}

/** The day of the bytes of `writeYesterday`. Throws when they are cut short or of another kind. */
export function readYesterday(file: Uint8Array): Yesterday {
  const { series, rows, steps, wide } = readColumnsFile(yesterdaySchema, file).tables
  let at = 0
  let atRow = 0
  let atWide = 0
  return {
    series: series.table.map((table, i) => {
      const kept = Uint32Array.from(rows.row.subarray(atRow, (atRow += series.rowCount[i])))
      const values = new Float32Array(kept.length * YESTERDAY_STEPS)
      if (at + values.length > steps.difference.length) {
        throw new Error(`yesterday: cut short inside ${table}.${series.column[i]}`)
      }
      for (let value = 0, k = 0; k < values.length; k++) {
        if (k % YESTERDAY_STEPS === 0) value = 0
        const change = steps.difference[at++]
        value += change === ESCAPE ? wide.difference[atWide++] : change
        values[k] = value * series.quantum[i]
      }
      return { table, column: series.column[i], quantum: series.quantum[i], rows: kept, values }
    }),
  }
}

/** The columns kept of a row of a table, each with its value at every step of the day from midnight; undefined when the day has not this row. */
export function yesterdayOf(
  day: Yesterday,
  table: string,
  row: number,
): Record<string, Float32Array> | undefined {
  const found: Record<string, Float32Array> = {}
  for (const series of day.series) {
    if (series.table !== table) continue
    const at = series.rows.indexOf(row)
    if (at < 0) continue
    found[series.column] = series.values.subarray(at * YESTERDAY_STEPS, (at + 1) * YESTERDAY_STEPS)
  }
  return Object.keys(found).length > 0 ? found : undefined
}
