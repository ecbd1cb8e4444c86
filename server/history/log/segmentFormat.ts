/**
 * One file of a log, as bytes: a header, then records one after another. Little-endian.
 *
 *   header   'CTLG' | u16 version | u16 0 | f64 number of the first record | f64 wall time it was begun, ms
 *   record   u32 length | u32 crc32 of number and bytes | f64 number | bytes
 *   index    'CTLI' | u16 version | u16 0 | u32 count | f64 end of each record … | u32 crc32 of all before
 *
 * The index lies beside a finished segment and only saves reading it through; it is made anew when it is missing or broken.
 */
import { crc32 } from 'node:zlib'
import { UnreadableLog } from './log.ts'
import { Numbers } from './numbers.ts'

const SEGMENT_MAGIC = 'CTLG'
const INDEX_MAGIC = 'CTLI'
export const SEGMENT_VERSION = 1
export const HEADER_BYTES = 24
export const RECORD_HEADER_BYTES = 16
/** Longer than any record: a length beyond it is a torn one. */
export const MAX_RECORD_BYTES = 64 * 1024 * 1024

export interface SegmentHeader {
  readonly firstSeq: number
  readonly begunMs: number
}

export function writeHeader({ firstSeq, begunMs }: SegmentHeader): Buffer {
  const header = Buffer.alloc(HEADER_BYTES)
  header.write(SEGMENT_MAGIC, 'latin1')
  header.writeUInt16LE(SEGMENT_VERSION, 4)
  header.writeDoubleLE(firstSeq, 8)
  header.writeDoubleLE(begunMs, 16)
  return header
}

/** Undefined when the header is torn or not one; throws `UnreadableLog` for a version that is not ours. */
export function readHeader(bytes: Buffer, name: string): SegmentHeader | undefined {
  if (bytes.length < HEADER_BYTES || bytes.toString('latin1', 0, 4) !== SEGMENT_MAGIC) return undefined
  const version = bytes.readUInt16LE(4)
  if (version !== SEGMENT_VERSION)
    throw new UnreadableLog(
      `The recording ${name} is of version ${version}, and this server reads version ${SEGMENT_VERSION}. ` +
        'It is left as it is: start the server that made it, or move its folder away to begin another.',
    )
  return { firstSeq: bytes.readDoubleLE(8), begunMs: bytes.readDoubleLE(16) }
}

export function writeRecord(seq: number, bytes: Uint8Array): Buffer {
  const record = Buffer.allocUnsafe(RECORD_HEADER_BYTES + bytes.length)
  record.writeUInt32LE(bytes.length, 0)
  record.writeDoubleLE(seq, 8)
  record.set(bytes, RECORD_HEADER_BYTES)
  record.writeUInt32LE(crc32(record.subarray(8)), 4)
  return record
}

/** The whole record that begins at `at`, of number `seq`; undefined when it is torn, damaged or another. */
export function readRecord(
  bytes: Buffer,
  at: number,
  seq: number,
): { bytes: Buffer; end: number } | undefined {
  if (at + RECORD_HEADER_BYTES > bytes.length) return undefined
  const length = bytes.readUInt32LE(at)
  const end = at + RECORD_HEADER_BYTES + length
  if (length > MAX_RECORD_BYTES || end > bytes.length || bytes.readDoubleLE(at + 8) !== seq) return undefined
  if (crc32(bytes.subarray(at + 8, end)) !== bytes.readUInt32LE(at + 4)) return undefined
  return { bytes: bytes.subarray(at + RECORD_HEADER_BYTES, end), end }
}

/** Whether what lies from `at` on, if anything, is a record that was not written to its end. */
export function isTornAt(bytes: Buffer, at: number): boolean {
  if (at + RECORD_HEADER_BYTES > bytes.length) return true
  return at + RECORD_HEADER_BYTES + bytes.readUInt32LE(at) > bytes.length
}

/** Where each record ends, read through from the header on until the first that is torn or damaged. */
export function scanRecords(bytes: Buffer, firstSeq: number): Numbers {
  const ends = new Numbers()
  let at = HEADER_BYTES
  for (;;) {
    const record = readRecord(bytes, at, firstSeq + ends.length)
    if (record === undefined) return ends
    at = record.end
    ends.push(at)
  }
}

export function writeIndex(ends: Numbers): Buffer {
  const index = Buffer.alloc(12 + ends.length * 8 + 4)
  index.write(INDEX_MAGIC, 'latin1')
  index.writeUInt16LE(SEGMENT_VERSION, 4)
  index.writeUInt32LE(ends.length, 8)
  let at = 12
  for (const end of ends) at = index.writeDoubleLE(end, at)
  index.writeUInt32LE(crc32(index.subarray(0, -4)), index.length - 4)
  return index
}

/** Undefined when the bytes are not an index that was written whole. */
export function readIndex(bytes: Buffer): Numbers | undefined {
  if (bytes.length < 16 || bytes.toString('latin1', 0, 4) !== INDEX_MAGIC) return undefined
  if (bytes.readUInt16LE(4) !== SEGMENT_VERSION) return undefined
  const count = bytes.readUInt32LE(8)
  if (bytes.length !== 16 + count * 8) return undefined
  if (crc32(bytes.subarray(0, -4)) !== bytes.readUInt32LE(bytes.length - 4)) return undefined
  return new Numbers(Array.from({ length: count }, (_, i) => bytes.readDoubleLE(12 + 8 * i)))
}
