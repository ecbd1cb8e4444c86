/**
 * Reads OpenStreetMap's own file format, .osm.pbf (wiki.openstreetmap.org/wiki/PBF_Format): blocks of zlib-packed protocol buffers.
 * Nodes come first, ways name them by id, relations name ways. Who edited what is skipped, but for the newest edit's date.
 */
import { unzlibSync } from 'fflate'
import { GuardedReader } from './guardedReader.ts'
import type { LngLat } from '../../twin/geo/projection.ts'
import { areasFromRelations, type Relation } from './multipolygons.ts'
import { isoDate, type OsmExtract, type OsmNode, type OsmWay, type Progress, type Tags } from './osm.ts'
import { readBlock, type BlockSink } from './osmPbfBlock.ts'

/** The format's own limits. */
const MOST_HEADER_BYTES = 64 * 1024
const MOST_BLOB_BYTES = 32 * 1024 * 1024

/** What a reader is ready to hold: a file with more is refused as soon as that is seen. */
export interface OsmLimits {
  readonly nodes: number
  /** Of all blocks, unpacked. */
  readonly contentBytes: number
}

/** More than the reader is ready to hold. */
export class OsmLimitError extends Error {
  readonly limit: keyof OsmLimits

  constructor(limit: keyof OsmLimits, most: number) {
    super(`osm.pbf: more than ${most} ${limit === 'nodes' ? 'nodes' : 'bytes, unpacked'}`)
    this.limit = limit
  }
}

/** What a reader must understand; a file that asks for more (historical versions) is not for us. */
const FEATURES = ['OsmSchema-V0.6', 'DenseNodes']

interface Way {
  readonly id: number
  readonly tags: Tags
  readonly refs: readonly number[]
}

interface Header {
  bounds: OsmExtract['bounds'] | undefined
  dateS: number
}

/** Throws, with one sentence, when the bytes are cut short, broken or of another format; `OsmLimitError` when they hold too much. */
export function readOsmPbf(
  bytes: Uint8Array,
  progress: Progress = () => undefined,
  limits: OsmLimits = { nodes: Infinity, contentBytes: Infinity },
): OsmExtract {
  const positions = new Map<number, LngLat>()
  const nodes: OsmNode[] = []
  const ways: Way[] = []
  const relations: Relation[] = []
  let newestS = 0
  const sink: BlockSink = {
    node(id, at, tags) {
      if (Math.abs(at[0]) > 180 || Math.abs(at[1]) > 90) {
        throw new Error(`node ${id} lies at longitude ${at[0]}, latitude ${at[1]}, which is nowhere on Earth`)
      }
      positions.set(id, at)
      if (tags !== undefined) nodes.push({ id, at, tags })
    },
    way: (id, tags, refs) => ways.push({ id, tags, refs }),
    relation: (relation) => relations.push(relation),
    edited: (atS) => (newestS = Math.max(newestS, atS)),
  }
  const header: Header = { bounds: undefined, dateS: 0 }
  let blocks = 0
  let contentBytes = 0
  for (let at = 0; at < bytes.length; blocks++) {
    const blob = readBlobHeader(bytes, at, blocks === 0)
    const content = unpackBlob(bytes.subarray(blob.start, blob.end))
    contentBytes += content.length
    if (contentBytes > limits.contentBytes) throw new OsmLimitError('contentBytes', limits.contentBytes)
    if (blob.type === 'OSMHeader') readHeader(content, header)
    else if (blocks === 0) throw new Error('osm.pbf: does not begin with a header')
    else if (blob.type === 'OSMData') guarded(() => readBlock(content, sink), `block ${blocks}`)
    if (positions.size > limits.nodes) throw new OsmLimitError('nodes', limits.nodes)
    at = blob.end
    progress('reading OpenStreetMap', at / bytes.length)
  }
  if (blocks === 0) throw new Error('osm.pbf: the file is empty')
  const resolved = ways.map((way) => ({ ...way, course: courseOf(way.refs, positions) }))
  const courses = new Map(resolved.map((way) => [way.id, way.course]))
  const dateS = header.dateS || newestS
  return {
    nodes: nodes.sort((a, b) => a.id - b.id),
    ways: resolved
      .filter((way) => way.course.length > 1 && hasTags(way.tags))
      .map(({ id, tags, course }): OsmWay => ({ id, tags, course }))
      .sort((a, b) => a.id - b.id),
    areas: areasFromRelations(relations, courses).sort((a, b) => a.id - b.id),
    bounds: header.bounds ?? boundsOf(positions.values()),
    date: isoDate(dateS),
  }
}

/** Where the file says that it lies, by its first block alone; undefined when it does not say. Throws as `readOsmPbf` does. */
export function boundsOfOsmPbf(bytes: Uint8Array): OsmExtract['bounds'] | undefined {
  const header: Header = { bounds: undefined, dateS: 0 }
  const blob = readBlobHeader(bytes, 0, true)
  if (blob.type === 'OSMHeader') readHeader(unpackBlob(bytes.subarray(blob.start, blob.end)), header)
  return header.bounds
}

