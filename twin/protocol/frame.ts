/**
 * Tables to bytes and back. A frame carries, for each table, the rows whose sent value changed since the frame before it;
 * a keyframe carries all. Values travel as whole multiples of their column's quantum, each as the difference from what the
 * receiver last had, ticks as their distance from the frame's tick, exact values by their bits.
 *
 *   'CTF1' | u32 schema hash | i32 tick | i32 base tick (−1: keyframe) | per table: rows, changed rows as gaps, per column: bit plane of what changed, differences
 *
 * All counts and differences are varints (differences zigzag). Hosts deflate a frame once for all its receivers.
 */
import { hashText } from '../kernel/hash.ts'
import { resizeTable, type ColumnSpec, type Table, type TableSpec } from '../kernel/table.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { quantised, restore } from './quantise.ts'

const MAGIC = 0x31465443 // 'CTF1'
export const KEYFRAME = -1
// Values that all tables of a receiver may hold together: sixteen times a large city's, 128 MB with what was sent. A few damaged
// bytes must not take all memory there is.
const MOST_VALUES = 1 << 24

/** A fingerprint of the declarations; sender and receiver must have the same. */
export function schemaHash(specs: readonly TableSpec[]): number {
  const shape = specs.map((spec) => [spec.name, Object.entries(spec.columns)])
  return hashText(JSON.stringify(shape))
}

/** What the receivers last had: per table and column the sent whole numbers. */
interface Sent {
  rows: number
  columns: Int32Array[]
}

/** Turns tables into frames. One encoder serves every receiver of one stream. */
export class FrameEncoder {
  private readonly tables: readonly Table[]
  private readonly hash: number
  private readonly sent: Sent[]
  private tick = KEYFRAME

  constructor(tables: readonly Table[]) {
    this.tables = tables
    this.hash = schemaHash(tables.map((table) => table.spec))
    this.sent = tables.map(() => ({ rows: 0, columns: [] }))
  }

  /** The changes since the last call, as of `tick`. */
  delta(tick: number): Uint8Array {
    const frame = this.encode(tick, this.tick, this.sent)
    this.tick = tick
    return frame
  }

  /** A fingerprint of what receivers of the last `delta` have. */
  stateHash(): number {
    return hashOfSent(this.sent)
  }

  /** Everything as of the last `delta`, so that the next delta continues it. Call after at least one `delta`. */
  keyframe(): Uint8Array {
    const empty = this.tables.map(() => ({ rows: 0, columns: [] }))
    return this.encode(this.tick, KEYFRAME, empty, this.sent)
  }

  /** Encodes the difference from `before` to the tables (or to `source`, sent values), and brings `before` up to date. */
  private encode(tick: number, baseTick: number, before: Sent[], source?: Sent[]): Uint8Array {
    const writer = new ByteWriter()
    writer.u32(MAGIC)
    writer.u32(this.hash)
    writer.u32(tick)
    writer.u32(baseTick)
    this.tables.forEach((table, t) => {
      const specs = Object.values(table.spec.columns)
      const rows = source === undefined ? table.rows : source[t].rows
      const now =
        source === undefined
          ? specs.map((spec, c) => quantised(Object.values(table.columns)[c], spec, rows))
          : source[t].columns
      writeTable(writer, specs, rows, now, before[t], tick)
      before[t] = { rows, columns: now }
    })
    return writer.bytes()
  }
}

/** The receiver's copy of the tables. */
export class FrameDecoder {
  readonly tables: readonly Table[]
  /** Tick of the last frame taken in; KEYFRAME before the first. */
  tick = KEYFRAME
  /** Per table the rows the last frame changed. */
  readonly changedRows: Uint32Array[]
  /** Per table the bytes of the last frame, before they were deflated. */
  readonly tableBytes: Uint32Array
  /** Per table and column the whole numbers that the last values came as. */
  readonly sent: Int32Array[][]
  /** Worked out when the first frame comes. */
  private hash: number | undefined

  /** `tables` must be of the same declarations, in the same order, as the sender's. */
  constructor(tables: readonly Table[]) {
    this.tables = tables
    this.sent = tables.map(() => [])
    this.changedRows = tables.map(() => new Uint32Array(0))
    this.tableBytes = new Uint32Array(tables.length)
  }

  /** A fingerprint of what was taken in; equal to the encoder's when nothing was lost. */
  stateHash(): number {
    return hashOfSent(this.tables.map(({ rows }, t) => ({ rows, columns: this.sent[t] })))
  }

