/** Service requests on the map: clustered pins; a new one breathes once. */
import type { Layer } from '@deck.gl/core'
import { ScatterplotLayer } from '@deck.gl/layers'
import type { FeatureCollection } from 'geojson'
import { TICKS_PER_S } from '../../../twin/kernel/clock.ts'
import { lngLatFromLocal, localFromLngLat } from '../../../twin/geo/projection.ts'
import { requestStatuses, requestTable } from '../../../twin/reports/tables.ts'
import { say } from '../../language/language.ts'
import { bytesRgba } from '../colors.ts'
import type { LayerContext, LayerView } from '../layer.ts'
import { perCity } from '../perCity.ts'
import { reportImages, reportLayers, REPORT_SOURCE } from './reportMarks.ts'
import { ReportsInspector, ReportsLegend, serviceName } from './ReportPanels.tsx'

const FREE = requestStatuses.indexOf('none')
const FIXED = requestStatuses.indexOf('fixed')
/** A closed request stays on the map for two hours, hollow, so that its closing is seen. */
const SHOWN_AFTER_CLOSING_S = 7200
const BREATH_MS = 1600

const shownOf = perCity(() => ({
  tick: -2,
  key: '',
  features: { type: 'FeatureCollection', features: [] } as FeatureCollection,
  seen: undefined as Set<string> | undefined,
  breaths: [] as Breath[],
}))

interface Breath {
  readonly key: string
  readonly at: [number, number]
  readonly sinceMs: number
}

export const reportsView: LayerView = {
  id: 'reports',
  Legend: ReportsLegend,
  Inspector: ReportsInspector,

  ground: {
    sources: { [REPORT_SOURCE]: { cluster: true, clusterRadius: 52, clusterMaxZoom: 15 } },
    styleLayers: (theme, textScale) => ({ underLabels: [], overLabels: reportLayers(theme, textScale) }),
    features: (context) => ({ [REPORT_SOURCE]: pins(context) }),
    images: reportImages,
  },

  deckLayers: breathing,

  pick(context, at, radiusM) {
    const { city, mirror } = context
    const [x, y] = localFromLngLat(city.projection, at)
    const { xM, yM } = mirror.table(requestTable).columns
    let best: number | undefined
    let bestM = radiusM
    for (const row of shownRows(context)) {
      const m = Math.hypot(xM[row] - x, yM[row] - y)
      if (m < bestM) {
        bestM = m
        best = row
      }
    }
    return best === undefined ? undefined : { layer: 'reports', table: requestTable.name, row: best }
  },

  locate({ city, mirror }, { row }) {
    const table = mirror.table(requestTable)
    const { xM, yM, status } = table.columns
    return row < table.rows && status[row] !== FREE
      ? lngLatFromLocal(city.projection, [xM[row], yM[row]])
      : undefined
  },

  /** Open ones, newest first. */
  list(context, limit) {
    const { city, mirror } = context
    const { xM, yM, status, service, openedTick } = mirror.table(requestTable).columns
    return shownRows(context)
      .filter((row) => status[row] < FIXED)
      .sort((a, b) => openedTick[b] - openedTick[a] || a - b)
      .slice(0, limit)
      .map((row) => ({
        selection: { layer: 'reports', table: requestTable.name, row },
        title: serviceName(context, service[row]),
        detail: say(`status.${requestStatuses[status[row]]}`),
        at: lngLatFromLocal(city.projection, [xM[row], yM[row]]),
      }))
  },
}

function shownRows({ mirror }: LayerContext): number[] {
  const table = mirror.table(requestTable)
  const { status, updatedTick } = table.columns
  const rows: number[] = []
  for (let row = 0; row < table.rows; row++) {
    if (status[row] === FREE) continue
    const isDone = status[row] >= FIXED
    if (!isDone || mirror.tick - updatedTick[row] < SHOWN_AFTER_CLOSING_S * TICKS_PER_S) rows.push(row)
  }
  return rows
}

function pins(context: LayerContext): FeatureCollection {
  const { city, mirror } = context
  const shown = shownOf(city)
  if (shown.tick === mirror.tick) return shown.features
  shown.tick = mirror.tick
  const { service, status, xM, yM, openedTick } = mirror.table(requestTable).columns
  const rows = shownRows(context)
  const key = rows.map((row) => `${row}:${openedTick[row]}:${status[row] < FIXED ? 1 : 0}`).join()
  if (key === shown.key) return shown.features
  shown.key = key
  shown.features = {
    type: 'FeatureCollection',
    features: rows.map((row) => {
      const isOpen = status[row] < FIXED
      const shape = city.services?.services[service[row]]?.shape ?? 'circle'
      const [lng, lat] = lngLatFromLocal(city.projection, [xM[row], yM[row]])
      return {
        type: 'Feature',
        properties: {
          row,
          isOpen: isOpen ? 1 : 0,
          image: `report-${shape}-${isOpen ? 'open' : 'closed'}`,
          name: serviceName(context, service[row]),
        },
        geometry: { type: 'Point', coordinates: [lng, lat] },
      }
    }),
  }
  return shown.features
}

/** A ring that widens and fades where a request has just been opened; not for those that were there when the page opened. */
function breathing(context: LayerContext): Layer[] {
  const { city, mirror, theme } = context
  const shown = shownOf(city)
  const { xM, yM, openedTick } = mirror.table(requestTable).columns
  const nowMs = performance.now()
  const keys = new Map(shownRows(context).map((row) => [`${row}:${openedTick[row]}`, row]))
  if (shown.seen !== undefined) {
    for (const [key, row] of keys) {
      if (shown.seen.has(key)) continue
      const [lng, lat] = lngLatFromLocal(city.projection, [xM[row], yM[row]])
      shown.breaths.push({ key, at: [lng, lat], sinceMs: nowMs })
    }
  }
  if (mirror.tick >= 0) shown.seen = new Set(keys.keys())
  shown.breaths = shown.breaths.filter(({ sinceMs }) => nowMs - sinceMs < BREATH_MS)
  if (shown.breaths.length === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches) return []
  const [red, green, blue] = bytesRgba(theme.report)
  return [
    new ScatterplotLayer<Breath>({
      id: 'reports-breath',
      data: shown.breaths,
      getPosition: ({ at }) => at,
      filled: false,
      stroked: true,
      radiusUnits: 'pixels',
      lineWidthUnits: 'pixels',
      getLineWidth: 2,
      getRadius: 26,
      getLineColor: [red, green, blue, 0],
      transitions: {
        getRadius: { duration: BREATH_MS, enter: () => [4] },
        getLineColor: { duration: BREATH_MS, enter: () => [red, green, blue, 255] },
      },
    }),
  ]
}
