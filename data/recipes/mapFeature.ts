/** One thing to be drawn on the basemap, before it is cut into tiles. */
import type { LngLat } from '../../twin/geo/projection.ts'

export const mapLayers = [
  'earth',
  'landuse',
  'water',
  'roads',
  'buildings',
  'addresses',
  'pois',
  'places',
] as const
export type MapLayer = (typeof mapLayers)[number]

export type MapTags = Readonly<Record<string, string | number | boolean>>

export interface MapFeature {
  readonly layer: MapLayer
  readonly type: 'Point' | 'LineString' | 'Polygon'
  /** One position, one line, or an outer ring and its holes. */
  readonly parts: readonly (readonly LngLat[])[]
  readonly tags: MapTags
  readonly minZoom: number
}

/** Square degrees of a square pixel (of 512 to a tile) at zoom 0, near enough anywhere a city stands. */
const PIXEL_DEG = 360 / 512

/** The zoom from which an area of so many square degrees covers `pixels` square pixels. */
export function zoomForArea(areaDeg2: number, pixels: number): number {
  for (let zoom = 0; zoom < 15; zoom++) {
    const pixelDeg = PIXEL_DEG / 2 ** zoom
    if (areaDeg2 >= pixels * pixelDeg * pixelDeg) return zoom
  }
  return 15
}
