/**
 * Writes PMTiles version 3 (github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md): a header of 127 bytes, a root directory, metadata,
 * leaf directories when the root would not fit in the first 16 KiB, then the tiles, each distinct one once.
 */
import { gzipSync } from 'fflate'
import { hashBytes } from '../../twin/kernel/hash.ts'
import { utf8FromText } from '../../twin/kernel/utf8.ts'

export interface PackedTile {
  /** Position on the Hilbert curve over all zooms. */
  readonly id: number
  /** The tile, gzipped. */
  readonly bytes: Uint8Array
}

export interface ArchiveInfo {
  readonly maxZoom: number
  readonly bounds: readonly [west: number, south: number, east: number, north: number]
  readonly name: string
  readonly attribution: string
  readonly layers: readonly string[]
}

interface Entry {
  id: number
  offset: number
  length: number
  /** How many tiles in a row are this one; 0 for a leaf directory. */
  run: number
}

const HEADER_BYTES = 127
/** Header and root directory must fit in 16 KiB. */
const MOST_ROOT_BYTES = 16_384 - HEADER_BYTES
const GZIP = 2
const MVT = 1

/** The tiles of all smaller zooms come first, then those of this zoom along the Hilbert curve. */
export function tileId(zoom: number, x: number, y: number): number {
  let id = (4 ** zoom - 1) / 3
  let [left, top] = [x, y]
  for (let side = 2 ** (zoom - 1); side >= 1; side /= 2) {
    const isRight = (left & side) > 0 ? 1 : 0
    const isLow = (top & side) > 0 ? 1 : 0
    id += side * side * ((3 * isRight) ^ isLow)
    left &= side - 1
    top &= side - 1
    if (isLow === 0) {
      if (isRight === 1) [left, top] = [side - 1 - left, side - 1 - top]
      ;[left, top] = [top, left]
    }
  }
  return id
}

export function writePmtiles(tiles: readonly PackedTile[], info: ArchiveInfo): Uint8Array {
  const { entries, contents } = placeTiles(tiles)
  const { root, leaves } = directories(entries)
  const metadata = gzip(
    utf8FromText(
      JSON.stringify({
        name: info.name,
        attribution: info.attribution,
        type: 'baselayer',
        vector_layers: info.layers.map((id) => ({ id, fields: {} })),
      }),
    ),
  )
  const body = [root, metadata, ...leaves, ...contents]
  const leafBytes = total(leaves)
  const tileBytes = total(contents)
  const header = new Uint8Array(HEADER_BYTES)
  const view = new DataView(header.buffer)
  header.set(utf8FromText('PMTiles'))
  header[7] = 3
  const metadataAt = HEADER_BYTES + root.length
  const leavesAt = metadataAt + metadata.length
  const numbers = [
    HEADER_BYTES, root.length, metadataAt, metadata.length, leavesAt, leafBytes, leavesAt + leafBytes, tileBytes,
    tiles.length, entries.length, contents.length,
  ] // prettier-ignore
  numbers.forEach((value, i) => view.setBigUint64(8 + 8 * i, BigInt(value), true))
  header.set([1, GZIP, GZIP, MVT, 0, info.maxZoom], 96)
  const [west, south, east, north] = info.bounds
  ;[west, south, east, north].forEach((degrees, i) =>
    view.setInt32(102 + 4 * i, Math.round(degrees * 1e7), true),
  )
  header[118] = Math.min(12, info.maxZoom)
  view.setInt32(119, Math.round(((west + east) / 2) * 1e7), true)
  view.setInt32(123, Math.round(((south + north) / 2) * 1e7), true)
  return concat([header, ...body])
}

/** Tiles in order of id, equal ones stored once, equal neighbours as one run. */
function placeTiles(tiles: readonly PackedTile[]): { entries: Entry[]; contents: Uint8Array[] } {
  const entries: Entry[] = []
  const contents: Uint8Array[] = []
  const offsets: number[] = []
  const byHash = new Map<number, number[]>()
  let end = 0
  for (const { id, bytes } of [...tiles].sort((a, b) => a.id - b.id)) {
    const hash = hashBytes(bytes)
    const alike = byHash.get(hash) ?? []
    let row = alike.find((i) => areEqual(contents[i], bytes))
    if (row === undefined) {
      row = contents.length
      contents.push(bytes)
      offsets.push(end)
      end += bytes.length
      byHash.set(hash, [...alike, row])
    }
    const last = entries[entries.length - 1]
    if (last !== undefined && last.offset === offsets[row] && last.id + last.run === id) last.run++
    else entries.push({ id, offset: offsets[row], length: bytes.length, run: 1 })
  }
  return { entries, contents }
}

/** The root directory, and leaves of a size that lets the root fit. */
function directories(entries: readonly Entry[]): { root: Uint8Array; leaves: Uint8Array[] } {
  const whole = directory(entries)
  if (whole.length <= MOST_ROOT_BYTES) return { root: whole, leaves: [] }
  for (let size = 4096; ; size *= 2) {
    const leaves: Uint8Array[] = []
    const pointers: Entry[] = []
    let offset = 0
    for (let i = 0; i < entries.length; i += size) {
      const leaf = directory(entries.slice(i, i + size))
      pointers.push({ id: entries[i].id, offset, length: leaf.length, run: 0 })
      leaves.push(leaf)
      offset += leaf.length
    }
    const root = directory(pointers)
    if (root.length <= MOST_ROOT_BYTES) return { root, leaves }
  }
}

/** Count, then ids as differences, runs, lengths, and offsets (0 where a tile follows the one before), all as varints. */
function directory(entries: readonly Entry[]): Uint8Array {
  const bytes: number[] = []
  writeVarint(bytes, entries.length)
  entries.forEach((entry, i) => writeVarint(bytes, entry.id - (i > 0 ? entries[i - 1].id : 0)))
  for (const entry of entries) writeVarint(bytes, entry.run)
  for (const entry of entries) writeVarint(bytes, entry.length)
  entries.forEach((entry, i) => {
    const before = entries[i - 1]
    const follows = before !== undefined && entry.offset === before.offset + before.length
    writeVarint(bytes, follows ? 0 : entry.offset + 1)
  })
  return gzip(Uint8Array.from(bytes))
}

function writeVarint(bytes: number[], value: number): void {
  let left = value
  while (left >= 128) {
    bytes.push((left % 128) | 128)
    left = Math.floor(left / 128)
  }
  bytes.push(left)
}

function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 9, mtime: 0 })
}

function total(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(total(parts))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
