/** Power on the map: lit streets, cables by loading, transformers; what is dark loses its lamps. */
import type { Layer } from '@deck.gl/core'
import { PathLayer, ScatterplotLayer } from '@deck.gl/layers'
import { lngLatFromLocal, type LngLat } from '../../../twin/geo/projection.ts'
import { breakerTable, feederTable, substationTable, transformerTable } from '../../../twin/power/tables.ts'
import { formatNumber, formatPercent, formatPower } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { lazyPart } from '../../state/lazyPart.ts'
import { brightest, covering } from '../blending.ts'
import { bytesRgba, unitRgb } from '../colors.ts'
import type { LayerContext, LayerView, ListEntry } from '../layer.ts'
import { PointLayer } from '../pointLayer.ts'
import { SegmentLayer } from '../segmentLayer.ts'
import { atZoom, lineScale } from '../zoomScale.ts'
import { TRANSFORMERS_FROM_ZOOM } from './powerCounts.ts'
import { pickPower } from './pickPower.ts'
import { pointedFeeder } from './pointPower.ts'
import { powerForemost } from './powerForemost.ts'
import { powerGround } from './powerGround.ts'
import { powerStatic, type PowerStatic } from './powerStatic.ts'
import { loadingStep, updatePower } from './powerStates.ts'

/** Metres a second that dashes travel: slow, to be read as a direction and not as a speed. */
const DASH_MPS = 6

export const powerView: LayerView = {
  id: 'power',
  Legend: lazyPart(() => import('./PowerLegend.tsx').then(({ PowerLegend }) => ({ default: PowerLegend }))),
  Inspector: lazyPart(() =>
    import('./PowerPanels.tsx').then(({ PowerInspector }) => ({ default: PowerInspector })),
  ),
  Chart: lazyPart(() => import('./EnergyFlow.tsx').then(({ EnergyFlow }) => ({ default: EnergyFlow }))),
  ground: powerGround,
  foremost: powerForemost,

  deckLayers(context) {
    const part = powerStatic(context.city)
    if (part === undefined) return []
    updatePower(part, context)
    return [
      ...lamps(part, context),
      ...cables(part, context),
      ...selectedFeeder(context),
      ...marks(part, context),
    ]
  },

  pick: pickPower,

  locate({ city }, { table, row }) {
    const part = powerStatic(city)
    if (part === undefined) return undefined
    const { grid, supplies } = part
    const points =
      table === substationTable.name
        ? grid.substations
        : table === transformerTable.name
          ? supplies
          : undefined
    const at =
      points === undefined
        ? ([grid.buses.xM[grid.feeders.firstBus[row]], grid.buses.yM[grid.feeders.firstBus[row]]] as const)
        : ([points.xM[row], points.yM[row]] as const)
    return at[0] === undefined ? undefined : lngLatFromLocal(city.projection, at)
  },

  courses: [feederTable.name],

  list(context, limit) {
    return [...outages(context), ...loadedFeeders(context)].slice(0, limit)
  },
}

function lamps(part: PowerStatic, { theme, zoom, isWall }: LayerContext): Layer[] {
  if (theme.name !== 'night') return []
  const points = part.lamps()
  return [
    new PointLayer({
      id: 'power-lamps',
      plane: part.plane,
      points,
      states: part.lampStates,
      color: unitRgb(theme.lamp),
      radiusPx: atZoom(zoom, 10, 1.6, 12, 2.3, 14, 5, 16, 18, 18, 46) * (isWall && zoom > 13 ? 1.4 : 1),
      opacity: atZoom(zoom, 10, 0.07, 11, 0.16, 12, 0.28, 13, 0.5, 14, 0.62, 16, 0.5, 18, 0.4),
      softness: 1,
      drawCount: points.count,
      parameters: covering,
    }),
  ]
}

function cables(part: PowerStatic, context: LayerContext): Layer[] {
  const { theme, zoom, clock, isForecast } = context
  const wide = lineScale(context)
  const shared = {
    plane: part.plane,
    clock,
    palette: theme.power.map(unitRgb),
    specialColor: unitRgb(theme.alarm.high),
    edgeColor: unitRgb(theme.text),
    groundColor: unitRgb(theme.land),
    sidePx: 0.9,
    dashMps: DASH_MPS,
    loudWider: 0.6,
    isLight: theme.isDark,
    isGhost: isForecast,
    parameters: theme.isDark ? brightest : covering,
  }
  return [
    new SegmentLayer({
      ...shared,
      id: `power-transmission-${theme.name}`,
      segments: part.transmission,
      states: part.transmissionStates,
      drawCount: part.transmission.count,
      widthsPx: [atZoom(zoom, 10, 0.8, 14, 1.6) * wide],
      dashM: 0,
      dashDepth: 0,
      opacity: 0.8,
    }),
    new SegmentLayer({
      ...shared,
      id: `power-cables-${theme.name}`,
      segments: part.cables,
      states: part.cableStates,
      drawCount: zoom < 12.6 ? part.cables.trunkCount : part.cables.count,
      widthsPx: [
        atZoom(zoom, 10, 0.7, 13, 1.3, 16, 2.6) * wide,
        atZoom(zoom, 12, 0.5, 14, 1, 16, 1.8) * wide,
      ],
      dashM: zoom < 12.8 ? 0 : atZoom(zoom, 13, 220, 15, 70, 17, 24),
      dashDepth: 0.6,
      opacity: atZoom(zoom, 10.5, 0.25, 13, 0.55, 15, 0.9),
    }),
  ]
}

