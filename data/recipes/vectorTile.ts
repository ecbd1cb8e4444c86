/** Reads Mapbox vector tiles (version 2.1 of the specification), as far as features with whole tags need it, and bears broken ones. */
import { GuardedReader } from './guardedReader.ts'

export interface TileFeature {
  /** 1 points, 2 lines, 3 polygons. */
  readonly type: number
  readonly tags: Readonly<Record<string, string | number | boolean>>
  /** In units of the layer's extent; polygon rings are closed. */
  readonly parts: readonly (readonly (readonly [x: number, y: number])[])[]
}

export interface TileLayer {
  readonly name: string
  readonly extent: number
  readonly features: readonly TileFeature[]
}

interface RawFeature {
  type: number
  tags: number[]
  commands: number[]
}

const MOVE = 1
const LINE = 2
const CLOSE = 7

/** Throws when the tile is cut short or broken. */
export function readVectorTile(bytes: Uint8Array): TileLayer[] {
  const layers: TileLayer[] = []
  new GuardedReader(bytes).fields((tag, into, pbf) => {
    if (tag === 3) into.push(readLayer(pbf.message()))
  }, layers)
  return layers
}

function readLayer(reader: GuardedReader): TileLayer {
  const raw = reader.fields(
    (tag, into, pbf) => {
      if (tag === 1) into.name = pbf.readString()
      else if (tag === 2) into.features.push(readFeature(pbf.message()))
      else if (tag === 3) into.keys.push(pbf.readString())
      else if (tag === 4) into.values.push(readValue(pbf.message()))
      else if (tag === 5) into.extent = pbf.readVarint()
    },
    {
      name: '',
      extent: 4096,
      keys: [] as string[],
      values: [] as (string | number | boolean)[],
      features: [] as RawFeature[],
    },
  )
  if (!(raw.extent > 0)) throw new Error(`a layer's extent is ${raw.extent}`)
  const features = raw.features.map((feature): TileFeature => {
    const tags: Record<string, string | number | boolean> = {}
    for (let i = 0; i + 1 < feature.tags.length; i += 2) {
      const key = raw.keys[feature.tags[i]]
      const value = raw.values[feature.tags[i + 1]]
      if (key === undefined || value === undefined) throw new Error('a tag points outside its table')
      tags[key] = value
    }
    return { type: feature.type, tags, parts: partsFrom(feature.commands) }
  })
  return { name: raw.name, extent: raw.extent, features }
}

function readFeature(reader: GuardedReader): RawFeature {
  return reader.fields<RawFeature>(
    (tag, into, pbf) => {
      if (tag === 2) pbf.readPackedVarint(into.tags)
      else if (tag === 3) into.type = pbf.readVarint()
      else if (tag === 4) pbf.readPackedVarint(into.commands)
    },
    { type: 0, tags: [], commands: [] },
  )
}

function readValue(reader: GuardedReader): string | number | boolean {
  return reader.fields<{ value: string | number | boolean }>(
    (tag, into, pbf) => {
      if (tag === 1) into.value = pbf.readString()
      else if (tag === 2) into.value = pbf.readFloat()
      else if (tag === 3) into.value = pbf.readDouble()
      else if (tag === 4) into.value = pbf.readVarint(true)
      else if (tag === 5) into.value = pbf.readVarint()
      else if (tag === 6) into.value = pbf.readSVarint()
      else if (tag === 7) into.value = pbf.readBoolean()
    },
    { value: '' },
  ).value
}

function partsFrom(commands: readonly number[]): [number, number][][] {
  const parts: [number, number][][] = []
  let part: [number, number][] | undefined
  let [x, y] = [0, 0]
  for (let i = 0; i < commands.length;) {
    const command = commands[i] & 7
    const count = commands[i] >>> 3
    i++
    if (command === CLOSE) {
      if (part !== undefined) part.push(part[0])
      continue
    }
    if (command !== MOVE && command !== LINE) throw new Error(`a geometry has command ${command}`)
    if (i + 2 * count > commands.length) throw new Error('a geometry is cut short')
    for (let step = 0; step < count; step++, i += 2) {
      x += zigzag(commands[i])
      y += zigzag(commands[i + 1])
      if (command === MOVE || part === undefined) parts.push((part = [[x, y]]))
      else part.push([x, y])
    }
  }
  return parts
}

function zigzag(value: number): number {
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2
}
