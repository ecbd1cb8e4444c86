/**
 * The roadway at street level, as wide as its lanes, with lines between them and between directions: of the main streets around
 * the middle of what is looked at, since the whole city's would be far more than is ever seen. Lanes are the network's: tagged,
 * or assumed by class.
 */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { Feature, FeatureCollection, LineString } from 'geojson'
import type { City } from '../../../twin/city.ts'
import { lngLatFromLocal, localFromLngLat, type Local } from '../../../twin/geo/projection.ts'
import { mix } from '../../theme/mix.ts'
import type { Theme } from '../../theme/theme.ts'
import { kerbOffsetM, LANE_WIDTH_M } from '../lanes.ts'
import type { LayerContext } from '../layer.ts'
import { perCity } from '../perCity.ts'

export const MARKINGS_SOURCE = 'traffic-markings'
const MARKINGS_FROM_ZOOM = 16.6
/** Motorway to tertiary: side streets have no lines. */
const LAST_MARKED_CLASS = 4
/** Metres around the middle of a cell; a wall shows more. */
const REACH_M = 900
const WALL_REACH_M = 1900
/** The camera moves this far before others are marked. */
const CELL_M = 300
/** Lines end so far before a junction. */
const CLEAR_M = 9
/** Pixels of a metre on the equator at zoom 0. */
const PX_PER_M = 512 / 40_075_017

const nothing: FeatureCollection = { type: 'FeatureCollection', features: [] }
const shownOf = perCity(() => ({ key: '', features: nothing }))

/** The same collection while the camera stays within its cell. */
export function roadMarkings({ city, zoom, camera, isWall }: LayerContext): FeatureCollection {
  if (zoom < MARKINGS_FROM_ZOOM - 0.3 || camera === undefined) return nothing
  const [xM, yM] = localFromLngLat(city.projection, [camera.lng, camera.lat])
  const cell = [Math.round(xM / CELL_M), Math.round(yM / CELL_M)] as const
  const shown = shownOf(city)
  const key = cell.join()
  if (key === shown.key) return shown.features
  shown.key = key
  const reachM = isWall ? WALL_REACH_M : REACH_M
  shown.features = {
    type: 'FeatureCollection',
    features: markingsAround(city, [cell[0] * CELL_M, cell[1] * CELL_M], reachM),
  }
  return shown.features
}

/** `kind` 'surface' with its width, 'lane' and 'middle'; widths and offsets to the right in metres as at the equator. */
export function markingsAround(
  city: Pick<City, 'network' | 'projection'>,
  [xM, yM]: Local,
  reachM: number,
): Feature<LineString>[] {
  const { links, shape } = city.network
  const [, lat] = lngLatFromLocal(city.projection, [xM, yM])
  const stretch = 1 / Math.cos((lat * Math.PI) / 180)
  const features: Feature<LineString>[] = []
  for (let link = 0; link < links.lengthM.length && links.roadClass[link] <= LAST_MARKED_CLASS; link++) {
    const first = links.shapeStart[link]
    if (Math.hypot(shape.xM[first] - xM, shape.yM[first] - yM) > reachM) continue
    const reverse = links.reverseLink[link]
    const kerbM = kerbOffsetM(city.network, link)
    const course = courseOf(city.network, link)
    const line = (of: readonly Local[], properties: object): Feature<LineString> => ({
      type: 'Feature',
      properties,
      geometry: {
        type: 'LineString',
        coordinates: of.map((at) => [...lngLatFromLocal(city.projection, at)]),
      },
    })
    // of a street of two directions each lays its own half
    const widthM = links.lanes[link] * LANE_WIDTH_M
    features.push(
      line(course, { kind: 'surface', width: widthM * stretch, offset: (kerbM - widthM / 2) * stretch }),
    )
    const clear = trimmed(course, CLEAR_M)
    if (clear === undefined) continue
    for (let lane = 1; lane < links.lanes[link]; lane++)
      features.push(line(clear, { kind: 'lane', offset: (kerbM - lane * LANE_WIDTH_M) * stretch }))
    if (reverse > link) features.push(line(clear, { kind: 'middle', offset: 0 }))
  }
  return features
}

function courseOf({ links, shape }: City['network'], link: number): Local[] {
  const first = links.shapeStart[link]
  return Array.from({ length: links.shapeCount[link] }, (_, i): Local => [
    shape.xM[first + i],
    shape.yM[first + i],
  ])
}

/** Without its first and last `byM` metres; undefined when hardly anything is left. */
export function trimmed(course: readonly Local[], byM: number): Local[] | undefined {
  const steps = course.slice(1).map(([x, y], i) => Math.hypot(x - course[i][0], y - course[i][1]))
  const totalM = steps.reduce((sum, step) => sum + step, 0)
  if (totalM < 3 * byM) return undefined
  const at = (alongM: number): Local => {
    let leftM = alongM
    for (let i = 0; i < steps.length; i++) {
      if (leftM <= steps[i] || i === steps.length - 1) {
        const share = steps[i] > 0 ? Math.min(1, leftM / steps[i]) : 0
        const [[ax, ay], [bx, by]] = [course[i], course[i + 1]]
        return [ax + (bx - ax) * share, ay + (by - ay) * share]
      }
      leftM -= steps[i]
    }
    return course[0]
  }
  let doneM = 0
  const between = course.slice(1, -1).filter((_, i) => {
    doneM += steps[i]
    return doneM > byM && doneM < totalM - byM
  })
  return [at(byM), ...between, at(totalM - byM)]
}

export function markingLayers(theme: Theme): LayerSpecification[] {
  const metres = (name: string): ExpressionSpecification => [
    'interpolate',
    ['exponential', 2],
    ['zoom'],
    16,
    ['*', ['get', name], PX_PER_M * 2 ** 16],
    20,
    ['*', ['get', name], PX_PER_M * 2 ** 20],
  ]
  const fade: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], MARKINGS_FROM_ZOOM, 0, 17.2, 1]
  const paint = theme.isDark
    ? mix(theme.street, theme.quietText, theme.name === 'contrast' ? 0.75 : 0.3)
    : mix(theme.street, theme.ground, 0.85)
  const line = (kind: string, rest: object): LayerSpecification => ({
    id: `marking-${kind}`,
    type: 'line',
    source: MARKINGS_SOURCE,
    minzoom: MARKINGS_FROM_ZOOM,
    filter: ['==', ['get', 'kind'], kind],
    paint: { 'line-offset': metres('offset'), 'line-opacity': fade, ...rest },
  })
  const thin: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 17, 0.7, 19, 1.6]
  return [
    line('surface', {
      'line-color': theme.isDark ? mix(theme.street, theme.quietText, 0.07) : theme.street,
      'line-width': metres('width'),
    }),
    line('lane', { 'line-color': paint, 'line-width': thin, 'line-dasharray': [8, 12] }),
    line('middle', { 'line-color': paint, 'line-width': thin }),
  ]
}
