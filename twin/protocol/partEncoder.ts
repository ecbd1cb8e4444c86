/** The sender's side of frames in parts: what the whole frames change, sorted by part. */
import { ByteWriter } from './bytes.ts'
import { schemaHash, type FrameDecoder } from './frame.ts'
import { CORE, hashOfRow, NOWHERE, type TableCut } from './parts.ts'

// Weight of the newest frame in means.
const NEWEST = 1 / 30

/** Which rows of one table a block tells of. */
interface Rows {
  readonly left: number[]
  readonly came: number[]
  readonly changed: number[]
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
  /** Parts from here on have never had a row that changed. */
  private partsEnd = CORE + 1
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
      const known = this.knownRows(t)
      const isSame = news[t].length === 0 && tables[t].rows === known
      if (this.isCut[t] || isSame || !wanted.has(CORE)) return
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
    for (let part = 0; part < this.partsEnd; part++) this.meanRows[part] *= 1 - NEWEST
    this.meanOfAll *= 1 - NEWEST
    changedRows.forEach((rows, t) => {
      this.meanOfAll += NEWEST * rows.length
      if (!this.isCut[t]) this.meanRows[CORE] += NEWEST * rows.length
    })
    this.cuts.forEach(({ table }, k) => {
      for (const row of changedRows[table]) {
        const part = this.partOfRow[k][row]
        if (part === NOWHERE) continue
        this.partsEnd = Math.max(this.partsEnd, part + 1)
        this.meanRows[part] += NEWEST
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
    const news = Array.from(changedRows[table]).filter((row) => row < known)
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
