/**
 * The basemap's style, from the theme's tokens, for vector tiles in the Protomaps schema. Three compositions: the city (shape
 * of land and water, main streets as threads), the district (street net, parks, names), the street (houses, numbers).
 */
import type {
  ExpressionSpecification,
  FilterSpecification,
  FontFacesSpecification,
  LayerSpecification,
  LightSpecification,
  StyleSpecification,
} from 'maplibre-gl'
import type { Color, Theme } from '../theme/theme.ts'
import type { GroundPart } from '../layers/layer.ts'
import { buildingLayers } from './buildings.ts'
import { edgeLayer, edgeSources } from './edgeStyle.ts'
import { labelLayers } from './labels.ts'
import { mix } from '../theme/mix.ts'

export type FontFaces = FontFacesSpecification
export const MAP_FONT = 'Citytwin'
export const TILES = 'city'

export interface StyleOptions {
  readonly theme: Theme
  /** Template of the tiles' address, with {z}, {x} and {y}. */
  readonly tiles: string
  readonly attribution: string
  readonly fontFaces: FontFaces
  /** Letters are this much larger on a wall that is read across a room. */
  readonly textScale: number
  /** Letters for who reads Latin ones. */
  readonly isLatin: boolean
  /** A tilted map has bodies of buildings, in this light; seen from above they are plans. */
  readonly isTilted: boolean
  /** Latitude that the city lies at, for what is drawn to scale. */
  readonly lat: number
  readonly light?: LightSpecification | undefined
  readonly parts?: readonly GroundPart[]
}

/** A complete style; no sprites, no glyph files. */
export function makeStyle(options: StyleOptions): StyleSpecification {
  const { theme, textScale, parts = [] } = options
  const added = parts.map((part) => part.styleLayers(theme, textScale))
  return {
    version: 8,
    'font-faces': options.fontFaces,
    sources: {
      [TILES]: {
        type: 'vector',
        tiles: [options.tiles],
        minzoom: 0,
        maxzoom: 15,
        attribution: options.attribution,
      },
      ...Object.fromEntries(parts.flatMap((part) => Object.entries(part.sources).map(emptySource))),
      ...edgeSources,
    },
    ...(options.light && { light: options.light }),
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': theme.land } },
      ...grounds(theme),
      ...roads(theme, options.lat),
      ...added.flatMap((layers) => layers.onGround ?? []),
      ...buildingLayers(theme, options.isTilted),
      ...added.flatMap((layers) => layers.underLabels),
      ...labelLayers(theme, textScale, options.isLatin),
      ...added.flatMap((layers) => layers.overLabels),
      edgeLayer(textScale),
    ],
  }
}

function emptySource([id, options]: [string, object]) {
  return [id, { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, ...options }] as const
}

function fill(
  id: string,
  sourceLayer: string,
  color: Color,
  filter?: FilterSpecification,
  rest: object = {},
): LayerSpecification {
  return {
    id,
    type: 'fill',
    source: TILES,
    'source-layer': sourceLayer,
    ...(filter === undefined ? {} : { filter }),
    paint: { 'fill-color': color, ...rest },
  }
}

const isPolygon: FilterSpecification = ['==', ['geometry-type'], 'Polygon']
const kindIn = (...kinds: string[]): ExpressionSpecification => ['in', ['get', 'kind'], ['literal', kinds]]

function grounds(theme: Theme): LayerSpecification[] {
  return [
    fill('earth', 'earth', theme.land, isPolygon),
    fill(
      'green',
      'landuse',
      theme.green,
      kindIn(
        'park',
        'forest',
        'wood',
        'grass',
        'grassland',
        'garden',
        'nature_reserve',
        'national_park',
        'golf_course',
        'cemetery',
        'recreation_ground',
        'village_green',
        'meadow',
        'scrub',
        'pitch',
        'playground',
        'allotments',
        'orchard',
        'farmland',
        'wetland',
        'zoo',
        'dog_park',
      ),
      { 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 9, 0.6, 13, 1] },
    ),
    fill('sand', 'landuse', mix(theme.land, theme.lamp, 0.07), kindIn('beach', 'sand')),
    fill(
      'built',
      'landuse',
      mix(theme.land, theme.building, 0.5),
      kindIn(
        'industrial',
        'commercial',
        'retail',
        'railway',
        'aerodrome',
        'hospital',
        'school',
        'university',
        'college',
        'military',
        'quarry',
        'landfill',
        'parking',
      ),
      { 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 11, 0, 13, 0.7] },
    ),
    fill('water', 'water', theme.water, isPolygon),
    {
      id: 'shore',
      type: 'line',
      source: TILES,
      'source-layer': 'water',
      filter: isPolygon,
      paint: {
        'line-color': mix(theme.water, theme.quietText, 0.16),
        'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.4, 14, 1],
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 14, 1, 17, 0.3],
      },
    },
    {
      id: 'stream',
      type: 'line',
      source: TILES,
      'source-layer': 'water',
      filter: ['==', ['geometry-type'], 'LineString'],
      minzoom: 11,
      paint: {
        'line-color': mix(theme.water, theme.quietText, 0.06),
        'line-width': ['interpolate', ['exponential', 1.6], ['zoom'], 11, 0.8, 18, 8],
      },
    },
  ]
}

