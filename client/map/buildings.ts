/**
 * Buildings on the basemap: plans from above, bodies where the map is tilted, as high as the tiles say (tagged, or storeys × 3.1 m).
 * A house that was laid out from its address and not mapped is fainter, and has no edge.
 */
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import { mix } from '../theme/mix.ts'
import type { Color, Theme } from '../theme/theme.ts'

export const BUILDING_PLANS = 'building'
export const BUILDING_BODIES = 'building-body'
/** From here on a tilted map has bodies. */
export const BODIES_FROM_ZOOM = 14.5
/** A map tilted by less is looked at from above. */
export const TILTED_FROM_DEG = 5
/** From here on laid houses are told from mapped buildings, and this faint they are. */
export const TOLD_APART_FROM_ZOOM = 16.5
export const LAID_OPACITY = 0.6
/** Metres, of a building whose tile says nothing: two storeys are told by none of ours. */
const UNKNOWN_HEIGHT_M = 4
/** Vehicles and lines are drawn over the map: bodies are let through as much as the streets behind them need to be made out. */
const BODY_OPACITY = 0.82

export function buildingLayers(theme: Theme, isTilted: boolean): LayerSpecification[] {
  const shared = {
    source: 'city',
    'source-layer': 'buildings',
    filter: ['==', ['geometry-type'], 'Polygon'] as FilterSpecification,
  }
  // lit walls are lighter than the ground they stand on
  const wall = theme.isDark ? mix(theme.building, theme.quietText, 0.18) : mix(theme.building, '#FFFFFF', 0.6)
  return [
    {
      ...shared,
      id: BUILDING_PLANS,
      type: 'fill',
      minzoom: 13.2,
      layout: { visibility: visibilityOf(BUILDING_PLANS, isTilted) },
      paint: {
        'fill-color': theme.building,
        'fill-outline-color': [
          'interpolate',
          ['linear'],
          ['zoom'],
          15,
          theme.building,
          TOLD_APART_FROM_ZOOM,
          asMapped(edgeColor(theme), theme.building),
        ],
        'fill-opacity': [
          'interpolate',
          ['linear'],
          ['zoom'],
          13.2,
          0,
          14.2,
          0.9,
          15,
          0.9,
          TOLD_APART_FROM_ZOOM,
          asMapped(1, LAID_OPACITY),
        ],
      },
    },
    {
      ...shared,
      id: BUILDING_BODIES,
      type: 'fill-extrusion',
      minzoom: BODIES_FROM_ZOOM,
      layout: { visibility: visibilityOf(BUILDING_BODIES, isTilted) },
      paint: {
        'fill-extrusion-color': asMapped(wall, mix(wall, theme.land, 1 - LAID_OPACITY)),
        'fill-extrusion-height': [
          'interpolate',
          ['linear'],
          ['zoom'],
          BODIES_FROM_ZOOM,
          0,
          BODIES_FROM_ZOOM + 0.8,
          ['coalesce', ['get', 'height'], UNKNOWN_HEIGHT_M],
        ],
        'fill-extrusion-opacity': [
          'interpolate',
          ['linear'],
          ['zoom'],
          BODIES_FROM_ZOOM,
          0,
          BODIES_FROM_ZOOM + 0.5,
          BODY_OPACITY,
        ],
        'fill-extrusion-vertical-gradient': true,
      },
    },
  ]
}

/** The edge of a mapped building's plan, nearby. */
export function edgeColor(theme: Theme): Color {
  if (theme.name === 'contrast') return theme.street
  return mix(theme.building, theme.quietText, theme.isDark ? 0.16 : 0.24)
}

function asMapped<T extends string | number>(mapped: T, laid: T): ExpressionSpecification {
  return ['case', ['==', ['get', 'is_real'], false], laid, mapped]
}

/** Of one of the two layers, of which one is drawn. */
export function visibilityOf(
  layer: typeof BUILDING_PLANS | typeof BUILDING_BODIES,
  isTilted: boolean,
): 'visible' | 'none' {
  return (layer === BUILDING_BODIES) === isTilted ? 'visible' : 'none'
}
