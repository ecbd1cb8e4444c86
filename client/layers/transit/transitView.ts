/** Buses on the map: the number of the line over each, its course, and how far it is from where it should be. */
import type { Layer } from '@deck.gl/core'
import { PathLayer, ScatterplotLayer } from '@deck.gl/layers'
import type { City } from '../../../twin/city.ts'
import { lngLatFromLocal, localFromLngLat, type LngLat } from '../../../twin/geo/projection.ts'
import { NO_VEHICLE, transitVehicleTable } from '../../../twin/transit/tables.ts'
import { say } from '../../language/language.ts'
import { lazyPart } from '../../state/lazyPart.ts'
import { has } from '../../state/quality.ts'
import type { Theme } from '../../theme/theme.ts'
import { covering } from '../blending.ts'
import { bytesRgba } from '../colors.ts'
import type { LayerContext, LayerView, ListEntry, Selection } from '../layer.ts'
import { packLinks } from '../linkTexture.ts'
import { perCity } from '../perCity.ts'
import { makePlane } from '../plane.ts'
import { atZoom } from '../zoomScale.ts'
import { GHOST_FROM_DELAY_S, GHOSTS_FROM_ZOOM, LABELS_FROM_ZOOM, STOPS_FROM_ZOOM } from './busCounts.ts'
import { BusLabelLayer } from './busLabelLayer.ts'
import { busesOf, courseOf, nextStopOf, placeOfBus, plannedPlace, type Bus } from './busPlaces.ts'
import { clearPlates } from './clearPlates.ts'
import { delayText } from './delayText.ts'
import { makeLabelAtlas, type LabelAtlas } from './labelAtlas.ts'
import { stopFeatures, stopLayers, STOPS, STOP_SOURCE } from './stops.ts'

/** Of its height, the room that a plate of three digits takes. */
const PLATE_WIDE = 1.5
const PLATE_HIGH = 0.85
/** A ghost further away is told by the delay alone: a line across the city tells nothing. */
const GHOST_NEAR_M = 600

const staticOf = perCity((city) => {
  const plane = makePlane(city.projection)
  return { plane, links: packLinks(city.network, plane), atlases: new Map<string, LabelAtlas>() }
})

export const transitView: LayerView = {
  id: 'transit',
  Legend: lazyPart(() =>
    import('./TransitPanels.tsx').then(({ TransitLegend }) => ({ default: TransitLegend })),
  ),
  Inspector: lazyPart(() =>
    import('./TransitPanels.tsx').then(({ TransitInspector }) => ({ default: TransitInspector })),
  ),
  Chart: lazyPart(() =>
    import('./DelayHistogram.tsx').then(({ DelayHistogram }) => ({ default: DelayHistogram })),
  ),

  ground: {
    sources: { [STOP_SOURCE]: {} },
    styleLayers: (theme, textScale) => ({ underLabels: [], overLabels: stopLayers(theme, textScale) }),
    features: ({ city }) => ({ [STOP_SOURCE]: stopFeatures(city) }),
  },

  deckLayers(context) {
    if (context.city.timetable === undefined) return []
    const buses = busesOf(context)
    return [...lateness(context, buses), ...numbers(context, buses)]
  },

  pick(context, at, radiusM): Selection | undefined {
    const { city, zoom } = context
    const [xM, yM] = localFromLngLat(city.projection, at)
    const near = (place: LngLat | undefined): number => {
      if (place === undefined) return Infinity
      const [x, y] = localFromLngLat(city.projection, place)
      return Math.hypot(x - xM, y - yM)
    }
    let best: Selection | undefined
    let bestM = radiusM
    for (const bus of busesOf(context)) {
      const m = near(placeOfBus(context, bus))
      if (m >= bestM) continue
      bestM = m
      best = { layer: 'transit', table: transitVehicleTable.name, row: bus.row }
    }
    const { stops } = city.timetable ?? {}
    if (best !== undefined || stops === undefined || zoom < STOPS_FROM_ZOOM) return best
    for (let row = 0; row < stops.xM.length; row++) {
      const m = Math.hypot(stops.xM[row] - xM, stops.yM[row] - yM)
      if (m >= bestM) continue
      bestM = m
      best = { layer: 'transit', table: STOPS, row }
    }
    return best
  },

  locate(context, { table, row }) {
    const { city } = context
    if (table === STOPS) {
      const stops = city.timetable?.stops
      return stops === undefined || row >= stops.xM.length
        ? undefined
        : lngLatFromLocal(city.projection, [stops.xM[row], stops.yM[row]])
    }
    const bus = busesOf(context).find((each) => each.row === row)
    return bus && placeOfBus(context, bus)
  },

  list(context, limit): ListEntry[] {
    const { timetable } = context.city
    if (timetable === undefined) return []
    const latest = busesOf(context).sort((a, b) => b.delayS - a.delayS || a.row - b.row)
    const entries: ListEntry[] = []
    for (const bus of latest) {
      if (entries.length >= limit) break
      const at = placeOfBus(context, bus)
      if (at === undefined) continue
      const next = nextStopOf(context, bus)
      const late = delayText(bus.delayS)
      entries.push({
        selection: { layer: 'transit', table: transitVehicleTable.name, row: bus.row },
        title: say('transit.line', { line: timetable.routes.shortName[bus.route] }),
        detail:
          next === undefined ? late : say('transit.lateDetail', { late, stop: timetable.stops.name[next] }),
        at,
      })
    }
    return entries
  },
}