/** Circumference of the Earth at the equator, metres, and pixels of the whole world at zoom 0, as MapLibre counts. */
const EARTH_M = 40_075_017
const WORLD_PX = 512
/** From here on streets are as wide as they are. */
const TRUE_FROM_ZOOM = 16

/**
 * Width in pixels by zoom: as legible as the composition wants up to the district, then `widthM` metres of ground, so that
 * vehicles have the lanes that they drive in. Metres by class are assumed: tiles know no lanes.
 */
function width(lat: number, atZoom12: number, atZoom15: number, widthM: number): ExpressionSpecification {
  const truePx = (zoom: number) =>
    (widthM * WORLD_PX * 2 ** zoom) / (EARTH_M * Math.cos((lat * Math.PI) / 180))
  return [
    'interpolate',
    ['exponential', 2],
    ['zoom'],
    9,
    atZoom12 * 0.45,
    12,
    atZoom12,
    15,
    atZoom15,
    TRUE_FROM_ZOOM,
    truePx(TRUE_FROM_ZOOM),
    20,
    truePx(20),
  ]
}

function roads(theme: Theme, lat: number): LayerSpecification[] {
  const road = (
    id: string,
    filter: ExpressionSpecification,
    color: Color,
    lineWidth: ExpressionSpecification,
    minzoom: number,
    opacity: ExpressionSpecification | number = 1,
  ): LayerSpecification => ({
    id,
    type: 'line',
    source: TILES,
    'source-layer': 'roads',
    filter,
    minzoom,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': lineWidth, 'line-opacity': opacity },
  })
  const isNight = theme.isDark
  const minor = isNight ? mix(theme.land, theme.street, 0.75) : theme.street
  const major = isNight ? mix(theme.street, theme.quietText, 0.07) : theme.street
  const detail = (...kinds: string[]): ExpressionSpecification => [
    'in',
    ['get', 'kind_detail'],
    ['literal', kinds],
  ]
  const isMotor: ExpressionSpecification = [
    'any',
    ['==', ['get', 'kind'], 'highway'],
    detail('motorway', 'trunk'),
  ]
  const isMain: ExpressionSpecification = [
    'all',
    ['==', ['get', 'kind'], 'major_road'],
    ['!', detail('tertiary', 'tertiary_link', 'trunk')],
  ]
  const fade = (from: number): ExpressionSpecification => [
    'interpolate',
    ['linear'],
    ['zoom'],
    from,
    0,
    from + 1.2,
    1,
  ]
  return [
    road('road-path', kindIn('path'), minor, width(lat, 0.3, 0.8, 2), 14.5, [
      'interpolate',
      ['linear'],
      ['zoom'],
      14.5,
      0,
      16,
      0.6,
    ]),
    {
      id: 'rail',
      type: 'line',
      source: TILES,
      'source-layer': 'roads',
      filter: kindIn('rail'),
      minzoom: 11,
      paint: {
        'line-color': mix(theme.street, theme.quietText, isNight ? 0.1 : 0.25),
        'line-width': ['interpolate', ['linear'], ['zoom'], 11, 0.6, 17, 1.6],
        'line-dasharray': [5, 3],
        'line-opacity': 0.8,
      },
    },
    road(
      'road-service',
      ['all', kindIn('minor_road'), detail('service')],
      minor,
      width(lat, 0.5, 1.6, 4.5),
      14,
      fade(14),
    ),
    road(
      'road-minor',
      ['all', kindIn('minor_road', 'other'), ['!', detail('service')]],
      minor,
      width(lat, 0.8, 3.2, 7.5),
      11.5,
      fade(11.5),
    ),
    road(
      'road-tertiary',
      detail('tertiary', 'tertiary_link'),
      mix(minor, major, 0.5),
      width(lat, 1.1, 4.2, 9.6),
      10.5,
      fade(10.5),
    ),
    road('road-main', isMain, major, width(lat, 1.5, 5.4, 12.8), 8, fade(8)),
    road('road-motor', isMotor, major, width(lat, 2, 6, 12.8), 5),
  ]
}
