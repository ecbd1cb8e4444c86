/** One block of an .osm.pbf: a string table, and groups of nodes, ways and relations that point into it. */
import { GuardedReader } from './guardedReader.ts'
import type { LngLat } from '../../twin/geo/projection.ts'
import type { Relation, RelationMember } from './multipolygons.ts'
import type { Tags } from './osm.ts'

export interface BlockSink {
  /** `tags` is undefined for a bare vertex. */
  node(id: number, at: LngLat, tags: Tags | undefined): void
  way(id: number, tags: Tags, refs: readonly number[]): void
  relation(relation: Relation): void
  /** Unix seconds of an edit. */
  edited(atS: number): void
}

interface Block {
  strings: string[]
  groups: Uint8Array[]
  granularity: number
  latOffset: number
  lonOffset: number
  dateGranularityMs: number
}

const MEMBER_TYPES = ['node', 'way', 'relation'] as const

/** Throws when the block is broken: a string that is not there, columns of unlike length. */
export function readBlock(bytes: Uint8Array, sink: BlockSink): void {
  const block = new GuardedReader(bytes).fields<Block>(
    (tag, into, pbf) => {
      if (tag === 1) readStrings(pbf.message(), into.strings)
      else if (tag === 2) into.groups.push(pbf.readBytes())
      else if (tag === 17) into.granularity = pbf.readVarint()
      else if (tag === 18) into.dateGranularityMs = pbf.readVarint()
      else if (tag === 19) into.latOffset = pbf.readVarint(true)
      else if (tag === 20) into.lonOffset = pbf.readVarint(true)
    },
    { strings: [], groups: [], granularity: 100, latOffset: 0, lonOffset: 0, dateGranularityMs: 1000 },
  )
  for (const group of block.groups) {
    new GuardedReader(group).fields((tag, _, pbf) => {
      if (tag === 1) readNode(pbf.message(), block, sink)
      else if (tag === 2) readDense(pbf.message(), block, sink)
      else if (tag === 3) readWay(pbf.message(), block, sink)
      else if (tag === 4) readRelation(pbf.message(), block, sink)
    }, undefined)
  }
}

function readStrings(pbf: GuardedReader, strings: string[]): void {
  pbf.fields((tag) => {
    if (tag === 1) strings.push(pbf.readString())
  }, undefined)
}

/** Nano-degrees to degrees, rounded to 1e-7. */
function positionAt(block: Block, lon: number, lat: number): LngLat {
  return [
    Math.round((block.lonOffset + block.granularity * lon) / 100) / 1e7,
    Math.round((block.latOffset + block.granularity * lat) / 100) / 1e7,
  ]
}

function stringAt(block: Block, index: number): string {
  const text = block.strings[index]
  if (text === undefined) throw new Error(`string ${index} of ${block.strings.length} is missing`)
  return text
}

function tagsFrom(block: Block, keys: readonly number[], values: readonly number[]): Tags {
  if (keys.length !== values.length) throw new Error(`${keys.length} keys with ${values.length} values`)
  const tags: Record<string, string> = {}
  keys.forEach((key, i) => (tags[stringAt(block, key)] = stringAt(block, values[i])))
  return tags
}

function readNode(pbf: GuardedReader, block: Block, sink: BlockSink): void {
  const node = pbf.fields(
    (tag, into) => {
      if (tag === 1) into.id = pbf.readSVarint()
      else if (tag === 2) pbf.readPackedVarint(into.keys)
      else if (tag === 3) pbf.readPackedVarint(into.values)
      else if (tag === 4) readInfo(pbf.message(), block, sink)
      else if (tag === 8) into.lat = pbf.readSVarint()
      else if (tag === 9) into.lon = pbf.readSVarint()
    },
    { id: 0, keys: [] as number[], values: [] as number[], lat: 0, lon: 0 },
  )
  const tags = node.keys.length > 0 ? tagsFrom(block, node.keys, node.values) : undefined
  sink.node(node.id, positionAt(block, node.lon, node.lat), tags)
}

