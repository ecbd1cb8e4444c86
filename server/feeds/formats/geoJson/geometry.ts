/** Geometries of RFC 7946 as one place and one path: of several parts the largest, and what is no place on the globe not at all. */
import type { LngLat } from '../../content.ts'
import { isObject, listAt, textAt } from '../../json.ts'
import type { Reading } from '../../records.ts'
import { closedRing, middleOf, pathOf } from '../../rings.ts'

export interface Shape {
  readonly lng: number
  readonly lat: number
  /** The point alone, the line, or the outer ring. */
  readonly path: readonly LngLat[]
}

/** Lists of positions, and how many lists deep they lie. */
const depths: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
}

/** Undefined when there is none, or it cannot be; the latter is noted. */
export function shapeOf(geometry: unknown, where: string, reading: Reading): Shape | undefined {
  const { deviations } = reading
  if (geometry === null || geometry === undefined) return undefined
  const type = textAt(geometry, 'type')
  if (type === 'GeometryCollection') {
    const parts = (listAt(geometry, 'geometries') ?? []).filter(
      (part) => textAt(part, 'type') !== 'GeometryCollection',
    )
    const shapes = parts.flatMap((part) => shapeOf(part, where, reading) ?? [])
    return largestOf(shapes, ({ path }) => path, where, reading)
  }
  if (!isObject(geometry) || !Object.hasOwn(depths, type)) {
    deviations.add('geometry', 'error', where, type === '' ? geometry : type, 'a geometry of RFC 7946')
    return undefined
  }
  const coordinates = geometry['coordinates']
  if (type === 'Point') return shapeOfPath(pathOf([coordinates], where, reading))
  const isOfPolygons = type.endsWith('Polygon')
  const lines = linesIn(coordinates, depths[type], isOfPolygons)
  const paths = lines.flatMap((line) => {
    const path = pathOf(line, where, reading)
    const whole = path !== undefined && isOfPolygons ? ringOf(path, where, reading) : path
    return whole === undefined ? [] : [whole]
  })
  return shapeOfPath(
    largestOf(paths, (path) => path, where, reading),
    type === 'LineString',
  )
}

/** The lists of positions of all its parts; of polygons the outer rings. */
function linesIn(
  coordinates: unknown,
  depth: number,
  isOfPolygons: boolean,
): readonly (readonly unknown[])[] {
  if (!Array.isArray(coordinates)) return []
  if (depth === 1) return [coordinates]
  const parts: readonly unknown[] = depth === 2 && isOfPolygons ? coordinates.slice(0, 1) : coordinates
  return parts.flatMap((part) => linesIn(part, depth - 1, isOfPolygons))
}

/** A linear ring: four positions or more, the first again at the end. */
function ringOf(
  path: readonly LngLat[],
  where: string,
  { deviations }: Reading,
): readonly LngLat[] | undefined {
  const ring = closedRing(path)
  const came = `${path.length} positions`
  if (ring === undefined) deviations.add('linearRing', 'error', where, came, '4 or more')
  else if (ring !== path) deviations.add('linearRing', 'warning', where, came, 'the first again at the end')
  return ring
}

function largestOf<T>(
  parts: readonly T[],
  pathIn: (part: T) => readonly LngLat[],
  where: string,
  { deviations }: Reading,
): T | undefined {
  if (parts.length > 1)
    deviations.add('partsLeftOut', 'warning', where, `${parts.length} parts`, 'one; the largest is read')
  const most = parts.reduce((most, part) => Math.max(most, pathIn(part).length), 0)
  return parts.find((part) => pathIn(part).length === most)
}

/** A line stands where its middle vertex is, all else in the middle of its box. */
function shapeOfPath(path: readonly LngLat[] | undefined, isLine = false): Shape | undefined {
  if (path === undefined || path.length === 0) return undefined
  const [lng, lat] = isLine ? path[path.length >> 1] : middleOf(path)
  return { lng, lat, path }
}