function numbers(context: LayerContext, buses: Bus[]): Layer[] {
  const { city, theme, zoom, plans, clock, textScale, quality, selection } = context
  if (zoom < LABELS_FROM_ZOOM || !has(quality, 'noPlates')) return []
  const { plane, links, atlases } = staticOf(city)
  const heightPx = atZoom(zoom, 13.4, textScale > 1 ? 16 : 13, 16, 20) * textScale
  const onRoad = buses.filter(({ vehicle }) => vehicle !== NO_VEHICLE && vehicle < plans.rows)
  const isSelected = ({ row }: Bus) => selection?.table === transitVehicleTable.name && selection.row === row
  const ranked = [...onRoad.filter(isSelected), ...onRoad.filter((bus) => !isSelected(bus))]
  const shown = clearPlates(context, ranked, PLATE_WIDE * heightPx, PLATE_HIGH * heightPx)
  return [
    new BusLabelLayer({
      id: `transit-numbers-${theme.name}`,
      plane,
      links,
      plans,
      clock,
      labels: { vehicles: shown.map(({ vehicle }) => vehicle), cells: shown.map(({ route }) => route) },
      atlas: atlasOf(atlases, city.timetable?.routes.shortName ?? [], theme),
      parameters: covering,
      heightPx,
    }),
  ]
}

function atlasOf(atlases: Map<string, LabelAtlas>, names: readonly string[], theme: Theme): LabelAtlas {
  let atlas = atlases.get(theme.name)
  if (atlas === undefined) {
    atlas = makeLabelAtlas(names, theme)
    atlases.set(theme.name, atlas)
  }
  return atlas
}

interface Ghost {
  readonly from: [number, number]
  readonly to: [number, number]
}

/** The selected bus's course, and lines from late buses to where the timetable has them. */
function lateness(context: LayerContext, buses: Bus[]): Layer[] {
  const { city, theme, zoom, selection, time } = context
  const selected =
    selection?.table === transitVehicleTable.name ? buses.find(({ row }) => row === selection.row) : undefined
  const layers: Layer[] = []
  if (selected !== undefined) {
    layers.push(
      new PathLayer<[number, number][]>({
        id: 'transit-course',
        data: [courseOf(city, selected.pattern)],
        getPath: (course) => course,
        getColor: bytesRgba(theme.bus, 110),
        widthUnits: 'pixels',
        getWidth: 3,
        capRounded: true,
        jointRounded: true,
      }),
    )
  }
  if (time === undefined) return layers
  const secondOfDay = (((time.timeMs / 1000 + time.utcOffsetS) % 86_400) + 86_400) % 86_400
  const late =
    zoom >= GHOSTS_FROM_ZOOM
      ? buses.filter((bus) => bus === selected || bus.delayS >= GHOST_FROM_DELAY_S)
      : buses.filter((bus) => bus === selected)
  const ghosts = late.flatMap((bus): Ghost[] => {
    const from = placeOfBus(context, bus)
    const to = from && plannedPlace(city, bus, secondOfDay)
    if (from === undefined || to === undefined) return []
    if (bus !== selected && distanceM(city, from, to) > GHOST_NEAR_M) return []
    return [{ from: [...from], to: [...to] }]
  })
  if (ghosts.length === 0) return layers
  layers.push(
    new PathLayer<Ghost>({
      id: 'transit-ghost-lines',
      data: ghosts,
      getPath: ({ from, to }) => [from, to],
      getColor: bytesRgba(theme.bus, 120),
      widthUnits: 'pixels',
      getWidth: 1.2,
    }),
    new ScatterplotLayer<Ghost>({
      id: 'transit-ghosts',
      data: ghosts,
      getPosition: ({ to }) => to,
      filled: false,
      stroked: true,
      getLineColor: bytesRgba(theme.bus, 200),
      lineWidthUnits: 'pixels',
      getLineWidth: 1.4,
      radiusUnits: 'pixels',
      getRadius: 6,
    }),
  )
  return layers
}

function distanceM({ projection }: City, a: LngLat, b: LngLat): number {
  const [ax, ay] = localFromLngLat(projection, a)
  const [bx, by] = localFromLngLat(projection, b)
  return Math.hypot(ax - bx, ay - by)
}
