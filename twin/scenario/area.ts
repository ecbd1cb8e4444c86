/** Places and areas as edits say them, in degrees, and the rows of the city that they mean. */
import type { City } from '../city.ts'
import { ringFromLngLats, rowsInRing } from '../geo/polygon.ts'
import { localFromLngLat, type LngLat } from '../geo/projection.ts'
import { areaSchema } from './editKind.ts'

/** Longitude and latitude. */
export const placeSchema = areaSchema.pipe[0].item

/** Zones whose middle lies in an area. */
export function zonesIn({ projection, zones }: City, area: readonly LngLat[]): number[] {
  return rowsInRing(ringFromLngLats(projection, area), zones.zones.xM, zones.zones.yM)
}

/** Transformers that stand in an area. */
export function transformersIn({ projection, grid }: City, area: readonly LngLat[]): number[] {
  if (grid === undefined) return []
  const { bus } = grid.transformers
  const xM = Float32Array.from(bus, (at) => grid.buses.xM[at])
  const yM = Float32Array.from(bus, (at) => grid.buses.yM[at])
  return rowsInRing(ringFromLngLats(projection, area), xM, yM)
}

/** The transformer nearest to a place, and how far it is; undefined in a city without one. */
export function transformerAt(
  { projection, grid }: City,
  place: LngLat,
): { row: number; distanceM: number } | undefined {
  if (grid === undefined) return undefined
  const { buses, transformers } = grid
  return nearest(
    localFromLngLat(projection, place),
    transformers.bus.length,
    (row) => buses.xM[transformers.bus[row]],
    (row) => buses.yM[transformers.bus[row]],
  )
}

/** The crossing of streets nearest to a place, and how far it is; undefined in a city without one. */
export function nodeAt(
  { projection, network }: City,
  place: LngLat,
): { row: number; distanceM: number } | undefined {
  const { xM, yM } = network.nodes
  return nearest(
    localFromLngLat(projection, place),
    xM.length,
    (row) => xM[row],
    (row) => yM[row],
  )
}

function nearest(
  [atX, atY]: readonly [number, number],
  rows: number,
  xM: (row: number) => number,
  yM: (row: number) => number,
): { row: number; distanceM: number } | undefined {
  let best = -1
  let bestM2 = Infinity
  for (let row = 0; row < rows; row++) {
    const dx = xM(row) - atX
    const dy = yM(row) - atY
    if (dx * dx + dy * dy >= bestM2) continue
    best = row
    bestM2 = dx * dx + dy * dy
  }
  return best < 0 ? undefined : { row: best, distanceM: Math.sqrt(bestM2) }
}
