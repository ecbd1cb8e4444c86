/** Zips from strangers: entries that lie over one another, promise less than they hold or hold too much are found before they cost anything. */
import { crc32, inflateRawSync } from 'node:zlib'
import type { Deviations } from './deviations.ts'
import { FeedError } from './format.ts'

const END = 0x06054b50
const DIRECTORY = 0x02014b50
const LOCAL = 0x04034b50
const [STORED, DEFLATED] = [0, 8]
const [END_BYTES, DIRECTORY_BYTES, LOCAL_BYTES] = [22, 46, 30]
const LONGEST_COMMENT = 65_535

interface Entry {
  readonly name: string
  readonly isEncrypted: boolean
  readonly method: number
  readonly crc: number
  readonly packedBytes: number
  readonly at: number
}

/**
 * The files that are wanted, by name; one that is damaged is noted and left out. Throws FeedError when it is no zip, or the files
 * together are larger than `mostBytes`.
 */
export function unzip(
  zip: Uint8Array,
  isWanted: (name: string) => boolean,
  mostBytes: number,
  deviations: Deviations,
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  let left = mostBytes
  let packed = 0
  for (const entry of entriesOf(zip)) {
    if (!isWanted(entry.name)) continue
    packed += entry.packedBytes
    if (packed > zip.length) throw new FeedError('zip: its files lie over one another')
    const bytes = unpacked(zip, entry, left, mostBytes)
    if (typeof bytes === 'string') {
      deviations.add('damagedFile', 'error', entry.name, bytes, 'a file that can be unpacked')
      continue
    }
    left -= bytes.length
    if (left < 0) throw tooLarge(mostBytes)
    files.set(entry.name, bytes)
  }
  return files
}

/** Its bytes, or what is wrong with them. */
function unpacked(
  zip: Uint8Array,
  { at, packedBytes, method, crc, isEncrypted }: Entry,
  left: number,
  mostBytes: number,
): Uint8Array | string {
  const view = viewOf(zip)
  if (isEncrypted) return 'encrypted'
  if (at + LOCAL_BYTES > zip.length || view.getUint32(at, true) !== LOCAL)
    return 'nothing where it should lie'
  const start = at + LOCAL_BYTES + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  if (start + packedBytes > zip.length) return 'cut off'
  const own = zip.subarray(start, start + packedBytes)
  if (method !== STORED && method !== DEFLATED) return `packed by method ${method}`
  try {
    const bytes = method === STORED ? own : inflateRawSync(own, { maxOutputLength: Math.max(left, 1) })
    return crc32(bytes) === crc ? bytes : 'a wrong checksum'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(mostBytes)
    return (error as Error).message
  }
}

function* entriesOf(zip: Uint8Array): Generator<Entry> {
  const view = viewOf(zip)
  const end = endOf(view)
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + DIRECTORY_BYTES > zip.length || view.getUint32(at, true) !== DIRECTORY)
      throw new FeedError(`zip: entry ${i + 1} of ${count} in its directory is broken`)
    const nameBytes = view.getUint16(at + 28, true)
    const name = at + DIRECTORY_BYTES
    yield {
      name: new TextDecoder().decode(zip.subarray(name, name + nameBytes)),
      isEncrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedBytes: view.getUint32(at + 20, true),
      at: view.getUint32(at + 42, true),
    }
    at = name + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
}

function endOf(view: DataView): number {
  const last = view.byteLength - END_BYTES
  for (let at = last; at >= Math.max(last - LONGEST_COMMENT, 0); at--)
    if (view.getUint32(at, true) === END) return at
  throw new FeedError('zip: the end of its directory is missing')
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}

function tooLarge(mostBytes: number): FeedError {
  return new FeedError(`zip: unpacks to more than ${mostBytes} bytes`)
}