/** Columns of differences; tags of all nodes in one list, each node's closed by a 0. */
function readDense(pbf: GuardedReader, block: Block, sink: BlockSink): void {
  const dense = pbf.fields(
    (tag, into) => {
      if (tag === 1) pbf.readPackedSVarint(into.ids)
      else if (tag === 5) readDenseInfo(pbf.message(), block, sink)
      else if (tag === 8) pbf.readPackedSVarint(into.lats)
      else if (tag === 9) pbf.readPackedSVarint(into.lons)
      else if (tag === 10) pbf.readPackedVarint(into.keysValues)
    },
    { ids: [] as number[], lats: [] as number[], lons: [] as number[], keysValues: [] as number[] },
  )
  const { ids, lats, lons, keysValues } = dense
  if (lats.length !== ids.length || lons.length !== ids.length)
    throw new Error('node columns of unlike length')
  let [id, lat, lon, next] = [0, 0, 0, 0]
  for (let i = 0; i < ids.length; i++) {
    id += ids[i]
    lat += lats[i]
    lon += lons[i]
    let tags: Record<string, string> | undefined
    while (next < keysValues.length && keysValues[next] !== 0) {
      tags ??= {}
      tags[stringAt(block, keysValues[next])] = stringAt(block, keysValues[next + 1])
      next += 2
    }
    next++
    sink.node(id, positionAt(block, lon, lat), tags)
  }
}

function readDenseInfo(pbf: GuardedReader, block: Block, sink: BlockSink): void {
  const stamps: number[] = []
  pbf.fields((tag) => void (tag === 2 && pbf.readPackedSVarint(stamps)), undefined)
  let stamp = 0
  for (const difference of stamps) {
    stamp += difference
    sink.edited((stamp * block.dateGranularityMs) / 1000)
  }
}

/** Of who, when and why, only when. */
function readInfo(pbf: GuardedReader, block: Block, sink: BlockSink): void {
  pbf.fields((tag) => {
    if (tag === 2) sink.edited((pbf.readVarint(true) * block.dateGranularityMs) / 1000)
  }, undefined)
}

function readWay(pbf: GuardedReader, block: Block, sink: BlockSink): void {
  const way = pbf.fields(
    (tag, into) => {
      if (tag === 1) into.id = pbf.readVarint(true)
      else if (tag === 2) pbf.readPackedVarint(into.keys)
      else if (tag === 3) pbf.readPackedVarint(into.values)
      else if (tag === 4) readInfo(pbf.message(), block, sink)
      else if (tag === 8) pbf.readPackedSVarint(into.refs)
    },
    { id: 0, keys: [] as number[], values: [] as number[], refs: [] as number[] },
  )
  sink.way(way.id, tagsFrom(block, way.keys, way.values), summed(way.refs))
}

function readRelation(pbf: GuardedReader, block: Block, sink: BlockSink): void {
  const relation = pbf.fields(
    (tag, into) => {
      if (tag === 1) into.id = pbf.readVarint(true)
      else if (tag === 2) pbf.readPackedVarint(into.keys)
      else if (tag === 3) pbf.readPackedVarint(into.values)
      else if (tag === 4) readInfo(pbf.message(), block, sink)
      else if (tag === 8) pbf.readPackedVarint(into.roles)
      else if (tag === 9) pbf.readPackedSVarint(into.refs)
      else if (tag === 10) pbf.readPackedVarint(into.types)
    },
    {
      id: 0,
      keys: [] as number[],
      values: [] as number[],
      roles: [] as number[],
      refs: [] as number[],
      types: [] as number[],
    },
  )
  const refs = summed(relation.refs)
  if (relation.roles.length !== refs.length || relation.types.length !== refs.length) {
    throw new Error('member columns of unlike length')
  }
  const members = refs.map((id, i): RelationMember => {
    const type = MEMBER_TYPES[relation.types[i]]
    if (type === undefined) throw new Error(`member type ${relation.types[i]}`)
    return { type, id, role: stringAt(block, relation.roles[i]) }
  })
  sink.relation({ id: relation.id, tags: tagsFrom(block, relation.keys, relation.values), members })
}

function summed(differences: readonly number[]): number[] {
  let sum = 0
  return differences.map((difference) => (sum += difference))
}
