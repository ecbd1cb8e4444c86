/** What MapLibre draws of power: the veil over what is dark and its outline; substations in service with their names. */
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
export const GONE = { dark: '#05070a', light: '#23282f' } as const
const VEIL_OPACITY = { dark: 0.74, light: 0.5 } as const

export const powerGround: GroundPart = {
  sources: { [DARK]: {}, [SUBSTATIONS]: {} },

  styleLayers(theme, textScale) {
    const light = theme.isDark ? 'dark' : 'light'
    const opacity = VEIL_OPACITY[light]
    return {
      underLabels: [
        {
          id: 'dark-veil',
          type: 'fill',
          source: DARK,
          filter: ['==', ['geometry-type'], 'Polygon'],
          paint: {
            'fill-color': GONE[light],
            'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, opacity, 16, opacity * 0.75],
          },
        },
        outline('dark-halo', theme.alarm.critical, 9 * textScale, 0.16, 6),
        outline('dark-edge', theme.alarm.critical, 1.8 * textScale, 0.95, 0),
      ],
      overLabels: [substations(theme, textScale)],
    }
  },

  features({ city }): Record<string, FeatureCollection> {
    const part = powerStatic(city)
    if (part === undefined) return {}
    const { dark, substations } = shownOf(part)
    return { [DARK]: dark, [SUBSTATIONS]: substations }
  },

  images(theme, pixelRatio) {
    return Object.fromEntries(
      theme.power.map((color, step) => [`substation-${step}`, substationMark(theme, color, pixelRatio)]),
    )
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

/** In service: named where streets have names. */
function substations(theme: Theme, textScale: number): LayerSpecification {
  return {
    id: 'substations',
    type: 'symbol',
    source: SUBSTATIONS,
    minzoom: 9.5,
    layout: {
      'icon-image': ['get', 'image'],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.42 * textScale, 14, 0.85 * textScale],
      'icon-allow-overlap': true,
      // the city's quarters are named first
      'text-field': ['step', ['zoom'], '', 14.3, ['get', 'name']],
      'text-font': ['Citytwin'],
      'text-size': ['interpolate', ['linear'], ['zoom'], 12.6, 11 * textScale, 16, 13 * textScale],
      'text-anchor': 'top',
      'text-offset': [0, 0.9],
      'text-max-width': 9,
      'text-optional': true,
    },
    paint: {
      'text-color': theme.power[theme.isDark ? 3 : 4],
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
