/** The receiver's side of frames in parts. */
import { resizeTable, type ColumnSpec, type Table } from '../kernel/table.ts'
import { ByteReader } from './bytes.ts'
import { KEYFRAME, schemaHash } from './frame.ts'
import { BUNDLE_MAGIC, DEFLATED, GONE, hashOfRow, readEntries } from './parts.ts'

// As of whole frames: a few damaged bytes must not take all memory there is.
const MOST_VALUES = 1 << 24

/** Values of rows that a receiver is not told of, by table and column; 0 where nothing is said. */
export type AbsentValues = ReadonlyMap<number, Readonly<Record<string, number>>>

/** The receiver's copy of the tables, of which it knows the rows in the parts it sees; all others hold the absent values. */
export class PartDecoder {
  readonly tables: readonly Table[]
  tick = KEYFRAME
  readonly changedRows: Uint32Array[]
  /** Per table the bytes of the last bundle once inflated. */
  readonly tableBytes: Uint32Array
  private readonly hash: number
  private readonly absent: AbsentValues
  private readonly inflate: (bytes: Uint8Array) => Uint8Array
  private readonly values: Int32Array[][]
  /** Per table the part that told of each row, plus one; 0 is a row nobody told of. */
  private readonly teller: Uint16Array[]
  private readonly seenIn: Uint32Array[]
  private bundles = 0

  /** `tables` as for FrameDecoder. `inflate` undoes raw deflate. */
  constructor(tables: readonly Table[], absent: AbsentValues, inflate: (bytes: Uint8Array) => Uint8Array) {
    this.tables = tables
    this.hash = schemaHash(tables.map((table) => table.spec))
    this.absent = absent
    this.inflate = inflate
    this.values = tables.map(({ spec }) => Object.keys(spec.columns).map(() => new Int32Array(0)))
    this.teller = tables.map(() => new Uint16Array(0))
    this.seenIn = tables.map(() => new Uint32Array(0))
    this.changedRows = tables.map(() => new Uint32Array(0))
    this.tableBytes = new Uint32Array(tables.length)
  }

  /** Equal to the sum of the encoder's hashes of the parts that are seen, when nothing was lost. */
  stateHash(): number {
    let sum = 0
    this.tables.forEach((_, t) => {
      const teller = this.teller[t]
      for (let row = 0; row < teller.length; row++)
        if (teller[row] !== 0) sum = (sum + hashOfRow(t, row, this.values[t])) >>> 0
    })
    return sum
  }

  /** As FrameDecoder.apply. */
  apply(bundle: Uint8Array): boolean {
    const reader = new ByteReader(bundle)
    if (reader.u32() !== BUNDLE_MAGIC) throw new Error('bundle: does not begin with CTB1')
    const hash = reader.u32()
    if (hash !== this.hash) throw new Error(`bundle: is of schema ${hash}, expected ${this.hash}`)
    const tick = reader.u32() | 0
    const baseTick = reader.u32() | 0
    if (baseTick !== KEYFRAME && baseTick !== this.tick) return false
    const entries = readEntries(reader)
    this.bundles++
    this.tableBytes.fill(0)
    const changed: number[][] = this.tables.map(() => [])
    const isAnew = baseTick === KEYFRAME
    if (isAnew) this.forgetAll()
    for (const { part, flags, length } of entries) {
      if ((flags & GONE) !== 0) this.forgetPart(part, changed)
      const bytes = reader.take(length)
      if (length > 0)
        this.readBlock((flags & DEFLATED) !== 0 ? this.inflate(bytes) : bytes, part, tick, changed)
    }
    this.tables.forEach(({ rows }, t) => {
      this.changedRows[t] = isAnew
        ? Uint32Array.from({ length: rows }, (_, row) => row)
        : Uint32Array.from(changed[t])
    })
    this.tick = tick
    return true
  }

