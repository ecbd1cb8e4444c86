/** A difference on the map: streets or feeders in a diverging colour, wider the more they change, hatched where no change is clear. */
import type { Layer } from '@deck.gl/core'
import { PathLayer } from '@deck.gl/layers'
import type { City } from '../../../twin/city.ts'
import type { LngLat } from '../../../twin/geo/projection.ts'
import { linkTable } from '../../../twin/traffic/tables.ts'
import { feederTable } from '../../../twin/power/tables.ts'
import { UNCLEAR, type ShownDifference } from '../../state/lens.ts'
import { brightest, covering } from '../blending.ts'
import { bytesRgba, unitRgb } from '../colors.ts'
import { originByte } from '../drawnOrigin.ts'
import type { LayerContext } from '../layer.ts'
import { perCity } from '../perCity.ts'
import { makePlane, planeFromLocal } from '../plane.ts'
import { SEGMENT_WORDS, SegmentLayer, type Segments } from '../segmentLayer.ts'
import { makeStates, type StateTexture } from '../stateTexture.ts'
import { divergingOf } from '../../theme/diverging.ts'
import { atZoom, lineScale } from '../zoomScale.ts'
import { coursesOf, lngLatCourse, type Course } from './courses.ts'

/** Of 255, by class: what is not clear is there, and no more. */
const OPACITY = 255
const UNCLEAR_OPACITY = 170
/** Of its width, how far the line of one of two directions lies from the middle. */
const SIDE_PX = 0.55
/** From the narrowest to the widest, of the width at a zoom. */
const WIDTH_SHARES = [0.35, 0.5, 0.7, 0.95, 1.25, 1.6, 2.0, 2.5]

const planeOf = perCity((city) => makePlane(city.projection))

interface Drawn {
  readonly segments: Segments
  readonly states: StateTexture
  readonly id: string
}
const drawnBy = new WeakMap<ShownDifference, Drawn>()
let drawnCount = 0

export function differenceLayers(context: LayerContext, shown: ShownDifference): Layer[] {
  const { city, theme, clock, zoom } = context
  const { segments, states, id } = drawnOf(city, shown)
  const widthPx = atZoom(zoom, 10, 2.2, 12, 3.4, 14, 5.5, 17, 9) * lineScale(context)
  return [
    new SegmentLayer({
      id: `${id}-${theme.name}`,
      plane: planeOf(city),
      segments,
      states,
      clock,
      drawCount: segments.count,
      palette: divergingOf(theme).map(unitRgb),
      specialColor: unitRgb(theme.text),
      edgeColor: unitRgb(theme.text),
      groundColor: unitRgb(theme.street),
      widthsPx: WIDTH_SHARES.map((share) => Math.max(1, share * widthPx)),
      sidePx: shown.of === 'links' ? SIDE_PX : 0,
      dashM: 0,
      dashMps: 0,
      dashDepth: 0,
      loudWider: 0,
      opacity: 1,
      isLight: theme.isDark,
      isGhost: false,
      parameters: theme.isDark ? brightest : covering,
    }),
    ...selectedCourse(context),
  ]
}

function drawnOf(city: City, shown: ShownDifference): Drawn {
  let drawn = drawnBy.get(shown)
  if (drawn === undefined) {
    drawn = {
      segments: segmentsOf(city, shown),
      states: statesOf(shown),
      id: `difference-${++drawnCount}`,
    }
    drawnBy.set(shown, drawn)
  }
  return drawn
}

function statesOf({ steps }: ShownDifference): StateTexture {
  const states = makeStates(steps.length)
  steps.forEach((step, i) =>
    states.bytes.set(
      step === UNCLEAR
        ? [(step * 255) / 4, UNCLEAR_OPACITY, 0, originByte.estimated]
        : [(step * 255) / 4, OPACITY, 0, originByte.plain],
      i * 4,
    ),
  )
  states.version++
  return states
}

/** Pieces keyed by the place's position in the list, in its order. */
function segmentsOf(city: City, { of, rows, widths }: ShownDifference): Segments {
  const plane = planeOf(city)
  const pieces: number[] = []
  rows.forEach((row, i) => {
    for (const { shape, first, count, sideM } of coursesOf(city, of, row)) {
      for (let v = first; v < first + count - 1; v++) {
        const a = planeFromLocal(plane, [shape.xM[v], shape.yM[v]])
        const b = planeFromLocal(plane, [shape.xM[v + 1], shape.yM[v + 1]])
        pieces.push(...a, ...b, i, 0, 0, 0, widths[i], sideM)
      }
    }
  })
  return { words: new Float32Array(pieces), count: pieces.length / SEGMENT_WORDS }
}

function selectedCourse(context: LayerContext): Layer[] {
  const { city, selection, theme } = context
  const of =
    selection?.table === linkTable.name
      ? 'links'
      : selection?.table === feederTable.name
        ? 'feeders'
        : undefined
  if (selection === undefined || of === undefined) return []
  return [
    new PathLayer<readonly LngLat[]>({
      id: 'difference-selected',
      data: coursesOf(city, of, selection.row).map((course: Course) => lngLatCourse(city, course)),
      getPath: (path) => path as unknown as [number, number][],
      getColor: bytesRgba(theme.text),
      widthUnits: 'pixels',
      getWidth: 2 * lineScale(context),
      capRounded: true,
      jointRounded: true,
    }),
  ]
}