  /**
   * Takes in one frame. False when a frame is missing before it: the tables stay as they were and the receiver asks for a
   * keyframe. Throws when the bytes are not a frame of these tables.
   */
  apply(frame: Uint8Array): boolean {
    const reader = new ByteReader(frame)
    if (reader.u32() !== MAGIC) throw new Error('frame: does not begin with CTF1')
    const hash = reader.u32()
    this.hash ??= schemaHash(this.tables.map((table) => table.spec))
    if (hash !== this.hash) throw new Error(`frame: is of schema ${hash}, expected ${this.hash}`)
    const tick = reader.u32() | 0
    const baseTick = reader.u32() | 0
    if (baseTick !== KEYFRAME && baseTick !== this.tick) return false
    this.tables.forEach((table, t) => {
      if (baseTick === KEYFRAME) {
        this.sent[t] = []
        for (const column of Object.values(table.columns)) column.fill(0)
      }
      const from = reader.position
      const room = MOST_VALUES - valuesIn(this.tables) + valuesIn([table])
      this.changedRows[t] = readTable(reader, table, this.sent[t], tick, room)
      this.tableBytes[t] = reader.position - from
    })
    this.tick = tick
    return true
  }
}

/** The moment of a frame and of the one that it continues, `KEYFRAME` of one that carries all. Throws when the bytes are no frame. */
export function frameTicks(frame: Uint8Array): { readonly tick: number; readonly baseTick: number } {
  const reader = new ByteReader(frame)
  if (reader.u32() !== MAGIC) throw new Error('frame: does not begin with CTF1')
  reader.u32()
  return { tick: reader.u32() | 0, baseTick: reader.u32() | 0 }
}

/** FNV-1a (Fowler, Noll, Vo) over the sent numbers of every row in use, a whole number at a step. */
function hashOfSent(tables: readonly Sent[]): number {
  let hash = 0x811c9dc5
  for (const { rows, columns } of tables) {
    hash = Math.imul(hash ^ rows, 0x01000193)
    for (const column of columns) {
      for (let row = 0; row < rows; row++) hash = Math.imul(hash ^ column[row], 0x01000193)
    }
  }
  return hash >>> 0
}

function writeTable(
  writer: ByteWriter,
  specs: ColumnSpec[],
  rows: number,
  now: Int32Array[],
  before: Sent,
  tick: number,
): void {
  const old = specs.map((_, c) => padded(before.columns[c], rows))
  const isChanged = new Uint8Array(rows)
  specs.forEach((_, c) => {
    const [column, base] = [now[c], old[c]]
    for (let row = 0; row < rows; row++) if (column[row] !== base[row]) isChanged[row] = 1
  })
  const changed = rowsSet(isChanged)
  writer.varint(rows)
  writer.varint(changed.length)
  let last = -1
  for (const row of changed) {
    writer.varint(row - last - 1)
    last = row
  }
  specs.forEach(({ isTick }, c) => writer.differences(changed, now[c], old[c], isTick ? tick : undefined))
}

function rowsSet(flags: Uint8Array): Uint32Array {
  const rows = new Uint32Array(flags.length)
  let count = 0
  for (let row = 0; row < flags.length; row++) if (flags[row] !== 0) rows[count++] = row
  return rows.subarray(0, count)
}

/** Values that tables have memory for. */
function valuesIn(tables: readonly Table[]): number {
  let sum = 0
  for (const { columns } of tables) for (const name in columns) sum += columns[name].length
  return sum
}

/** `room` is how many values the table may hold. */
function readTable(
  reader: ByteReader,
  table: Table,
  values: Int32Array[],
  tick: number,
  room: number,
): Uint32Array {
  const specs = Object.entries(table.spec.columns)
  const rows = reader.varint()
  const count = reader.varint()
  if (count > rows || rows * specs.length > room)
    throw new Error(`frame: ${table.spec.name} changes ${count} of ${rows} rows`)
  const had = table.rows
  if (rows !== had) resizeTable(table, rows)
  // what stood there before the table was shorter is not what the new rows hold
  if (rows > had) for (const column of Object.values(table.columns)) column.fill(0, had, rows)
  const changed = new Uint32Array(count)
  let last = -1
  for (let i = 0; i < count; i++) {
    last += reader.varint() + 1
    changed[i] = last
  }
  if (last >= rows) throw new Error(`frame: ${table.spec.name} changes row ${last} of ${rows}`)
  specs.forEach(([name, spec], c) => {
    values[c] = padded(values[c], rows)
    reader.differences(changed, values[c], spec.isTick ? tick : undefined)
    restore(table.columns[name], spec, values[c], changed)
  })
  return changed
}

function padded(column: Int32Array | undefined, rows: number): Int32Array {
  if (column !== undefined && column.length === rows) return column
  const fresh = new Int32Array(rows)
  if (column !== undefined) fresh.set(column.subarray(0, rows))
  return fresh
}
