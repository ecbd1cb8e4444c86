/** What of power must be read whatever else is drawn: substations that have failed, and how many are without supply where. */
import type { Point } from 'geojson'
import { lngLatFromLocal, type LngLat } from '../../../twin/geo/projection.ts'
import { substationTable } from '../../../twin/power/tables.ts'
import { formatNumber } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import type { Color, Theme } from '../../theme/theme.ts'
import type { ForemostLabel } from '../foremost.ts'
import type { LayerContext } from '../layer.ts'
import { atZoom } from '../zoomScale.ts'
import { GONE } from './powerGround.ts'
import { powerStatic, type PowerStatic } from './powerStatic.ts'
import { shownOf } from './powerStates.ts'

/** The mark's drawing is so many units wide. */
const MARK_UNITS = 40

/** A failed substation keeps its place; the label of a dark area steps aside for it. */
export function powerForemost(context: LayerContext): ForemostLabel[] {
  const part = powerStatic(context.city)
  return part === undefined ? [] : [...failed(part, context), ...dark(part, context)]
}

function failed(
  { grid }: PowerStatic,
  { city, mirror, theme, zoom, textScale }: LayerContext,
): ForemostLabel[] {
  const { name, xM, yM } = grid.substations
  const { isInService } = mirror.table(substationTable).columns
  return name.flatMap((text, row) =>
    isInService[row] === 0
      ? [
          {
            key: `substation-${row}`,
            at: lngLatFromLocal(city.projection, [xM[row], yM[row]]),
            text,
            sizePx: atZoom(zoom, 10, 12, 16, 14) * textScale,
            ...colors(theme),
            mark: {
              widthPx: atZoom(zoom, 10, 18, 14, 24) * textScale,
              units: MARK_UNITS,
              draw: (pen: CanvasRenderingContext2D) => drawOut(pen, theme),
            },
          },
        ]
      : [],
  )
}

/** Most customers first. */
function dark(part: PowerStatic, { theme, zoom, textScale }: LayerContext): ForemostLabel[] {
  return shownOf(part)
    .dark.features.flatMap(({ geometry, properties }) =>
      geometry.type === 'Point' ? [{ at: geometry, customers: Number(properties?.customers) }] : [],
    )
    .sort((a, b) => b.customers - a.customers)
    .map(({ at, customers }, i) => ({
      key: `dark-${i}`,
      at: lngLatOf(at),
      text: `▲ ${say('power.customersOutLabel', { count: formatNumber(customers) })}`,
      sizePx: atZoom(zoom, 10, 13, 14, 17) * textScale,
      ...colors(theme),
    }))
}

function lngLatOf({ coordinates: [lng, lat] }: Point): LngLat {
  return [lng, lat]
}

function colors({ isDark, alarm }: Theme): { readonly ink: Color; readonly ground: Color } {
  return isDark ? { ink: alarm.critical, ground: GONE.dark } : { ink: '#ffffff', ground: alarm.critical }
}

/** An empty square, crossed out. */
function drawOut(pen: CanvasRenderingContext2D, { ground, alarm }: Theme): void {
  pen.fillStyle = ground
  pen.fillRect(4, 4, 32, 32)
  pen.lineWidth = 4
  pen.strokeStyle = alarm.critical
  pen.strokeRect(6, 6, 28, 28)
  pen.beginPath()
  pen.moveTo(12, 12)
  pen.lineTo(28, 28)
  pen.moveTo(28, 12)
  pen.lineTo(12, 28)
  pen.stroke()
}
