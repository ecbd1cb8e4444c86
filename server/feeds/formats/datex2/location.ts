/**
 * Where things of DATEX II are: lines and points by their coordinates. Alert-C needs licensed tables and OpenLR a map, so that places
 * told by them alone are named and not read.
 */
import type { LngLat } from '../../content.ts'
import type { Deviations } from '../../deviations.ts'
import { isPlace, numberOf } from '../../plausible.ts'
import { childOf, childrenOf, textOf, type Element } from '../../xml.ts'
import { classOf, firstBelow } from './document.ts'

const MOST_POINTS = 100_000
/** How the ends of a line are named: in linear extensions of 2.3, by TPEG, and in version 3. */
const STARTS = ['linearCoordinatesStartPoint', 'startOfLinear', 'from']
const ENDS = ['linearCoordinatesEndPoint', 'endOfLinear', 'to']
const BY_TABLES: readonly (readonly [start: string, name: string])[] = [
  ['alertC', 'Alert-C'],
  ['openlr', 'OpenLR'],
]

/** Every place that a reference names, as points and lines; none when nothing of it can be read, which is noted. */
export function pathsOf(
  reference: Element | undefined,
  where: string,
  deviations: Deviations,
): readonly (readonly LngLat[])[] {
  const parts = reference === undefined ? [] : partsOf(reference)
  const paths = parts.flatMap((part) => {
    const path = pathOf(part, where, deviations)
    return path === undefined ? [] : [path]
  })
  const possible = paths.filter((path) => {
    const impossible = path.find(([lng, lat]) => !isPlace(lng, lat))
    if (impossible !== undefined)
      deviations.add(
        'placeImpossible',
        'error',
        where,
        `${impossible[1]} ${impossible[0]}`,
        'latitude longitude',
      )
    return impossible === undefined
  })
  if (paths.length === 0)
    deviations.add('locationNotRead', 'warning', where, toldBy(reference), 'coordinates of a point or a line')
  return possible
}

/** The locations of an itinerary or a group, else the one itself. */
function partsOf(reference: Element): readonly Element[] {
  const parts = reference.children.filter(
    ({ name }) => name === 'locationContainedInItinerary' || name === 'locationContainedInGroup',
  )
  return parts.length === 0 ? [reference] : parts.map((part) => childOf(part, 'location') ?? part)
}

/** The line if there is one, else the point, else where a map is to show it. */
function pathOf(part: Element, where: string, deviations: Deviations): readonly LngLat[] | undefined {
  return (
    lineByPositions(part, where, deviations) ??
    lineByEnds(part) ??
    pointIn(firstCoordinates(part)) ??
    pointIn(childOf(part, 'locationForDisplay') ?? childOf(part, 'coordinatesForDisplay'))
  )
}

/** GML's list: latitude and longitude in turn, and a height when there are three dimensions. */
function lineByPositions(part: Element, where: string, deviations: Deviations): LngLat[] | undefined {
  const line = firstBelow(part, 'gmlLineString')
  const list = firstBelow(line, 'posList')
  if (list === undefined) return undefined
  const size = [list, line].some(
    (one) => (one?.attributes['srsDimension'] ?? textOf(one, 'srsDimension')) === '3',
  )
    ? 3
    : 2
  const numbers = list.text.trim().split(/\s+/).map(numberOf)
  if (numbers.length % size !== 0 || numbers.some(Number.isNaN) || numbers.length > MOST_POINTS * size) {
    deviations.add('posListInvalid', 'error', where, list.text, 'latitude and longitude of each point')
    return undefined
  }
  return Array.from({ length: numbers.length / size }, (_, i): LngLat => [
    numbers[i * size + 1],
    numbers[i * size],
  ])
}

function lineByEnds(part: Element): LngLat[] | undefined {
  const end = (names: readonly string[]) =>
    names
      .map((name) => pointIn(firstCoordinates(firstBelow(part, name))))
      .find((point) => point !== undefined)
  const [from, to] = [end(STARTS), end(ENDS)]
  if (from === undefined || to === undefined) return undefined
  const between = childrenOf(
    firstBelow(part, 'linearByCoordinatesExtension'),
    'linearCoordinatesIntermediatePoint',
  )
  return [...from, ...between.flatMap((point) => pointIn(firstCoordinates(point)) ?? []), ...to]
}

/** The first coordinates below that are not of a scheme with tables. */
function firstCoordinates(element: Element | undefined): Element | undefined {
  for (const child of element?.children ?? []) {
    if (BY_TABLES.some(([start]) => child.name.startsWith(start))) continue
    const found = child.name === 'pointCoordinates' ? child : firstCoordinates(child)
    if (found !== undefined) return found
  }
  return undefined
}

function pointIn(coordinates: Element | undefined): LngLat[] | undefined {
  if (coordinates === undefined) return undefined
  return [[numberOf(textOf(coordinates, 'longitude')), numberOf(textOf(coordinates, 'latitude'))]]
}

/** By what a place was told that is not read. */
function toldBy(reference: Element | undefined): string {
  if (reference === undefined) return 'no location'
  const named = new Set<string>()
  const look = (element: Element) => {
    const scheme = BY_TABLES.find(([start]) => element.name.startsWith(start))
    if (scheme === undefined) element.children.forEach(look)
    else named.add(scheme[1])
  }
  look(reference)
  return named.size === 0 ? classOf(reference) || reference.name : [...named].join(' and ')
}
