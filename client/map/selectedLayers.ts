/** A ring around what is selected, wherever it stands or drives: one thing is selected, and the map says which. */
import type { Layer } from '@deck.gl/core'
import { ScatterplotLayer } from '@deck.gl/layers'
import type { LngLat } from '../../twin/geo/projection.ts'
import { bytesRgba } from '../layers/colors.ts'
import type { LayerContext, LayerView } from '../layers/layer.ts'

const RING_PX = 13

/** `view` is that of what is selected. What is drawn as a course (a street, a feeder) its own layer lights up. */
export function selectedLayers(view: LayerView | undefined, context: LayerContext): Layer[] {
  const { selection, theme, textScale } = context
  if (view === undefined || selection === undefined || view.courses?.includes(selection.table)) return []
  const at = view.locate(context, selection)
  if (at === undefined) return []
  const ring = (id: string, color: [number, number, number, number], widthPx: number) =>
    new ScatterplotLayer<LngLat>({
      id,
      data: [at],
      getPosition: ([lng, lat]) => [lng, lat],
      filled: false,
      stroked: true,
      getLineColor: color,
      lineWidthUnits: 'pixels',
      getLineWidth: widthPx * textScale,
      radiusUnits: 'pixels',
      getRadius: RING_PX * textScale,
    })
  return [
    ring('selected-ground', bytesRgba(theme.ground, 200), 5.5),
    ring('selected-ring', bytesRgba(theme.text), 2.5),
  ]
}