  private readBlock(block: Uint8Array, part: number, tick: number, changed: number[][]): void {
    const reader = new ByteReader(block)
    for (let next = reader.varint(); next !== 0; next = reader.varint()) {
      const t = next - 1
      if (t >= this.tables.length) throw new Error(`bundle: tells of table ${t} of ${this.tables.length}`)
      const from = reader.position
      const rows = reader.varint()
      this.reserve(t, rows)
      const [left, came, told] = [0, 1, 2].map(() => readRows(reader, rows))
      const teller = this.teller[t]
      for (const row of left) {
        // told of by another part meanwhile: it only moved
        if (teller[row] === part + 1) this.clear(t, row)
        this.note(t, row, changed)
      }
      for (const row of came) {
        for (const column of this.values[t]) column[row] = 0
        teller[row] = part + 1
        this.note(t, row, changed)
      }
      for (const row of told) {
        if (teller[row] !== part + 1)
          throw new Error(`bundle: part ${part} changes row ${row}, which it has not`)
        this.note(t, row, changed)
      }
      this.readValues(reader, t, came, told, tick)
      this.tableBytes[t] += reader.position - from
    }
  }

  private readValues(
    reader: ByteReader,
    t: number,
    came: Uint32Array,
    told: Uint32Array,
    tick: number,
  ): void {
    const { spec, columns } = this.tables[t]
    const count = came.length + told.length
    Object.entries(spec.columns).forEach(([name, column], c) => {
      const values = this.values[t][c]
      const bits = reader.bits(count)
      for (let i = 0; i < count; i++) {
        const isTold = i >= came.length
        const row = isTold ? told[i - came.length] : came[i]
        if (((bits[i >> 3] >> (i & 7)) & 1) !== 0) {
          const difference = reader.zigzag()
          values[row] = column.isTick ? tick + difference : values[row] + difference
        } else if (isTold) continue
        columns[name][row] = valueOf(values[row], column)
      }
    })
  }

  /** Makes the table `rows` rows long, new ones absent. */
  private reserve(t: number, rows: number): void {
    const table = this.tables[t]
    const columns = Object.keys(table.spec.columns).length
    const others = this.tables.reduce((sum, other) => (other === table ? sum : sum + valuesOf(other)), 0)
    if (rows * columns + others > MOST_VALUES) throw new Error(`bundle: ${table.spec.name} has ${rows} rows`)
    const had = table.rows
    for (let row = rows; row < had; row++) this.clear(t, row)
    if (rows === had) return
    resizeTable(table, rows)
    if (rows < had) return
    this.values[t] = this.values[t].map((values) => grown(values, rows))
    this.teller[t] = grown(this.teller[t], rows)
    this.seenIn[t] = grown(this.seenIn[t], rows)
    for (let row = had; row < rows; row++) this.clear(t, row)
  }

  private clear(t: number, row: number): void {
    const absent = this.absent.get(t)
    const { columns } = this.tables[t]
    for (const name in columns) columns[name][row] = absent?.[name] ?? 0
    for (const values of this.values[t]) values[row] = 0
    this.teller[t][row] = 0
  }

  private forgetAll(): void {
    this.tables.forEach(({ rows }, t) => {
      for (let row = 0; row < rows; row++) this.clear(t, row)
    })
  }

  private forgetPart(part: number, changed: number[][]): void {
    this.teller.forEach((teller, t) => {
      for (let row = 0; row < teller.length; row++) {
        if (teller[row] !== part + 1) continue
        this.clear(t, row)
        this.note(t, row, changed)
      }
    })
  }

  /** Once for each row and bundle. */
  private note(t: number, row: number, changed: number[][]): void {
    if (this.seenIn[t][row] === this.bundles) return
    this.seenIn[t][row] = this.bundles
    changed[t].push(row)
  }
}

function readRows(reader: ByteReader, rows: number): Uint32Array {
  const count = reader.varint()
  if (count > rows) throw new Error(`bundle: tells of ${count} rows of ${rows}`)
  const list = new Uint32Array(count)
  let last = -1
  for (let i = 0; i < count; i++) {
    last += reader.varint() + 1
    if (last >= rows) throw new Error(`bundle: tells of row ${last} of ${rows}`)
    list[i] = last
  }
  return list
}

const word = new Int32Array(1)
const bitsOfWord = new Float32Array(word.buffer)

/** The value that a sent number stands for. */
function valueOf(sent: number, { quantum }: ColumnSpec): number {
  if (quantum !== 0) return sent * quantum
  word[0] = sent
  return bitsOfWord[0]
}

function valuesOf({ columns }: Table): number {
  let sum = 0
  for (const name in columns) sum += columns[name].length
  return sum
}

function grown<A extends Int32Array | Uint16Array | Uint32Array>(array: A, length: number): A {
  if (array.length >= length) return array
  const more = new (array.constructor as new (length: number) => A)(length)
  more.set(array)
  return more
}
