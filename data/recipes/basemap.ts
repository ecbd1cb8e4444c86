/** Cuts map features into vector tiles, zoom 0 to 15, and packs them as one PMTiles archive. */
import { GeoJSONVT, type GeoJSONVTFeature, type GeoJSONVTTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import { gzipSync } from 'fflate'
import type { Feature, Geometry } from 'geojson'
import { mapLayers, type MapFeature, type MapLayer, type MapTags } from './mapFeature.ts'
import { squareFromLngLat, tilesOver } from './mercator.ts'
import type { OsmExtract } from './osm.ts'
import { boxOf, type Box } from './polygons.ts'
import { tileId, writePmtiles, type PackedTile } from './pmtiles.ts'

export const MAX_ZOOM = 15
const EXTENT = 4096
/** Beyond a tile's edge, in its units, so that outlines and wide lines do not show the cut. */
const BUFFER = 64
/** How far a line may be from the truth, in units of a tile: buildings keep their corners, land may round them. */
const TOLERANCE: Readonly<Partial<Record<MapLayer, number>>> = {
  buildings: 1,
  addresses: 0,
  landuse: 4,
  water: 3,
  roads: 3,
}

/** What the tiler carries in place of a feature's tags: the tags, and the zooms they are drawn at. */
interface Drawn {
  readonly tags: MapTags
  readonly minZoom: number
  readonly maxZoom: number
}

/** A feature in the unit square, with the box it fills there. */
interface Placed {
  readonly layer: MapLayer
  readonly feature: Feature
  readonly box: Box
  readonly minZoom: number
}

/** The small zooms are cut from the whole, the large ones block by block (a tile of this zoom), which keeps memory small. */
const BLOCK_ZOOM = 13

export function makeBasemap(
  features: readonly MapFeature[],
  bounds: OsmExtract['bounds'],
  about: { readonly name: string; readonly attribution: string },
  progress: (share: number) => void,
): Uint8Array {
  const placed = placeFeatures(features)
  const tiles: PackedTile[] = []
  const small = indicesOf(placed.filter((each) => each.minZoom < BLOCK_ZOOM))
  for (let zoom = 0; zoom < BLOCK_ZOOM; zoom++) cutTiles(small, zoom, tilesOver(zoom, bounds), tiles)

  const blocks = tilesOver(BLOCK_ZOOM, bounds)
  const columns = blocks.maxX - blocks.minX + 1
  const side = 2 ** -BLOCK_ZOOM
  const margin = (side * BUFFER) / EXTENT
  for (let x = blocks.minX; x <= blocks.maxX; x++) {
    for (let y = blocks.minY; y <= blocks.maxY; y++) {
      const [west, north] = [x * side - margin, y * side - margin]
      const [east, south] = [(x + 1) * side + margin, (y + 1) * side + margin]
      const indices = indicesOf(
        placed.filter(({ box }) => box[0] <= east && box[2] >= west && box[1] <= south && box[3] >= north),
      )
      for (let zoom = BLOCK_ZOOM; zoom <= MAX_ZOOM; zoom++) {
        const scale = 2 ** (zoom - BLOCK_ZOOM)
        const all = tilesOver(zoom, bounds)
        cutTiles(
          indices,
          zoom,
          {
            minX: Math.max(all.minX, x * scale),
            minY: Math.max(all.minY, y * scale),
            maxX: Math.min(all.maxX, (x + 1) * scale - 1),
            maxY: Math.min(all.maxY, (y + 1) * scale - 1),
          },
          tiles,
        )
      }
    }
    progress((x - blocks.minX + 1) / columns)
  }
  const layers = mapLayers.filter((layer) => placed.some((each) => each.layer === layer))
  return writePmtiles(tiles, { maxZoom: MAX_ZOOM, bounds, ...about, layers })
}

interface LayerIndex {
  readonly layer: MapLayer
  readonly index: GeoJSONVT
}

function indicesOf(placed: readonly Placed[]): LayerIndex[] {
  return mapLayers.flatMap((layer) => {
    const features = placed.filter((each) => each.layer === layer).map((each) => each.feature)
    if (features.length === 0) return []
    const index = new GeoJSONVT(
      { type: 'FeatureCollection', features },
      {
        maxZoom: MAX_ZOOM,
        indexMaxZoom: 0,
        indexMaxPoints: 0,
        tolerance: TOLERANCE[layer] ?? 3,
        extent: EXTENT,
        buffer: BUFFER,
        coordinates: 'unitSquare',
        wrap: false,
      },
    )
    return [{ layer, index }]
  })
}

function cutTiles(
  indices: readonly LayerIndex[],
  zoom: number,
  over: ReturnType<typeof tilesOver>,
  tiles: PackedTile[],
): void {
  for (let x = over.minX; x <= over.maxX; x++) {
    for (let y = over.minY; y <= over.maxY; y++) {
      const layers: Record<string, GeoJSONVTTile> = {}
      for (const { layer, index } of indices) {
        const cut = index.getTile(zoom, x, y)
        const drawn = cut === null ? [] : merged(cut.features, zoom)
        if (drawn.length > 0) layers[layer] = { ...cut, features: drawn } as GeoJSONVTTile
      }
      if (Object.keys(layers).length === 0) continue
      const bytes = fromGeojsonVt(layers, { version: 2, extent: EXTENT })
      tiles.push({ id: tileId(zoom, x, y), bytes: gzipSync(bytes, { level: 9, mtime: 0 }) })
    }
  }
}

/** Like tags become one object, by which like features are merged. */
function placeFeatures(features: readonly MapFeature[]): Placed[] {
  const shared = new Map<string, Drawn>()
  return features.map((feature): Placed => {
    const key = JSON.stringify([feature.layer, feature.minZoom, feature.tags])
    let drawn = shared.get(key)
    if (drawn === undefined) {
      const { max_zoom: maxZoom, ...tags } = feature.tags
      shared.set(key, (drawn = { tags, minZoom: feature.minZoom, maxZoom: Number(maxZoom ?? MAX_ZOOM) }))
    }
    const square = feature.parts.map((part) => part.map(squareFromLngLat))
    return {
      layer: feature.layer,
      // The tiler hands properties through untouched; ours are not JSON but the record above.
      feature: { type: 'Feature', properties: drawn as never, geometry: geometryOf(feature.type, square) },
      box: boxOf(square[0]),
      minZoom: feature.minZoom,
    }
  })
}

function geometryOf(type: MapFeature['type'], square: [number, number][][]): Geometry {
  if (type === 'Point') return { type, coordinates: square[0][0] }
  return type === 'LineString' ? { type, coordinates: square[0] } : { type, coordinates: square }
}

/** Features drawn at this zoom; lines and areas with the same tags become one feature of many parts, which says the tags once. */
function merged(features: readonly GeoJSONVTFeature[], zoom: number): GeoJSONVTFeature[] {
  const kept: GeoJSONVTFeature[] = []
  const byTags = new Map<unknown, GeoJSONVTFeature>()
  for (const feature of features) {
    const drawn = feature.tags as unknown as Drawn
    if (zoom < drawn.minZoom || zoom > drawn.maxZoom) continue
    const key = feature.type === 1 ? undefined : drawn
    const whole = key === undefined ? undefined : byTags.get(key)
    if (whole !== undefined && whole.type !== 1 && feature.type !== 1) {
      whole.geometry.push(...feature.geometry)
      continue
    }
    const copy = { ...feature, tags: drawn.tags, geometry: [...feature.geometry] } as GeoJSONVTFeature
    if (key !== undefined) byTags.set(key, copy)
    kept.push(copy)
  }
  return kept
}
