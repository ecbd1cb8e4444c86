/**
 * Values to the whole numbers that are sent for them, and back: multiples of the column's quantum, or the bits of an exact value. A
 * loop for each kind of array: one loop over all kinds takes several times as long.
 */
import type { ColumnOf, ColumnType } from '../kernel/columns.ts'
import type { ColumnSpec } from '../kernel/table.ts'

/** The whole numbers that the first `rows` values of a column are sent as. */
export function quantised(column: ColumnOf<ColumnType>, spec: ColumnSpec, rows: number): Int32Array {
  const sent = new Int32Array(rows)
  if (spec.quantum === 0) new Float32Array(sent.buffer).set(column.subarray(0, rows))
  // a shorter column is one of a table that has no rows yet
  else if (spec.type !== 'f32' && spec.quantum === 1) sent.set(column.subarray(0, rows))
  else {
    const perQuantum = 1 / spec.quantum
    const values = column as Float32Array
    for (let row = 0; row < rows; row++) sent[row] = Math.round(values[row] * perQuantum)
  }
  return sent
}

/** Writes into a column what `rows` of the numbers sent for it stand for. */
export function restore(
  column: ColumnOf<ColumnType>,
  { type, quantum }: ColumnSpec,
  sent: Int32Array,
  rows: Uint32Array,
): void {
  const count = rows.length
  if (quantum === 0) {
    const [to, from] = [column as Float32Array, new Float32Array(sent.buffer)]
    for (let i = 0; i < count; i++) to[rows[i]] = from[rows[i]]
  } else if (type === 'f32') {
    const to = column as Float32Array
    for (let i = 0; i < count; i++) to[rows[i]] = sent[rows[i]] * quantum
  } else if (type === 'u8' && quantum === 1) {
    const to = column as Uint8Array
    for (let i = 0; i < count; i++) to[rows[i]] = sent[rows[i]]
  } else if (type === 'u16' && quantum === 1) {
    const to = column as Uint16Array
    for (let i = 0; i < count; i++) to[rows[i]] = sent[rows[i]]
  } else if (type === 'u32' && quantum === 1) {
    const to = column as Uint32Array
    for (let i = 0; i < count; i++) to[rows[i]] = sent[rows[i]]
  } else for (let i = 0; i < count; i++) column[rows[i]] = sent[rows[i]] * quantum
}