/** All of its cables, with light along them: where it begins and ends is seen among the others. */
function selectedFeeder(context: LayerContext): Layer[] {
  const { selection, theme, zoom } = context
  if (selection?.table !== feederTable.name || selection.row >= context.city.grid!.feeders.name.length)
    return []
  const { isEnergized } = context.mirror.table(feederTable).columns
  return [
    new PathLayer<readonly LngLat[]>({
      id: 'power-selected',
      data: pointedFeeder(context, selection.row).shape().paths,
      getPath: (path) => path.map(([lng, lat]) => [lng, lat] as [number, number]),
      // without supply it is no light
      getColor: isEnergized[selection.row] === 1 ? bytesRgba(theme.text) : bytesRgba(theme.quietText, 140),
      widthUnits: 'pixels',
      getWidth: atZoom(zoom, 11, 1.6, 14, 2.6, 17, 3.5) * lineScale(context),
      capRounded: true,
      jointRounded: true,
    }),
  ]
}

interface Mark {
  readonly at: [number, number]
  readonly color: [number, number, number, number]
  readonly isHollow: boolean
  readonly radiusPx: number
}

/** Transformers where they can be told apart, and open breakers. */
function marks(part: PowerStatic, context: LayerContext): Layer[] {
  const { city, mirror, theme, zoom } = context
  const { grid, supplies } = part
  const found: Mark[] = []
  const at = (xM: number, yM: number): [number, number] => [...lngLatFromLocal(city.projection, [xM, yM])]
  if (zoom >= TRANSFORMERS_FROM_ZOOM) {
    const { rows, columns } = mirror.table(transformerTable)
    const { loadingRatio, isEnergized } = columns
    // before the first frame nothing is known of any, least of all that it is dark
    for (let t = 0; t < Math.min(rows, supplies.xM.length); t++) {
      const isDark = isEnergized[t] !== 1
      found.push({
        at: at(supplies.xM[t], supplies.yM[t]),
        color: bytesRgba(
          isDark ? theme.alarm.critical : theme.power[Math.max(1, loadingStep(loadingRatio[t]))],
        ),
        isHollow: isDark,
        radiusPx: atZoom(zoom, 15, 2.5, 18, 6),
      })
    }
  }
  const breakers = mirror.table(breakerTable)
  for (let b = 0; b < Math.min(breakers.rows, grid.breakers.bus.length); b++) {
    if (breakers.columns.isOpen[b] !== 1) continue
    const bus = grid.breakers.bus[b]
    found.push({
      at: at(grid.buses.xM[bus], grid.buses.yM[bus]),
      color: bytesRgba(theme.alarm.high),
      isHollow: true,
      radiusPx: 6,
    })
  }
  if (found.length === 0) return []
  return [
    new ScatterplotLayer<Mark>({
      id: 'power-marks',
      data: found,
      getPosition: (mark) => mark.at,
      getFillColor: (mark) => (mark.isHollow ? bytesRgba(theme.ground) : mark.color),
      getLineColor: (mark) => mark.color,
      getRadius: (mark) => mark.radiusPx,
      stroked: true,
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      getLineWidth: 1.5,
    }),
  ]
}

function outages({ city, mirror }: LayerContext): ListEntry[] {
  const part = powerStatic(city)
  if (part === undefined) return []
  const { substations } = part.grid
  const { isInService } = mirror.table(substationTable).columns
  return substations.name.flatMap((title, row) =>
    isInService[row] === 0
      ? [
          {
            selection: { layer: 'power' as const, table: substationTable.name, row },
            title,
            detail: say('power.substationOut'),
            at: lngLatFromLocal(city.projection, [substations.xM[row], substations.yM[row]]),
          },
        ]
      : [],
  )
}

/** Feeders, those with customers out first, then by loading. */
function loadedFeeders({ city, mirror }: LayerContext): ListEntry[] {
  const part = powerStatic(city)
  if (part === undefined) return []
  const { feeders, buses } = part.grid
  const { loadingRatio, loadW, customersOut } = mirror.table(feederTable).columns
  const rows = feeders.name.map((_, row) => row)
  rows.sort((a, b) => customersOut[b] - customersOut[a] || loadingRatio[b] - loadingRatio[a] || a - b)
  return rows.map((row) => {
    const bus = feeders.firstBus[row]
    const at: LngLat = lngLatFromLocal(city.projection, [buses.xM[bus], buses.yM[bus]])
    return {
      selection: { layer: 'power', table: feederTable.name, row },
      title: feeders.name[row],
      detail:
        customersOut[row] > 0
          ? `${say('power.customersOut')}: ${formatNumber(customersOut[row])}`
          : say('power.loadingDetail', {
              loading: formatPercent(loadingRatio[row]),
              load: formatPower(loadW[row]),
            }),
      at,
    }
  })
}
