/**
 * A frame in parts, for viewers who do not look at all of the city. Each cut divides the rows of one table among parts; all tables
 * that no cut divides make up the part CORE. A part's changes are encoded once, whoever sees it; what a viewer is sent is a bundle
 * of the parts it sees. Rows keep their numbers. A row that comes into a part travels whole; one that leaves it is named.
 *
 *   bundle: 'CTB1' | u32 schema hash | i32 tick | i32 base tick (−1: forget all else) | entries | per entry: gap to the part, length × 8 + flags | blocks
 *   block:  per table with news: table + 1, rows, rows that left, came and changed as gaps, per column: bit plane, differences | 0
 *
 * Flags: 1 everything of the part, 2 the part is seen no longer (no block), 4 the block is deflated.
 */
import { resizeTable, type ColumnSpec, type Table } from '../kernel/table.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { KEYFRAME, schemaHash, type FrameDecoder } from './frame.ts'

export const BUNDLE_MAGIC = 0x31425443 // 'CTB1'
/** The part of all rows that no cut divides. */
export const CORE = 0
/** Of a row that is in no part of a cut. */
export const NOWHERE = 0xffff
const MOST_VALUES = 1 << 24
const WHOLE = 1
const GONE = 2
const DEFLATED = 4
// Weight of the newest frame in means.
const NEWEST = 1 / 30

/** How the rows of one table are divided. A table may be cut in several ways; a viewer sees parts of one of them. */
export interface TableCut {
  /** Its place among the tables. */
  readonly table: number
  /** The part of a row, by the whole numbers sent of it; NOWHERE for a row of no interest. */
  partOf(row: number, sent: readonly Int32Array[]): number
}

export interface Block {
  readonly bytes: Uint8Array
  readonly isDeflated: boolean
}

/** What a bundle says of one part: its changes, all of it, or that it is seen no longer. */
export interface BundleEntry {
  readonly part: number
  readonly kind: 'changes' | 'whole' | 'gone'
  readonly block?: Block | undefined
}

/** Which rows of one table a block tells of. */
interface Rows {
  readonly left: number[]
  readonly came: number[]
  readonly changed: number[]
}

/** `entries` in ascending order of parts. `baseTick` is KEYFRAME when the receiver is to forget all it has. */
export function writeBundle(
  schema: number,
  tick: number,
  baseTick: number,
  entries: readonly BundleEntry[],
): Uint8Array {
  const blockBytes = entries.reduce((sum, { block }) => sum + (block?.bytes.length ?? 0), 0)
  const writer = new ByteWriter(32 + entries.length * 8 + blockBytes)
  writer.u32(BUNDLE_MAGIC)
  writer.u32(schema)
  writer.u32(tick)
  writer.u32(baseTick)
  writer.varint(entries.length)
  let last = -1
  for (const { part, kind, block } of entries) {
    const flags = (kind === 'whole' ? WHOLE : kind === 'gone' ? GONE : 0) | (block?.isDeflated ? DEFLATED : 0)
    writer.varint(part - last - 1)
    writer.varint(((block?.bytes.length ?? 0) << 3) | flags)
    last = part
  }
  for (const { block } of entries) if (block !== undefined) writer.raw(block.bytes)
  return writer.bytes()
}

/** Cuts what a decoder of the whole takes in into parts. */
export class PartEncoder {
  readonly schema: number
  private readonly decoder: FrameDecoder
  private readonly cuts: readonly TableCut[]
  private readonly isCut: readonly boolean[]
  /** Per cut the part of each row. */
  private readonly partOfRow: Uint16Array[]
  /** Per table what was sent before the frame that is being cut; of cut and uncut tables alike. */
  private readonly before: Int32Array[][]
  private hashes: Uint32Array | undefined
  /** Mean number of rows that a frame changes, by part; of all parts. */
  private readonly meanRows = new Float32Array(NOWHERE)
  private meanOfAll = 0

  constructor(decoder: FrameDecoder, cuts: readonly TableCut[]) {
    this.decoder = decoder
    this.cuts = cuts
    this.schema = schemaHash(decoder.tables.map((table) => table.spec))
    this.isCut = decoder.tables.map((_, t) => cuts.some(({ table }) => table === t))
    this.partOfRow = cuts.map(() => new Uint16Array(0))
    this.before = decoder.tables.map(() => [])
    this.restart()
  }

