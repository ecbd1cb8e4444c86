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
import { ByteReader, ByteWriter } from './bytes.ts'

export const BUNDLE_MAGIC = 0x31425443 // 'CTB1'
/** The part of all rows that no cut divides. */
export const CORE = 0
/** Of a row that is in no part of a cut. */
export const NOWHERE = 0xffff
const WHOLE = 1
export const GONE = 2
export const DEFLATED = 4

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

/** Whether bytes are a bundle rather than a whole frame. */
export function isBundle(bytes: Uint8Array): boolean {
  return new ByteReader(bytes).u32() === BUNDLE_MAGIC
}

/** What a bundle has of each part, before its blocks. */
export function readEntries(reader: ByteReader): { part: number; flags: number; length: number }[] {
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

/** FNV-1a (Fowler, Noll, Vo) over a row's place and its sent numbers. */
export function hashOfRow(table: number, row: number, columns: readonly Int32Array[]): number {
  let hash = Math.imul(0x811c9dc5 ^ table, 0x01000193)
  hash = Math.imul(hash ^ row, 0x01000193)
  for (const column of columns) hash = Math.imul(hash ^ column[row], 0x01000193)
  return hash >>> 0
}
