/**
 * The outline of what is without power: every spot of the city belongs to its nearest transformer, and the spots of dark
 * transformers are drawn together as soft-edged areas.
 */
import { blur2, contours, polygonContains } from 'd3'
import type { Feature, FeatureCollection, MultiPolygon, Point } from 'geojson'
import { lngLatFromLocal, type Projection } from '../../../twin/geo/projection.ts'
import { makeNearest } from '../nearest.ts'
import type { Supplies } from './lamps.ts'

const CELL_M = 90
/** Nobody further than this from a transformer is supplied by it, as far as the outline goes. */
const REACH_M = 420
/** Of the blurred field: where the outline runs. */
const EDGE = 0.5

export interface Territory {
  readonly columns: number
  readonly rows: number
  readonly westM: number
  readonly southM: number
  /** Row of the nearest transformer, or −1. */
  readonly transformerOfCell: Int32Array
}

export function makeTerritory(supplies: Supplies): Territory {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < supplies.xM.length; i++) {
    west = Math.min(west, supplies.xM[i])
    east = Math.max(east, supplies.xM[i])
    south = Math.min(south, supplies.yM[i])
    north = Math.max(north, supplies.yM[i])
  }
  const westM = west - REACH_M * 1.5
  const southM = south - REACH_M * 1.5
  const columns = Math.max(1, Math.ceil((east - westM + REACH_M * 1.5) / CELL_M))
  const rows = Math.max(1, Math.ceil((north - southM + REACH_M * 1.5) / CELL_M))
  const nearest = makeNearest(supplies.xM, supplies.yM, REACH_M)
  const transformerOfCell = new Int32Array(columns * rows)
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++)
      transformerOfCell[r * columns + c] = nearest(westM + (c + 0.5) * CELL_M, southM + (r + 0.5) * CELL_M)
  }
  return { columns, rows, westM, southM, transformerOfCell }
}

/** The dark areas, and at each a point with the customers that are out there, each of them at one. `isEnergized` and `customers` are by transformer. */
export function darkAreas(
  territory: Territory,
  supplies: Supplies,
  isEnergized: ArrayLike<number>,
  customers: ArrayLike<number>,
  projection: Projection,
): FeatureCollection<MultiPolygon | Point, { customers: number }> {
  const { columns, rows, transformerOfCell, westM, southM } = territory
  const field = new Float64Array(columns * rows)
  let isAnyDark = false
  transformerOfCell.forEach((transformer, cell) => {
    if (transformer < 0 || isEnergized[transformer] === 1) return
    field[cell] = 1
    isAnyDark = true
  })
  if (!isAnyDark) return { type: 'FeatureCollection', features: [] }
  blur2({ data: field as unknown as number[], width: columns }, 1)
  const [outline] = contours().size([columns, rows]).thresholds([EDGE])(Array.from(field))
  const lngLat = ([x, y]: readonly number[]): [number, number] => {
    const [lng, lat] = lngLatFromLocal(projection, [westM + x * CELL_M, southM + y * CELL_M])
    return [lng, lat]
  }
  const sums = outline.coordinates.map(() => ({ customers: 0, weight: 0, x: 0, y: 0 }))
  for (let t = 0; t < supplies.xM.length; t++) {
    if (isEnergized[t] === 1) continue
    const at: [number, number] = [(supplies.xM[t] - westM) / CELL_M, (supplies.yM[t] - southM) / CELL_M]
    const around = outline.coordinates.findIndex(([ring]) => polygonContains(ring as [number, number][], at))
    // too few spots for an outline of its own: whose lights are out is counted all the same
    const sum = sums[around >= 0 ? around : nearestOutline(outline.coordinates, at)]
    if (sum === undefined) continue
    sum.customers += customers[t]
    if (around < 0) continue
    sum.weight += customers[t]
    sum.x += at[0] * customers[t]
    sum.y += at[1] * customers[t]
  }
  const features: Feature<MultiPolygon | Point, { customers: number }>[] = []
  outline.coordinates.forEach((polygon, i) => {
    const { customers: count, weight, x, y } = sums[i]
    const properties = { customers: count }
    const coordinates = [polygon.map((ring) => ring.map(lngLat))]
    features.push({ type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates } })
    if (count === 0) return
    const at = lngLat(weight > 0 ? [x / weight, y / weight] : polygon[0][0])
    features.push({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } })
  })
  return { type: 'FeatureCollection', features }
}

/** Index of the outline that passes nearest to `at`; −1 where there is none. */
function nearestOutline(outlines: readonly (readonly number[][])[][], [x, y]: readonly number[]): number {
  const distances = outlines.map(([ring]) => Math.min(...ring.map(([rx, ry]) => Math.hypot(rx - x, ry - y))))
  return distances.indexOf(Math.min(...distances))
}
