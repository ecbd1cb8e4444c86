/** Pins of service requests: sand, filled when open and hollow when closed, the shape by category. */
import type { LayerSpecification } from 'maplibre-gl'
import type { Service } from '../../../twin/reports/services.ts'
import type { Theme } from '../../theme/theme.ts'
import { drawMark } from '../drawMark.ts'

export type Shape = Service['shape']
export const shapes: readonly Shape[] = ['circle', 'square', 'triangle', 'diamond', 'cross']
/** What is new, has a cause or was filed here: each a pin, at every zoom. */
export const NEWS_SOURCE = 'reports'
/** The standing stock, and what an outage makes people report: quiet, summed up, and only from `STOCK_FROM_ZOOM`. */
export const STOCK_SOURCE = 'reports-stock'
export const STOCK_FROM_ZOOM = 14

/** SVG paths of the shapes in a square of 16, for map and legend alike. */
export const shapePath: Readonly<Record<Shape, string>> = {
  circle: 'M8 2.5A5.5 5.5 0 1 1 8 13.5A5.5 5.5 0 1 1 8 2.5Z',
  square: 'M3 3H13V13H3Z',
  triangle: 'M8 2 14 13H2Z',
  diamond: 'M8 1.5 14.5 8 8 14.5 1.5 8Z',
  cross: 'M6 2H10V6H14V10H10V14H6V10H2V6H6Z',
}

/** Names of the pins, by shape. */
export const openPins = pinNames('open')
export const closedPins = pinNames('closed')

function pinNames(state: string): Record<Shape, string> {
  return Object.fromEntries(shapes.map((shape) => [shape, `report-${shape}-${state}`])) as Record<
    Shape,
    string
  >
}

export function reportImages(theme: Theme, pixelRatio: number): Record<string, ImageData> {
  return Object.fromEntries(
    shapes.flatMap((shape) => [
      [openPins[shape], mark(theme, shape, true, pixelRatio)],
      [closedPins[shape], mark(theme, shape, false, pixelRatio)],
    ]),
  )
}

function mark(theme: Theme, shape: Shape, isOpen: boolean, pixelRatio: number): ImageData {
  return drawMark(40, pixelRatio, (pen) => {
    pen.scale(2.5, 2.5)
    const path = new Path2D(shapePath[shape])
    pen.lineJoin = 'round'
    pen.lineWidth = 3
    pen.strokeStyle = theme.ground
    pen.stroke(path)
    pen.fillStyle = isOpen ? theme.report : theme.ground
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
    pen.fill(path)
    pen.lineWidth = 1.5
    pen.strokeStyle = theme.report
    pen.stroke(path)
  })
}

export function reportLayers(theme: Theme, textScale: number): LayerSpecification[] {
  return [
    {
      id: 'report-clusters',
      type: 'circle',
      source: STOCK_SOURCE,
      minzoom: STOCK_FROM_ZOOM,
      filter: ['has', 'point_count'],
      paint: {
        'circle-radius': [
          'interpolate',
          ['linear'],
          ['get', 'point_count'],
          2,
          6.5 * textScale,
          100,
          10 * textScale,
        ],
        'circle-color': theme.ground,
        'circle-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0, 14.6, 0.6],
        'circle-stroke-color': theme.report,
        'circle-stroke-width': 0.8,
        'circle-stroke-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0, 14.6, 0.35, 15.5, 0.6],
      },
    },
    {
      id: 'report-counts',
      type: 'symbol',
      source: STOCK_SOURCE,
      minzoom: STOCK_FROM_ZOOM,
      filter: ['has', 'point_count'],
      layout: {
        'text-field': ['get', 'point_count_abbreviated'],
        'text-font': ['Citytwin'],
        'text-size': 10 * textScale,
        'text-allow-overlap': true,
      },
      paint: {
        'text-color': theme.report,
        'text-opacity': ['interpolate', ['linear'], ['zoom'], 14, 0, 14.6, 0.65, 15.5, 0.9],
      },
    },
    pins('report-stock', STOCK_SOURCE, theme, textScale, 0.6),
    pins('report-pins', NEWS_SOURCE, theme, textScale, 1),
  ]
}

/** Single reports; their name beside them where there is room for it. */
function pins(
  id: string,
  source: string,
  theme: Theme,
  textScale: number,
  opacity: number,
): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source,
    minzoom: source === STOCK_SOURCE ? STOCK_FROM_ZOOM : 0,
    filter: ['!', ['has', 'point_count']],
    layout: {
      'icon-image': ['get', 'image'],
      'icon-size': [
        'interpolate',
        ['linear'],
        ['zoom'],
        11,
        0.38 * textScale,
        14,
        0.6 * textScale,
        16,
        0.85 * textScale,
      ],
      // beside the signal it tells of, which has a mark of its own
      'icon-offset': ['case', ['==', ['get', 'isOfSignal'], 1], ['literal', [15, -13]], ['literal', [0, 0]]],
      // over one another and over other marks, but under none of the words that say what is dark
      'icon-overlap': 'cooperative',
      'symbol-sort-key': ['get', 'isOpen'],
      // the standing stock is told by its shapes until one stands in the street
      'text-field': ['step', ['zoom'], '', source === STOCK_SOURCE ? 17 : 16, ['get', 'name']],
      'text-font': ['Citytwin'],
      'text-size': 11.5 * textScale,
      'text-anchor': 'left',
      'text-offset': [0.9, 0],
      'text-optional': true,
      'text-max-width': 9,
    },
    paint: {
      'icon-opacity': ['case', ['==', ['get', 'isOpen'], 1], opacity, 0.6 * opacity],
      'text-color': theme.report,
      'text-halo-color': theme.land,
      'text-halo-width': 1.4,
    },
  }
}
