/** Traffic on the map: streets by speed, vehicles in motion, signals. */
import type { Layer } from '@deck.gl/core'
import { PathLayer } from '@deck.gl/layers'
import type { Feature, FeatureCollection, Point } from 'geojson'
import { lngLatFromLocal, localFromLngLat, type LngLat } from '../../../twin/geo/projection.ts'
import { linkTable, signalModes, signalTable } from '../../../twin/traffic/tables.ts'
import { formatLength, formatNumber, formatSpeed } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { brightest, covering } from '../blending.ts'
import { bytesRgba, unitRgb } from '../colors.ts'
import type { LayerContext, LayerView, ListEntry } from '../layer.ts'
import { middleOf } from '../linkGeometry.ts'
import { mix } from '../../theme/mix.ts'
import type { Color } from '../../theme/theme.ts'
import { MoverLayer } from '../moverLayer.ts'
import { SegmentLayer } from '../segmentLayer.ts'
import { atZoom, lineScale } from '../zoomScale.ts'
import { differencePalette, setDifferenceStates } from './differences.ts'
import { forgetLinkStates, LAST_MAIN_CLASS, setLinkStates } from './linkLines.ts'
import { pickLink } from './pickLink.ts'
import { markingLayers, MARKINGS_SOURCE, roadMarkings } from './roadMarkings.ts'
import { darkSignalImages, darkSignalLayers } from './signalMarks.ts'
import { HEADS_FROM_ZOOM, signalHeads, type SignalHead } from './signalHeads.ts'
import { drivingSpeedRatio } from '../../state/drivingSpeed.ts'
import { lazyPart } from '../../state/lazyPart.ts'
import { has } from '../../state/quality.ts'
import { speedStep } from './speedSteps.ts'
import { trafficCourses, trafficStatic } from './trafficStatic.ts'
import { linkName } from './linkName.ts'

const DARK = signalModes.indexOf('dark')
const DARK_SOURCE = 'traffic-dark-signals'
/** Of its width, how far the line of one of two directions lies from the middle. */
const SIDE_PX = 0.55
/** Up to here vehicles are grains among streets that flow. */
const GRAINS_BELOW_ZOOM = 13
/** How much of a vehicle is seen that may come to be. */
const GHOST = 0.45

export const trafficView: LayerView = {
  id: 'traffic',
  Legend: lazyPart(() =>
    import('./TrafficLegend.tsx').then(({ TrafficLegend }) => ({ default: TrafficLegend })),
  ),
  Inspector: lazyPart(() =>
    import('./TrafficPanels.tsx').then(({ TrafficInspector }) => ({ default: TrafficInspector })),
  ),
  Chart: lazyPart(() =>
    import('./SpeedHistogram.tsx').then(({ SpeedHistogram }) => ({ default: SpeedHistogram })),
  ),

  deckLayers(context) {
    const { city, theme, clock, zoom, quality } = context
    const { plane, lines, mainLines, states } = trafficStatic(city)
    const isCompared = bringUpToDate(context)
    const lastClass = zoom < 10.5 ? 2 : zoom < 11.8 ? 3 : zoom < 13 ? 4 : 7
    const wide = lineScale(context)
    const isNight = theme.isDark
    const shared = {
      plane,
      segments: lines,
      states,
      clock,
      drawCount: lines.endOfClass[lastClass],
      palette: (isCompared ? differencePalette(theme) : theme.traffic).map(unitRgb),
      specialColor: unitRgb(theme.alarm.high),
      edgeColor: unitRgb(theme.text),
      groundColor: unitRgb(theme.street),
      sidePx: SIDE_PX,
      dashM: 0,
      dashMps: 0,
      dashDepth: 0,
      loudWider: 0.45,
      isLight: isNight,
      isGhost: context.isForecast,
      parameters: isNight ? brightest : covering,
    }
    const streets = new SegmentLayer({
      ...shared,
      id: `traffic-links-${theme.name}`,
      opacity: atZoom(zoom, 15, 1, 16.5, 0.6),
      widthsPx: linkWidthsPx(zoom).map((px) => px * wide),
    })
    const glowWider = atZoom(zoom, 10, 6, 14, 7)
    // by night a main street that is slow glows
    const glow = new SegmentLayer({
      ...shared,
      id: 'traffic-glow',
      segments: mainLines,
      drawCount: mainLines.count,
      visible: theme.name === 'night' && has(quality, 'noTrails') && !isCompared,
      isGlow: true,
      opacity: atZoom(zoom, 10, 0.4, 14, 0.34, 16.5, 0.16),
      widthsPx: linkWidthsPx(zoom).map((px) => px * wide * glowWider),
      sidePx: SIDE_PX / glowWider,
    })
    return [glow, streets, ...selectedLink(context), ...heads(context), ...movers(context)]
  },

  moving: movers,

  ground: {
    sources: { [DARK_SOURCE]: {}, [MARKINGS_SOURCE]: {} },
    styleLayers: (theme, textScale) => ({
      onGround: markingLayers(theme),
      underLabels: [],
      overLabels: darkSignalLayers(DARK_SOURCE, theme, textScale),
    }),
    features: (context) => ({
      [DARK_SOURCE]: darkSignals(context),
      [MARKINGS_SOURCE]: roadMarkings(context),
    }),
    images: darkSignalImages,
  },

  pick(context, at, radiusM) {
    const { city } = context
    if (context.zoom >= 12.5) {
      const signal = nearestDarkSignal(context, at, radiusM)
      if (signal !== undefined) return { layer: 'traffic', table: signalTable.name, row: signal }
    }
    const link = pickLink(city, at, radiusM)
    return link === undefined ? undefined : { layer: 'traffic', table: linkTable.name, row: link }
  },

  locate({ city }, { table, row }) {
    const { signals, links } = city.network
    if (table === signalTable.name)
      return row < signals.xM.length
        ? lngLatFromLocal(city.projection, [signals.xM[row], signals.yM[row]])
        : undefined
    return row < links.lengthM.length
      ? lngLatFromLocal(city.projection, middleOf(city.network, row))
      : undefined
  },

  courses: [linkTable.name],
  list: slowestStreets,
}

