/** What is pointed at, lit on the map: rings around points, a bright line along courses. */
import type { Layer } from '@deck.gl/core'
import { PathLayer, ScatterplotLayer } from '@deck.gl/layers'
import type { LngLat } from '../../twin/geo/projection.ts'
import { bytesRgba } from '../layers/colors.ts'
import type { Pointed } from '../state/pointing.ts'
import type { Theme } from '../theme/theme.ts'

export function pointedLayers(pointed: Pointed | undefined, theme: Theme): Layer[] {
  if (pointed === undefined) return []
  const { points, paths } = pointed.shape()
  return [
    new PathLayer<readonly LngLat[]>({
      id: 'pointed-paths',
      data: paths,
      getPath: (path) => path as unknown as [number, number][],
      getColor: bytesRgba(theme.text, 220),
      widthUnits: 'pixels',
      getWidth: 3.5,
      capRounded: true,
      jointRounded: true,
    }),
    new ScatterplotLayer<LngLat>({
      id: 'pointed-points',
      data: points,
      getPosition: ([lng, lat]) => [lng, lat],
      filled: false,
      stroked: true,
      getLineColor: bytesRgba(theme.text, 255),
      lineWidthUnits: 'pixels',
      getLineWidth: 2,
      radiusUnits: 'pixels',
      getRadius: points.length > 40 ? 4 : 9,
    }),
  ]
}
