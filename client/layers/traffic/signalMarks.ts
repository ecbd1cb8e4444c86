/** Dark signals on the map: a hollow triangle in the alarm's colour, so that shape and colour both say it. */
import type { LayerSpecification } from 'maplibre-gl'
import { say } from '../../language/language.ts'
import type { Theme } from '../../theme/theme.ts'
import { drawMark } from '../drawMark.ts'

const IMAGE = 'dark-signal'

export function darkSignalImages(theme: Theme, pixelRatio: number): Record<string, ImageData> {
  const image = drawMark(36, pixelRatio, (pen) => {
    pen.beginPath()
    pen.moveTo(18, 5)
    pen.lineTo(32, 30)
    pen.lineTo(4, 30)
    pen.closePath()
    pen.lineJoin = 'round'
    pen.lineWidth = 9
    pen.strokeStyle = theme.ground
    pen.stroke()
    pen.fillStyle = theme.ground
    pen.fill()
    pen.lineWidth = 4
    pen.strokeStyle = theme.alarm.critical
    pen.stroke()
  })
  return { [IMAGE]: image }
}

export function darkSignalLayers(source: string, theme: Theme, textScale: number): LayerSpecification[] {
  return [
    {
      id: 'dark-signals',
      type: 'symbol',
      source,
      minzoom: 12,
      layout: {
        'icon-image': IMAGE,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.45 * textScale, 15, 0.9 * textScale],
        'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', 15.5, say('traffic.darkSignal')],
        'text-font': ['Citytwin'],
        'text-size': 12 * textScale,
        'text-anchor': 'top',
        'text-offset': [0, 0.9],
        'text-optional': true,
      },
      paint: { 'text-color': theme.alarm.critical, 'text-halo-color': theme.ground, 'text-halo-width': 1.5 },
    },
  ]
}