/** All vehicles, in one layer. */
function movers(context: LayerContext): Layer[] {
  const { city, theme, clock, plans, zoom, quality } = context
  const { plane, texture } = trafficCourses(city)
  const wide = lineScale(context)
  const isNight = theme.isDark
  // from afar the colour of a street is what is seen: by night a grain is no light on a brighter street, by day a faint shade
  const isFar = zoom < GRAINS_BELOW_ZOOM
  const nearness = atZoom(zoom, 10.5, 0.3, 14, 1)
  const grainOf = (color: Color) => unitRgb(mix(isNight ? theme.traffic[0] : theme.car, color, nearness))
  const layer = new MoverLayer({
    id: 'traffic-movers',
    plane,
    links: texture,
    plans,
    clock,
    carColor: grainOf(theme.car),
    busColor: grainOf(theme.bus),
    waitingColor: unitRgb(theme.traffic[isNight ? 2 : 3]),
    groundColor: unitRgb(theme.ground),
    isNear: has(quality, 'noBodies') ? atZoom(zoom, 16.2, 0, 16.8, 1) : 0,
    minLengthPx: atZoom(zoom, 10.5, 1.5, 12, 2.2, 14, 4.2, 16, 8, 17, 11) * wide,
    minWidthPx: atZoom(zoom, 10.5, 1.1, 12, 1.3, 14, 2, 16, 3.4, 17, 4.4) * wide,
    tail: !has(quality, 'noTrails') ? 0 : isNight ? 0.75 : 0.35,
    opacity:
      (isNight
        ? atZoom(zoom, 10.5, 0.5, 12.5, 0.75, 14, 0.95)
        : atZoom(zoom, 10.5, 0.2, 12.5, 0.4, 14.5, 0.95)) * (context.isForecast ? GHOST : 1),
    limit: context.moverLimit,
    parameters: isFar && isNight ? brightest : covering,
  })
  return [layer]
}

/** The states of streets as of the last frame, or their differences while there is another twin to compare with; true when so. */
function bringUpToDate({ city, mirror, compared }: LayerContext): boolean {
  const { states, seen, gains } = trafficStatic(city)
  const untouched = compared !== undefined && compared.tick >= 0 ? compared : undefined
  const stamp = `${mirror.tick} ${untouched?.tick}`
  if (seen.stamp === stamp) return untouched !== undefined
  seen.stamp = stamp
  if (untouched === undefined) {
    gains.fill(0)
    setLinkStates(states, city, mirror)
  } else {
    forgetLinkStates(states)
    setDifferenceStates(states, gains, city, mirror, untouched)
  }
  return untouched !== undefined
}

/** Pixels by road class: motorway, trunk, primary, secondary, tertiary, residential, living street. */
function linkWidthsPx(zoom: number): number[] {
  const main = atZoom(zoom, 10, 1.2, 12, 1.8, 14, 3, 16, 3.4, 18, 3)
  return [1.25, 1.2, 1.1, 0.95, 0.8, 0.6, 0.5].map((share) => Math.max(0.7, main * share))
}

