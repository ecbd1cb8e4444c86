/** What is near a place: stops, open reports, and whether the power is on. */
import type { City } from '../../twin/city.ts'
import { localFromLngLat, lngLatFromLocal, type LngLat } from '../../twin/geo/projection.ts'
import { busTable } from '../../twin/power/tables.ts'
import { requestStatuses, requestTable } from '../../twin/reports/tables.ts'
import type { Mirror } from '../state/mirror.ts'

export interface NearStop {
  readonly row: number
  readonly name: string
  readonly distanceM: number
  readonly at: LngLat
}

export interface NearReport {
  /** Of the report in the twin, its service in the city's list, its status in `requestStatuses`. */
  readonly row: number
  readonly service: number
  readonly status: number
  readonly distanceM: number
  readonly at: LngLat
}

// Further than this one would not walk to a bus; assumed.
const WALK_M = 900
// What counts as in the neighbourhood; assumed.
const NEAR_M = 500
const FIXED = requestStatuses.indexOf('fixed')

/** The nearest stops within a walk, one of each name, nearest first. */
export function stopsNear(city: City, at: LngLat, limit: number): NearStop[] {
  const stops = city.timetable?.stops
  if (!stops) return []
  const [xM, yM] = localFromLngLat(city.projection, at)
  const found: NearStop[] = []
  for (let row = 0; row < stops.xM.length; row++) {
    const distanceM = Math.hypot(stops.xM[row] - xM, stops.yM[row] - yM)
    if (distanceM > WALK_M) continue
    const stopAt = lngLatFromLocal(city.projection, [stops.xM[row], stops.yM[row]])
    found.push({ row, name: stops.name[row], distanceM, at: stopAt })
  }
  found.sort((a, b) => a.distanceM - b.distanceM)
  return found.slice(0, limit)
}

/** Open reports within 500 m, nearest first; of equal ones the newer. */
export function openReportsNear(city: City, mirror: Mirror, at: LngLat): NearReport[] {
  const { rows, columns } = mirror.table(requestTable)
  const { status, service, openedTick } = columns
  const [xM, yM] = localFromLngLat(city.projection, at)
  const found: NearReport[] = []
  for (let row = 0; row < rows; row++) {
    if (status[row] === 0 || status[row] >= FIXED) continue
    const distanceM = Math.hypot(columns.xM[row] - xM, columns.yM[row] - yM)
    if (distanceM >= NEAR_M) continue
    const reportAt = lngLatFromLocal(city.projection, [columns.xM[row], columns.yM[row]])
    found.push({ row, service: service[row], status: status[row], distanceM, at: reportAt })
  }
  return found.sort((a, b) => a.distanceM - b.distanceM || openedTick[b.row] - openedTick[a.row])
}

/** Whether the nearest transformer has power; undefined where the city has no grid or none is near. */
export function isPoweredAt(city: City, mirror: Mirror, at: LngLat): boolean | undefined {
  if (!city.grid) return undefined
  const { buses, transformers } = city.grid
  const { isEnergized } = mirror.table(busTable).columns
  const [xM, yM] = localFromLngLat(city.projection, at)
  let nearestM = NEAR_M
  let nearest: number | undefined
  for (const bus of transformers.bus) {
    const distanceM = Math.hypot(buses.xM[bus] - xM, buses.yM[bus] - yM)
    if (distanceM >= nearestM) continue
    nearestM = distanceM
    nearest = bus
  }
  return nearest === undefined ? undefined : isEnergized[nearest] === 1
}
