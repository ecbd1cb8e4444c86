/** Where vehicles are drawn, computed on the processor by the shader's formula: for tests, picking and lettering. */
import type { City } from '../../twin/city.ts'
import { lngLatFromLocal, type LngLat } from '../../twin/geo/projection.ts'
import type { PlanBook } from '../state/planBook.ts'
import { laneAlong } from './linkGeometry.ts'

export interface DrawnVehicle {
  /** Row of traffic.vehicles. */
  readonly row: number
  readonly link: number
  readonly lane: number
  readonly alongM: number
  readonly freeSpeedMps: number
  readonly tick: number
  readonly at: LngLat
}

/** The first `limit` vehicles that are on the road at `tick`. */
export function drawnPositions(city: City, plans: PlanBook, tick: number, limit: number): DrawnVehicle[] {
  const found: DrawnVehicle[] = []
  for (let row = 0; row < plans.rows && found.length < limit; row++) {
    const drawn = plans.drawn(row, tick)
    if (drawn === undefined) continue
    const { link, alongM, lane } = drawn
    const at = lngLatFromLocal(city.projection, laneAlong(city.network, link, lane, alongM))
    found.push({ row, link, lane, alongM, tick, at, freeSpeedMps: city.network.links.freeSpeedMps[link] })
  }
  return found
}