/** The bytes of the first kilobyte of an .osm.pbf say so; anything else is another format. */
export function looksLikeOsmPbf(bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 32))
  return start.includes('OSMHeader')
}

function readBlobHeader(bytes: Uint8Array, at: number, isFirst: boolean) {
  const cutShort = `osm.pbf: the file is cut short at byte ${bytes.length}`
  if (at + 4 > bytes.length) throw new Error(cutShort)
  const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0)
  if (length === 0 || length > MOST_HEADER_BYTES) {
    throw new Error(isFirst ? 'osm.pbf: this is not an .osm.pbf file' : `osm.pbf: broken at byte ${at}`)
  }
  if (at + 4 + length > bytes.length)
    throw new Error(isFirst ? 'osm.pbf: this is not an .osm.pbf file' : cutShort)
  const header = guarded(
    () =>
      new GuardedReader(bytes.subarray(at + 4, at + 4 + length)).fields(
        (tag, into, pbf) => {
          if (tag === 1) into.type = pbf.readString()
          else if (tag === 3) into.size = pbf.readVarint()
        },
        { type: '', size: -1 },
      ),
    `byte ${at}`,
  )
  const start = at + 4 + length
  if (!(header.size >= 0 && header.size <= MOST_BLOB_BYTES)) throw new Error(`osm.pbf: broken at byte ${at}`)
  if (start + header.size > bytes.length) throw new Error(cutShort)
  return { type: header.type, start, end: start + header.size }
}

function unpackBlob(bytes: Uint8Array): Uint8Array {
  return guarded(() => {
    const blob = new GuardedReader(bytes).fields(
      (tag, into, pbf) => {
        if (tag === 1) into.raw = pbf.readBytes()
        else if (tag === 2) into.size = pbf.readVarint()
        else if (tag === 3) into.packed = pbf.readBytes()
      },
      { raw: undefined as Uint8Array | undefined, packed: undefined as Uint8Array | undefined, size: -1 },
    )
    if (blob.raw !== undefined) return blob.raw
    if (blob.packed === undefined) throw new Error('it is packed in a way other than zlib')
    if (!(blob.size >= 0 && blob.size <= MOST_BLOB_BYTES)) throw new Error('its size makes no sense')
    const content = unzlibSync(blob.packed, { out: new Uint8Array(blob.size) })
    if (content.length !== blob.size) throw new Error('it is shorter than it says')
    const end = blob.packed.length
    const sum = new DataView(blob.packed.buffer, blob.packed.byteOffset + end - 4, 4).getUint32(0)
    if (adler32(content) !== sum) throw new Error('its checksum is wrong')
    return content
  }, 'a blob')
}

/** The checksum that ends a zlib stream (RFC 1950), which the unpacker leaves to us. */
function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0]
  for (let i = 0; i < bytes.length;) {
    // So many sums stay below 2³² before the remainder is due.
    const stop = Math.min(i + 3800, bytes.length)
    for (; i < stop; i++) b += a += bytes[i]
    a %= 65_521
    b %= 65_521
  }
  return b * 65_536 + a
}

function readHeader(content: Uint8Array, header: Header): void {
  guarded(
    () =>
      new GuardedReader(content).fields((tag, into, pbf) => {
        if (tag === 1) into.bounds = readBounds(pbf.message())
        else if (tag === 4) {
          const feature = pbf.readString()
          if (!FEATURES.includes(feature))
            throw new Error(`it needs ${JSON.stringify(feature)}, which is not read here`)
        } else if (tag === 32) into.dateS = pbf.readVarint()
      }, header),
    'the header',
  )
}

/** Billionths of a degree. */
function readBounds(pbf: GuardedReader): OsmExtract['bounds'] {
  const sides = { left: 0, right: 0, top: 0, bottom: 0 }
  pbf.fields((tag, into) => {
    const side = (['left', 'right', 'top', 'bottom'] as const)[tag - 1]
    if (side !== undefined) into[side] = pbf.readSVarint() / 1e9
  }, sides)
  const { left, right, top, bottom } = sides
  if (!(left < right && bottom < top && left >= -180 && right <= 180 && bottom >= -90 && top <= 90)) {
    throw new Error(`its bounds are ${left}, ${bottom}, ${right}, ${top}, which is no box on Earth`)
  }
  return [left, bottom, right, top]
}

function courseOf(refs: readonly number[], positions: ReadonlyMap<number, LngLat>): LngLat[] {
  const course: LngLat[] = []
  for (const ref of refs) {
    const at = positions.get(ref)
    if (at !== undefined) course.push(at)
  }
  return course
}

function hasTags(tags: Tags): boolean {
  for (const _ in tags) return true
  return false
}

function boundsOf(positions: Iterable<LngLat>): OsmExtract['bounds'] {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const [lng, lat] of positions) {
    west = Math.min(west, lng)
    south = Math.min(south, lat)
    east = Math.max(east, lng)
    north = Math.max(north, lat)
  }
  if (west >= east || south >= north) throw new Error('osm.pbf: the file holds no places')
  return [west, south, east, north]
}

function guarded<T>(read: () => T, where: string): T {
  try {
    return read()
  } catch (error) {
    throw new Error(`osm.pbf: ${where} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}