function selectedLink(context: LayerContext): Layer[] {
  const { city, selection, theme } = context
  if (selection?.table !== linkTable.name || selection.row >= city.network.links.lengthM.length) return []
  const { links, shape } = city.network
  const first = links.shapeStart[selection.row]
  const path: LngLat[] = []
  for (let i = first; i < first + links.shapeCount[selection.row]; i++)
    path.push(lngLatFromLocal(city.projection, [shape.xM[i], shape.yM[i]]))
  return [
    new PathLayer<LngLat[]>({
      id: 'traffic-selected',
      data: [path],
      getPath: (points) => points.map(([lng, lat]) => [lng, lat] as [number, number]),
      getColor: bytesRgba(theme.text),
      widthUnits: 'pixels',
      getWidth: 3.2 * lineScale(context),
      capRounded: true,
      jointRounded: true,
    }),
  ]
}

/** A gate at the stop line: along the street when green, across it when red. Told apart without a colour of alarm. */
function heads(context: LayerContext): Layer[] {
  const { theme, zoom, quality } = context
  if (zoom < HEADS_FROM_ZOOM || !has(quality, 'noBodies')) return []
  const go = bytesRgba(theme.power[theme.isDark ? 3 : 2])
  const stop = bytesRgba(theme.quietText)
  return [
    new PathLayer<SignalHead>({
      id: 'traffic-heads',
      data: signalHeads(context),
      getPath: ({ along, across, isGreen }) => (isGreen ? along : across),
      getColor: ({ isGreen }) => (isGreen ? go : stop),
      widthUnits: 'pixels',
      getWidth: atZoom(zoom, 16, 1.8, 18, 3.2),
      capRounded: true,
    }),
  ]
}

function darkRows({ mirror }: LayerContext): number[] {
  const table = mirror.table(signalTable)
  const rows: number[] = []
  for (let row = 0; row < table.rows; row++) if (table.columns.mode[row] === DARK) rows.push(row)
  return rows
}

function darkSignals(context: LayerContext): FeatureCollection {
  const { city } = context
  const { dark } = trafficStatic(city)
  const rows = darkRows(context)
  const key = rows.join()
  if (key === dark.key) return dark.features
  dark.key = key
  const { signals } = city.network
  const features = rows.map((row): Feature<Point> => {
    const [lng, lat] = lngLatFromLocal(city.projection, [signals.xM[row], signals.yM[row]])
    return { type: 'Feature', properties: { row }, geometry: { type: 'Point', coordinates: [lng, lat] } }
  })
  dark.features = { type: 'FeatureCollection', features }
  return dark.features
}

function nearestDarkSignal(context: LayerContext, at: LngLat, radiusM: number): number | undefined {
  const { city } = context
  const [xM, yM] = localFromLngLat(city.projection, at)
  let best: number | undefined
  let bestM = radiusM
  for (const row of darkRows(context)) {
    const m = Math.hypot(city.network.signals.xM[row] - xM, city.network.signals.yM[row] - yM)
    if (m < bestM) {
      bestM = m
      best = row
    }
  }
  return best
}

/** The stretches of main streets on which most time is lost, by all who drive there together; each name once. */
function slowestStreets(context: LayerContext, limit: number): ListEntry[] {
  const { city, mirror } = context
  const { links } = city.network
  const { speedMps, vehicles } = mirror.table(linkTable).columns
  const driving = drivingSpeedRatio(mirror)
  const slow: { link: number; ratio: number }[] = []
  for (let link = 0; link < links.lengthM.length && links.roadClass[link] <= LAST_MAIN_CLASS; link++) {
    const loneMps = links.freeSpeedMps[link] * driving
    if (vehicles[link] > 2 && speedStep(speedMps[link], loneMps) >= 2)
      slow.push({ link, ratio: speedMps[link] / loneMps })
  }
  const lost = ({ link, ratio }: { link: number; ratio: number }) => vehicles[link] * (1 - ratio)
  slow.sort((a, b) => lost(b) - lost(a) || a.link - b.link)
  const entries: ListEntry[] = []
  const named = new Set<string>()
  for (const { link } of slow) {
    const title = linkName(context, link)
    if (named.has(title)) continue
    named.add(title)
    entries.push({
      selection: { layer: 'traffic', table: linkTable.name, row: link },
      title,
      detail: say('traffic.slowDetail', {
        length: formatLength(links.lengthM[link]),
        speed: formatNumber(speedMps[link] * 3.6),
        free: formatSpeed(links.freeSpeedMps[link] * driving),
      }),
      at: lngLatFromLocal(city.projection, middleOf(city.network, link)),
    })
    if (entries.length >= limit) break
  }
  return entries
}
