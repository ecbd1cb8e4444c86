/** Service requests on the map: pins of what is new or has a cause, the standing stock and an outage's own summed up nearer by; a new one breathes once. */
import type { Layer } from '@deck.gl/core'
import { ScatterplotLayer } from '@deck.gl/layers'
import type { FeatureCollection } from 'geojson'
import { lngLatFromLocal, localFromLngLat } from '../../../twin/geo/projection.ts'
import { requestCauses, requestStatuses, requestTable } from '../../../twin/reports/tables.ts'
import { say } from '../../language/language.ts'
import { lazyPart } from '../../state/lazyPart.ts'
import { bytesRgba } from '../colors.ts'
import type { LayerContext, LayerView } from '../layer.ts'
import { perCity } from '../perCity.ts'
import {
  closedPins,
  NEWS_SOURCE,
  openPins,
  reportImages,
  reportLayers,
  STOCK_FROM_ZOOM,
  STOCK_SOURCE,
} from './reportMarks.ts'
import { serviceName } from './serviceName.ts'
import { FIXED, FREE, isNews, shownRows } from './shownReports.ts'

const BREATH_MS = 1600
const DARK_SIGNAL = requestCauses.indexOf('darkSignal')
const KEY_WORDS = 3

interface Collection {
  /** By feature: row, tick at which it was opened, whether it still is. */
  readonly key: Float64Array
  readonly features: FeatureCollection
}
const none: Collection = { key: new Float64Array(0), features: { type: 'FeatureCollection', features: [] } }

const shownOf = perCity(() => ({
  tick: -2,
  news: none,
  stock: none,
  /** By row: when the report was opened that was there at the last look; −1 for none. */
  seen: undefined as Int32Array | undefined,
  breaths: [] as Breath[],
}))

interface Breath {
  readonly at: [number, number]
  readonly sinceMs: number
}

export const reportsView: LayerView = {
  id: 'reports',
  Legend: lazyPart(() =>
    import('./ReportPanels.tsx').then(({ ReportsLegend }) => ({ default: ReportsLegend })),
  ),
  Inspector: lazyPart(() =>
    import('./ReportPanels.tsx').then(({ ReportsInspector }) => ({ default: ReportsInspector })),
  ),

  ground: {
    sources: {
      [NEWS_SOURCE]: {},
      [STOCK_SOURCE]: { cluster: true, clusterRadius: 90, clusterMaxZoom: 15 },
    },
    styleLayers: (theme, textScale) => ({ underLabels: [], overLabels: reportLayers(theme, textScale) }),
    features: pins,
    images: reportImages,
  },

  deckLayers: breathing,

  pick(context, at, radiusM) {
    const { city, mirror } = context
    const [x, y] = localFromLngLat(city.projection, at)
    const { xM, yM } = mirror.table(requestTable).columns
    let best: number | undefined
    let bestM = radiusM
    const isNear = context.zoom >= STOCK_FROM_ZOOM
    for (const row of shownRows(context)) {
      if (!isNear && !isNews(context, row)) continue
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

function pins(context: LayerContext): Readonly<Record<string, FeatureCollection>> {
  const { city, mirror } = context
  const shown = shownOf(city)
  if (shown.tick !== mirror.tick) {
    shown.tick = mirror.tick
    const news: number[] = []
    const stock: number[] = []
    for (const row of shownRows(context)) (isNews(context, row) ? news : stock).push(row)
    shown.news = collected(context, news, shown.news)
    shown.stock = collected(context, stock, shown.stock)
  }
  return { [NEWS_SOURCE]: shown.news.features, [STOCK_SOURCE]: shown.stock.features }
}

/** The rows as features; the same object as before when nothing of them has changed. */
function collected(context: LayerContext, rows: readonly number[], before: Collection): Collection {
  const { city, mirror } = context
  const { service, status, cause, xM, yM, openedTick } = mirror.table(requestTable).columns
  const key = new Float64Array(rows.length * KEY_WORDS)
  rows.forEach((row, i) => key.set([row, openedTick[row], status[row] < FIXED ? 1 : 0], i * KEY_WORDS))
  if (key.length === before.key.length && key.every((word, i) => word === before.key[i])) return before
  return {
    key,
    features: {
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
            isOfSignal: cause[row] === DARK_SIGNAL ? 1 : 0,
            image: (isOpen ? openPins : closedPins)[shape],
            name: serviceName(context, service[row]),
          },
          geometry: { type: 'Point', coordinates: [lng, lat] },
        }
      }),
    },
  }
}

/** A ring that widens and fades where a request has just been opened; not for those that were there when the page opened. */
function breathing(context: LayerContext): Layer[] {
  const { city, mirror, theme } = context
  const shown = shownOf(city)
  const { xM, yM, openedTick } = mirror.table(requestTable).columns
  const nowMs = performance.now()
  const opened = new Int32Array(mirror.table(requestTable).rows).fill(-1)
  for (const row of shownRows(context)) {
    opened[row] = openedTick[row]
    if (shown.seen === undefined || shown.seen[row] === openedTick[row]) continue
    const [lng, lat] = lngLatFromLocal(city.projection, [xM[row], yM[row]])
    shown.breaths.push({ at: [lng, lat], sinceMs: nowMs })
  }
  if (mirror.tick >= 0) shown.seen = opened
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