  /** Goes on from what the decoder has now, whatever was before. */
  restart(): void {
    const { tables, sent } = this.decoder
    tables.forEach(({ rows }, t) => {
      this.before[t] = sent[t].map((column) => column.slice(0, rows))
    })
    this.cuts.forEach((cut, k) => {
      const { rows } = tables[cut.table]
      const parts = new Uint16Array(rows).fill(NOWHERE)
      // nothing was taken in yet: there are no numbers to go by
      if (sent[cut.table].length > 0)
        for (let row = 0; row < rows; row++) parts[row] = cut.partOf(row, sent[cut.table])
      this.partOfRow[k] = parts
    })
    this.hashes = undefined
  }

  /** Blocks of those of the `wanted` parts that the decoder's last frame changed. Called once after each frame. */
  take(wanted: ReadonlySet<number>): Map<number, Uint8Array> {
    const { tables, tick } = this.decoder
    const byPart = new Map<number, Map<number, Rows>>()
    const rowsOf = (part: number, table: number): Rows => {
      let ofPart = byPart.get(part)
      if (ofPart === undefined) byPart.set(part, (ofPart = new Map<number, Rows>()))
      let rows = ofPart.get(table)
      if (rows === undefined) ofPart.set(table, (rows = { left: [], came: [], changed: [] }))
      return rows
    }
    const news = tables.map((_, t) => this.newsOf(t))
    tables.forEach((_, t) => {
      if (this.isCut[t] || news[t].length === 0 || !wanted.has(CORE)) return
      const known = this.knownRows(t)
      const { came, changed } = rowsOf(CORE, t)
      for (const row of news[t]) (row < known ? changed : came).push(row)
    })
    this.cuts.forEach((cut, k) => this.sortByPart(cut, k, news[cut.table], wanted, rowsOf))
    const blocks = new Map<number, Uint8Array>()
    for (const [part, ofPart] of byPart) {
      const writer = new ByteWriter(1 << 12)
      for (const [table, rows] of [...ofPart].sort(([a], [b]) => a - b))
        this.writeRows(writer, table, rows, tick)
      writer.varint(0)
      blocks.set(part, writer.bytes())
    }
    this.remember()
    this.count()
    this.hashes = undefined
    return blocks
  }

  /** How many rows of a part, or of the whole, a frame changes: the mean over the last half minute. */
  rowsPerFrame(part?: number): number {
    return part === undefined ? this.meanOfAll : this.meanRows[part]
  }

  /** Everything of a part, as of the last frame taken. */
  whole(part: number): Uint8Array {
    const { tables, tick } = this.decoder
    const writer = new ByteWriter(1 << 14)
    tables.forEach(({ rows }, t) => {
      const came: number[] = []
      if (part === CORE && !this.isCut[t]) for (let row = 0; row < rows; row++) came.push(row)
      this.cuts.forEach(({ table }, k) => {
        if (table !== t) return
        const parts = this.partOfRow[k]
        for (let row = 0; row < parts.length; row++) if (parts[row] === part) came.push(row)
      })
      if (came.length > 0) this.writeRows(writer, t, { left: [], came, changed: [] }, tick)
    })
    writer.varint(0)
    return writer.bytes()
  }

  /** A fingerprint of a part's rows; that of several parts is the sum of theirs, modulo 2³². */
  hashOf(part: number): number {
    this.hashes ??= this.hashAll()
    return this.hashes[part]
  }

  private count(): void {
    const { changedRows } = this.decoder
    for (let part = 0; part < NOWHERE; part++) this.meanRows[part] *= 1 - NEWEST
    this.meanOfAll *= 1 - NEWEST
    changedRows.forEach((rows, t) => {
      this.meanOfAll += NEWEST * rows.length
      if (!this.isCut[t]) this.meanRows[CORE] += NEWEST * rows.length
    })
    this.cuts.forEach(({ table }, k) => {
      for (const row of changedRows[table]) {
        const part = this.partOfRow[k][row]
        if (part !== NOWHERE) this.meanRows[part] += NEWEST
      }
    })
  }

  private hashAll(): Uint32Array {
    const { tables, sent } = this.decoder
    const hashes = new Uint32Array(NOWHERE + 1)
    tables.forEach(({ rows }, t) => {
      if (!this.isCut[t]) for (let row = 0; row < rows; row++) hashes[CORE] += hashOfRow(t, row, sent[t])
    })
    this.cuts.forEach(({ table }, k) => {
      const parts = this.partOfRow[k]
      for (let row = 0; row < parts.length; row++)
        if (parts[row] !== NOWHERE) hashes[parts[row]] += hashOfRow(table, row, sent[table])
    })
    return hashes
  }

