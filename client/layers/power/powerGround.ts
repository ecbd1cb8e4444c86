/** What MapLibre draws of power: the veil over what is dark, its outline and its label; substations with their names. */
import type { FeatureCollection } from 'geojson'
import type { LayerSpecification } from 'maplibre-gl'
import type { Color, Theme } from '../../theme/theme.ts'
import { drawMark } from '../drawMark.ts'
import type { GroundPart } from '../layer.ts'
import { powerStatic } from './powerStatic.ts'
import { shownOf } from './powerStates.ts'

const DARK = 'power-dark'
const SUBSTATIONS = 'power-substations'
/** The light that is gone, by night and by day; not a colour of the theme but the lack of one. */
const VEIL = { dark: { color: '#05070A', opacity: 0.74 }, light: { color: '#23282F', opacity: 0.5 } } as const

export const powerGround: GroundPart = {
  sources: { [DARK]: {}, [SUBSTATIONS]: {} },

  styleLayers(theme, textScale) {
    const veil = VEIL[theme.isDark ? 'dark' : 'light']
    return {
      underLabels: [
        {
          id: 'dark-veil',
          type: 'fill',
          source: DARK,
          filter: ['==', ['geometry-type'], 'Polygon'],
          paint: {
            'fill-color': veil.color,
            'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, veil.opacity, 16, veil.opacity * 0.75],
          },
        },
        outline('dark-halo', theme.alarm.critical, 9 * textScale, 0.16, 6),
        outline('dark-edge', theme.alarm.critical, 1.8 * textScale, 0.95, 0),
      ],
      overLabels: [substations(theme, textScale, 0)],
      // placed from the last to the first: the label of a dark area steps aside for the mark of what has failed in it
      foremost: [darkLabel(theme, textScale), substations(theme, textScale, 1)],
    }
  },

  features({ city }): Record<string, FeatureCollection> {
    const part = powerStatic(city)
    if (part === undefined) return {}
    const { dark, substations } = shownOf(part)
    return { [DARK]: dark, [SUBSTATIONS]: substations }
  },

  images(theme, pixelRatio) {
    const steps = theme.power.map((color, step) => [
      `substation-${step}`,
      substationMark(theme, color, pixelRatio),
    ])
    return Object.fromEntries([...steps, ['substation-out', outMark(theme, pixelRatio)]])
  },
}

function outline(id: string, color: Color, width: number, opacity: number, blur: number): LayerSpecification {
  return {
    id,
    type: 'line',
    source: DARK,
    filter: ['==', ['geometry-type'], 'Polygon'],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': width, 'line-opacity': opacity, 'line-blur': blur },
  }
}

function darkLabel(theme: Theme, textScale: number): LayerSpecification {
  return {
    id: 'dark-label',
    type: 'symbol',
    source: DARK,
    filter: ['==', ['geometry-type'], 'Point'],
    layout: {
      'text-field': ['concat', '▲ ', ['get', 'label']],
      'text-font': ['Citytwin'],
      'text-size': ['interpolate', ['linear'], ['zoom'], 10, 13 * textScale, 14, 17 * textScale],
      'text-line-height': 1.15,
      'symbol-sort-key': ['-', 0, ['get', 'customers']],
      'text-padding': 4,
      'text-variable-anchor': ['center', 'bottom', 'top', 'left', 'right'],
      'text-radial-offset': 1.6,
      'text-justify': 'auto',
    },
    paint: {
      'text-color': theme.isDark ? theme.alarm.critical : '#FFFFFF',
      'text-halo-color': theme.isDark ? '#05070A' : theme.alarm.critical,
      'text-halo-width': theme.isDark ? 2 : 2.4,
    },
  }
}

/** Those in service, or those that have failed, which are named from afar. */
function substations(theme: Theme, textScale: number, isOut: 0 | 1): LayerSpecification {
  const [far, near] = isOut ? [0.9, 1.2] : [0.42, 0.85]
  return {
    id: isOut ? 'substations-out' : 'substations',
    type: 'symbol',
    source: SUBSTATIONS,
    filter: ['==', ['get', 'isOut'], isOut],
    minzoom: 9.5,
    layout: {
      'icon-image': ['get', 'image'],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 10, far * textScale, 14, near * textScale],
      'icon-allow-overlap': true,
      // the city's quarters are named first
      'text-field': isOut ? ['get', 'name'] : ['step', ['zoom'], '', 14.3, ['get', 'name']],
      'text-font': ['Citytwin'],
      'text-size': ['interpolate', ['linear'], ['zoom'], 12.6, 11 * textScale, 16, 13 * textScale],
      'text-anchor': 'top',
      'text-offset': [0, 0.9],
      'text-max-width': 9,
      'text-optional': true,
    },
    paint: {
      'text-color': isOut ? theme.alarm.critical : theme.power[theme.isDark ? 3 : 4],
      'text-halo-color': theme.land,
      'text-halo-width': 1.4,
    },
  }
}

/** In service: a filled square, in the colour of its loading. */
function substationMark(theme: Theme, color: Color, pixelRatio: number): ImageData {
  return drawMark(32, pixelRatio, (pen) => {
    pen.fillStyle = theme.ground
    pen.fillRect(4, 4, 24, 24)
    pen.fillStyle = color
    pen.fillRect(8, 8, 16, 16)
    pen.lineWidth = 2
    pen.strokeStyle = theme.power[3]
    pen.strokeRect(5, 5, 22, 22)
  })
}

/** Out of service: an empty square, crossed out. */
function outMark(theme: Theme, pixelRatio: number): ImageData {
  return drawMark(40, pixelRatio, (pen) => {
    pen.fillStyle = theme.ground
    pen.fillRect(4, 4, 32, 32)
    pen.lineWidth = 4
    pen.strokeStyle = theme.alarm.critical
    pen.strokeRect(6, 6, 28, 28)
    pen.beginPath()
    pen.moveTo(12, 12)
    pen.lineTo(28, 28)
    pen.moveTo(28, 12)
    pen.lineTo(12, 28)
    pen.stroke()
  })
}
