/**
 * Reads OSM-QA vector tiles: OpenStreetMap with all its tags, cut at tile edges without a buffer, coordinates to 9 mm.
 * Cut ways are joined again by id and shared position; who edited them, and when, is left behind.
 */
import type { LngLat } from '../../twin/geo/projection.ts'
import { atan2, exp, PI } from '../../twin/kernel/math.ts'
import { joinLines, joinRings } from './joinPieces.ts'
import { isoDate, type OsmExtract, type OsmNode, type OsmWay, type Tags } from './osm.ts'
import { readVectorTile, type TileFeature } from './vectorTile.ts'

export interface QaTile {
  readonly z: number
  readonly x: number
  readonly y: number
  readonly bytes: Uint8Array
}

interface CutWay {
  tags: Tags
  lines: LngLat[][]
  rings: LngLat[][]
}

const LAYER = 'osm'
const POINT = 1
const POLYGON = 3

/** One extract from tiles of one zoom. Throws, naming the tile, when one cannot be read or holds no layer `osm`. */
export function readOsmQaTiles(tiles: readonly QaTile[]): OsmExtract {
  if (tiles.length === 0) throw new Error('OSM-QA tiles: no tile given')
  const zoom = tiles[0].z
  if (tiles.some((tile) => tile.z !== zoom)) throw new Error('OSM-QA tiles: tiles of several zooms')
  for (const { z, x, y } of tiles) {
    if (!(z <= 22 && x < 2 ** z && y < 2 ** z)) throw new Error(`tile ${z}-${x}-${y} is nowhere on Earth`)
  }
  const nodes = new Map<number, OsmNode>()
  const cutWays = new Map<number, CutWay>()
  let newestS = 0
  for (const tile of tiles) {
    try {
      newestS = Math.max(newestS, readTile(tile, nodes, cutWays))
    } catch (error) {
      throw new Error(`tile ${tile.z}-${tile.x}-${tile.y}: ${(error as Error).message}`, { cause: error })
    }
  }
  const isCut = cutsBetween(tiles)
  const ways: OsmWay[] = []
  for (const [id, way] of [...cutWays].sort((a, b) => a[0] - b[0])) {
    for (const course of joinLines(way.lines)) ways.push({ id, tags: way.tags, course })
    for (const course of joinRings(way.rings, isCut)) ways.push({ id, tags: way.tags, course })
  }
  return {
    nodes: [...nodes.values()].sort((a, b) => a.id - b.id),
    ways,
    areas: [],
    bounds: boundsOf(tiles),
    date: isoDate(newestS),
  }
}

/** Adds the tile's features; gives the newest edit, Unix seconds. */
function readTile(tile: QaTile, nodes: Map<number, OsmNode>, ways: Map<number, CutWay>): number {
  const layer = readVectorTile(tile.bytes).find((each) => each.name === LAYER)
  if (layer === undefined) throw new Error(`has no layer "${LAYER}"`)
  let newestS = 0
  for (const feature of layer.features) {
    const id = Number(feature.tags['@id'])
    if (!Number.isSafeInteger(id)) throw new Error(`a feature has no @id`)
    newestS = Math.max(newestS, Number(feature.tags['@timestamp']) || 0)
    const parts = positionsOf(feature, tile, layer.extent).filter((part) => part.length > 0)
    if (feature.tags['@type'] === 'node') {
      if (feature.type === POINT && parts.length > 0 && !nodes.has(id)) {
        nodes.set(id, { id, at: parts[0][0], tags: tagsOf(feature) })
      }
      continue
    }
    let way = ways.get(id)
    if (way === undefined) ways.set(id, (way = { tags: tagsOf(feature), lines: [], rings: [] }))
    if (feature.type === POLYGON) way.rings.push(...parts.filter((ring) => ring.length > 3))
    else way.lines.push(...parts)
  }
  return newestS
}

/** Tags as OpenStreetMap has them: all texts, without the keys that begin with @ (users and changesets among them). */
function tagsOf(feature: TileFeature): Tags {
  const tags: Record<string, string> = {}
  for (const [key, value] of Object.entries(feature.tags)) {
    if (!key.startsWith('@')) tags[key] = String(value)
  }
  return tags
}

function positionsOf(feature: TileFeature, tile: QaTile, extent: number): LngLat[][] {
  return feature.parts.map((part) => {
    const course: LngLat[] = []
    let lastX = NaN
    let lastY = NaN
    for (const [x, y] of part) {
      if (Math.abs(x) > 2 * extent || Math.abs(y) > 2 * extent)
        throw new Error(`a feature lies far outside its tile`)
      if (x === lastX && y === lastY) continue
      course.push(lngLatAt(tile.z, tile.x + x / extent, tile.y + y / extent))
      lastX = x
      lastY = y
    }
    return course
  })
}

/** Web-Mercator tile coordinates to degrees, rounded to 1e-7. */
function lngLatAt(zoom: number, x: number, y: number): LngLat {
  const world = 2 ** zoom
  const n = PI * (1 - (2 * y) / world)
  const lat = (atan2((exp(n) - exp(-n)) / 2, 1) * 180) / PI
  return [round7((x / world) * 360 - 180), round7(lat)]
}

function round7(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7
}

/** An edge is a cut where it runs along the border between two of the tiles. */
function cutsBetween(tiles: readonly QaTile[]) {
  const has = new Set(tiles.map((tile) => `${tile.x},${tile.y}`))
  const verticals = new Set<number>()
  const horizontals = new Set<number>()
  for (const { z, x, y } of tiles) {
    const [lng, lat] = lngLatAt(z, x, y)
    if (has.has(`${x - 1},${y}`)) verticals.add(lng)
    if (has.has(`${x},${y - 1}`)) horizontals.add(lat)
  }
  return (a: LngLat, b: LngLat) =>
    (a[0] === b[0] && verticals.has(a[0])) || (a[1] === b[1] && horizontals.has(a[1]))
}

function boundsOf(tiles: readonly QaTile[]): OsmExtract['bounds'] {
  const xs = tiles.map((tile) => tile.x)
  const ys = tiles.map((tile) => tile.y)
  const [west, north] = lngLatAt(tiles[0].z, Math.min(...xs), Math.min(...ys))
  const [east, south] = lngLatAt(tiles[0].z, Math.max(...xs) + 1, Math.max(...ys) + 1)
  return [west, south, east, north]
}