  private sortByPart(
    cut: TableCut,
    k: number,
    news: readonly number[] | Uint32Array,
    wanted: ReadonlySet<number>,
    rowsOf: (part: number, table: number) => Rows,
  ): void {
    const { table } = cut
    const { tables, sent } = this.decoder
    const { rows } = tables[table]
    if (this.partOfRow[k].length < rows) {
      const grown = new Uint16Array(rows).fill(NOWHERE)
      grown.set(this.partOfRow[k])
      this.partOfRow[k] = grown
    }
    const parts = this.partOfRow[k]
    for (const row of news) {
      const was = parts[row]
      const now = cut.partOf(row, sent[table])
      parts[row] = now
      if (was === now) {
        if (wanted.has(now)) rowsOf(now, table).changed.push(row)
        continue
      }
      if (wanted.has(was)) rowsOf(was, table).left.push(row)
      if (wanted.has(now)) rowsOf(now, table).came.push(row)
    }
  }

  private knownRows(table: number): number {
    return this.before[table][0]?.length ?? 0
  }

  /** The rows that changed, and all new ones: a new row of zeros is no change of the whole, but nobody has been told of it. */
  private newsOf(table: number): readonly number[] | Uint32Array {
    const { tables, changedRows } = this.decoder
    const known = this.knownRows(table)
    const { rows } = tables[table]
    if (rows <= known) return changedRows[table]
    const news = [...changedRows[table].filter((row) => row < known)]
    for (let row = known; row < rows; row++) news.push(row)
    return news
  }

  private writeRows(writer: ByteWriter, table: number, { left, came, changed }: Rows, tick: number): void {
    const { spec, rows } = this.decoder.tables[table]
    const columns = Object.values(spec.columns)
    writer.varint(table + 1)
    writer.varint(rows)
    for (const list of [left, came, changed]) {
      writer.varint(list.length)
      let last = -1
      for (const row of list) {
        writer.varint(row - last - 1)
        last = row
      }
    }
    const all = came.concat(changed)
    columns.forEach((column, c) => {
      const now = this.decoder.sent[table][c]
      const old = this.before[table][c]
      // a row that came is told from nothing
      const base = (i: number) => (i < came.length ? 0 : (old?.[all[i]] ?? 0))
      writer.bits(all.length, (i) => now[all[i]] !== base(i))
      all.forEach((row, i) => {
        if (now[row] !== base(i)) writer.zigzag(column.isTick ? now[row] - tick : (now[row] - base(i)) | 0)
      })
    })
  }

  /** What is sent now is what came before the next frame. */
  private remember(): void {
    const { tables, sent, changedRows } = this.decoder
    tables.forEach(({ rows }, t) => {
      sent[t].forEach((now, c) => {
        const old = this.before[t][c]
        if (old?.length !== rows) this.before[t][c] = now.slice(0, rows)
        else for (const row of changedRows[t]) old[row] = now[row]
      })
    })
  }
}

/** Whether bytes are a bundle rather than a whole frame. */
export function isBundle(bytes: Uint8Array): boolean {
  return new ByteReader(bytes).u32() === BUNDLE_MAGIC
}

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

  /** Makes room for `rows` rows, the new ones absent. */
  private reserve(t: number, rows: number): void {
    const table = this.tables[t]
    const columns = Object.keys(table.spec.columns).length
    const others = this.tables.reduce((sum, other) => (other === table ? sum : sum + valuesOf(other)), 0)
    if (rows * columns + others > MOST_VALUES) throw new Error(`bundle: ${table.spec.name} has ${rows} rows`)
    const had = table.rows
    if (rows <= had) return
    resizeTable(table, rows)
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

function readEntries(reader: ByteReader): { part: number; flags: number; length: number }[] {
  const count = reader.varint()
  if (count > NOWHERE) throw new Error(`bundle: has ${count} parts`)
  const entries: { part: number; flags: number; length: number }[] = []
  let part = -1
  for (let i = 0; i < count; i++) {
    part += reader.varint() + 1
    if (part >= NOWHERE) throw new Error(`bundle: tells of part ${part}`)
    const word = reader.varint()
    entries.push({ part, flags: word & 7, length: word >>> 3 })
  }
  return entries
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

/** FNV-1a (Fowler, Noll, Vo) over a row's place and its sent numbers. */
function hashOfRow(table: number, row: number, columns: readonly Int32Array[]): number {
  let hash = Math.imul(0x811c9dc5 ^ table, 0x01000193)
  hash = Math.imul(hash ^ row, 0x01000193)
  for (const column of columns) hash = Math.imul(hash ^ column[row], 0x01000193)
  return hash >>> 0
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
  const more = new (array.constructor as new (length: number) => A)(length)
  more.set(array)
  return more
}
