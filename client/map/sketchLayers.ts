/**
 * What a face draws of its own: areas with an outline and a faint ground, streets with a line beside their colour, places with a
 * ring, each with its mark. In the colours of text and ground, which no layer uses and every theme keeps apart.
 */
import type { Layer } from '@deck.gl/core'
import { PathLayer, ScatterplotLayer, SolidPolygonLayer, TextLayer } from '@deck.gl/layers'
import type { LngLat } from '../../twin/geo/projection.ts'
import { bytesRgba } from '../layers/colors.ts'
import type { SketchShape } from '../state/sketch.ts'
import type { Theme } from '../theme/theme.ts'

const LINE_PX = 2
const CASING_PX = 5
const CORNER_PX = 4.5
const RING_PX = 8
const MARK_PX = 12
/** Of the ground of an area, of 255. */
const AREA_ALPHA = 26

type Degrees = [number, number]

export function sketchLayers(shapes: readonly SketchShape[], theme: Theme, textScale: number): Layer[] {
  if (shapes.length === 0) return []
  const areas = shapes.filter(({ kind, points }) => kind === 'area' && points.length > 2)
  const lines = shapes.filter(({ points }) => points.length > 1).map(courseOf)
  const places = shapes.filter(({ kind }) => kind === 'place').map(({ points }) => points[0])
  const corners = shapes.flatMap(({ isOpen, points }) => (isOpen ? points : []))
  const marked = shapes.filter(({ mark, points }) => mark !== '' && points.length > 0)
  return [
    new SolidPolygonLayer<SketchShape>({
      id: 'sketch-areas',
      data: areas,
      getPolygon: ({ points }) => points as unknown as Degrees[],
      getFillColor: bytesRgba(theme.text, AREA_ALPHA),
    }),
    line('sketch-casing', lines, bytesRgba(theme.ground, 220), CASING_PX * textScale),
    line('sketch-lines', lines, bytesRgba(theme.text), LINE_PX * textScale),
    ring('sketch-places', places, RING_PX * textScale, theme),
    ring('sketch-corners', corners, CORNER_PX * textScale, theme),
    new TextLayer<SketchShape>({
      id: 'sketch-marks',
      data: marked,
      getPosition: (shape) => middleOf(shape) as unknown as Degrees,
      getText: ({ mark }) => mark,
      getSize: MARK_PX * textScale,
      getColor: bytesRgba(theme.text),
      getPixelOffset: ({ kind }) => (kind === 'place' ? [0, -16 * textScale] : [0, 0]),
      background: true,
      getBackgroundColor: bytesRgba(theme.ground, 230),
      backgroundPadding: [4, 2, 4, 2],
      fontFamily: 'Atkinson Hyperlegible Next Variable, Noto Sans, sans-serif',
      fontWeight: 600,
      characterSet: 'auto',
    }),
  ]
}

function courseOf({ kind, points, isOpen }: SketchShape): readonly LngLat[] {
  return kind === 'area' && !isOpen ? [...points, points[0]] : points
}

function line(
  id: string,
  data: readonly (readonly LngLat[])[],
  getColor: [number, number, number, number],
  getWidth: number,
): Layer {
  return new PathLayer<readonly LngLat[]>({
    id,
    data,
    getPath: (path) => path as unknown as Degrees[],
    getColor,
    getWidth,
    widthUnits: 'pixels',
    capRounded: true,
    jointRounded: true,
  })
}

function ring(id: string, data: readonly LngLat[], getRadius: number, theme: Theme): Layer {
  return new ScatterplotLayer<LngLat>({
    id,
    data,
    getPosition: ([lng, lat]) => [lng, lat],
    stroked: true,
    getFillColor: bytesRgba(theme.ground),
    getLineColor: bytesRgba(theme.text),
    lineWidthUnits: 'pixels',
    getLineWidth: 2,
    radiusUnits: 'pixels',
    getRadius,
  })
}

/** Of an area the mean of its corners, of a path the point halfway along its list. */
export function middleOf({ kind, points }: SketchShape): LngLat {
  if (kind !== 'area') {
    const at = Math.floor((points.length - 1) / 2)
    const next = points[Math.min(points.length - 1, at + (points.length % 2 === 0 ? 1 : 0))]
    return [(points[at][0] + next[0]) / 2, (points[at][1] + next[1]) / 2]
  }
  const sum = points.reduce(([lng, lat], point) => [lng + point[0], lat + point[1]], [0, 0])
  return [sum[0] / points.length, sum[1] / points.length]
}
