/** Where buses are, where they should be, and what their stops are called. */
import type { City } from '../../../twin/city.ts'
import { lngLatFromLocal, type LngLat } from '../../../twin/geo/projection.ts'
import type { Timetable } from '../../../twin/transit/timetable.ts'
import { NO_TRIP, NO_VEHICLE, transitVehicleTable } from '../../../twin/transit/tables.ts'
import type { LayerContext } from '../layer.ts'
import { pointAlong } from '../linkGeometry.ts'

const DAY_S = 86_400

export interface Bus {
  /** Row of transit.vehicles. */
  readonly row: number
  readonly trip: number
  readonly pattern: number
  readonly route: number
  /** Row of traffic.vehicles, or NO_VEHICLE. */
  readonly vehicle: number
  readonly delayS: number
}

/** Every bus that is on a trip. */
export function busesOf({ city, mirror }: Pick<LayerContext, 'city' | 'mirror'>): Bus[] {
  const { timetable } = city
  if (timetable === undefined) return []
  const table = mirror.table(transitVehicleTable)
  const { trip, vehicle, delayS } = table.columns
  const buses: Bus[] = []
  for (let row = 0; row < table.rows; row++) {
    if (trip[row] === NO_TRIP || trip[row] >= timetable.trips.pattern.length) continue
    const pattern = timetable.trips.pattern[trip[row]]
    buses.push({
      row,
      trip: trip[row],
      pattern,
      route: timetable.patterns.route[pattern],
      vehicle: vehicle[row],
      delayS: delayS[row],
    })
  }
  return buses
}

/** Where a bus is drawn now; undefined while it waits for room on its first link. */
export function placeOfBus(
  { city, plans, clock }: Pick<LayerContext, 'city' | 'plans' | 'clock'>,
  bus: Bus,
): LngLat | undefined {
  if (bus.vehicle === NO_VEHICLE || bus.vehicle >= plans.rows) return undefined
  const drawn = plans.drawn(bus.vehicle, clock.tick())
  return drawn && lngLatFromLocal(city.projection, pointAlong(city.network, drawn.link, drawn.alongM))
}

/** Where the timetable has a bus at this time of day, between two stops in proportion to time; undefined before its trip and after. */
export function plannedPlace(city: City, bus: Bus, secondOfDay: number): LngLat | undefined {
  const { timetable } = city
  if (timetable === undefined) return undefined
  const { patterns, patternStops, trips } = timetable
  const first = patterns.firstStop[bus.pattern]
  const last = first + patterns.stopCount[bus.pattern] - 1
  let elapsedS = secondOfDay - (trips.departureS[bus.trip] % DAY_S)
  if (elapsedS < -DAY_S / 2) elapsedS += DAY_S
  if (elapsedS > DAY_S / 2) elapsedS -= DAY_S
  if (elapsedS < 0 || elapsedS > patternStops.arrivalS[last]) return undefined
  let stop = first
  while (stop < last && patternStops.arrivalS[stop + 1] <= elapsedS) stop++
  if (stop === last || elapsedS <= patternStops.departureS[stop])
    return placeOnPath(city, timetable, bus.pattern, pathM(city, timetable, bus.pattern, stop))
  const fromS = patternStops.departureS[stop]
  const share = (elapsedS - fromS) / Math.max(1, patternStops.arrivalS[stop + 1] - fromS)
  const fromM = pathM(city, timetable, bus.pattern, stop)
  const toM = pathM(city, timetable, bus.pattern, stop + 1)
  return placeOnPath(city, timetable, bus.pattern, fromM + share * (toM - fromM))
}

/** The course of a pattern. */
export function courseOf(city: City, pattern: number): [number, number][] {
  const { timetable, network } = city
  if (timetable === undefined) return []
  const { patterns, patternLinks } = timetable
  const course: [number, number][] = []
  const end = patterns.firstLink[pattern] + patterns.linkCount[pattern]
  for (let p = patterns.firstLink[pattern]; p < end; p++) {
    const link = patternLinks.link[p]
    const first = network.links.shapeStart[link]
    for (let i = first; i < first + network.links.shapeCount[link]; i++)
      course.push([...lngLatFromLocal(city.projection, [network.shape.xM[i], network.shape.yM[i]])])
  }
  return course
}

/** Row of stops of the next stop of a bus; undefined at the end of its trip. */
export function nextStopOf(
  { city, mirror }: Pick<LayerContext, 'city' | 'mirror'>,
  bus: Bus,
): number | undefined {
  const { timetable } = city
  if (timetable === undefined) return undefined
  const next = mirror.table(transitVehicleTable).columns.nextStop[bus.row]
  if (next >= timetable.patterns.stopCount[bus.pattern]) return undefined
  return timetable.patternStops.stop[timetable.patterns.firstStop[bus.pattern] + next]
}

/** Metres along the pattern's path at which one of its stops stands. */
function pathM(
  city: City,
  { patterns, patternLinks, patternStops }: Timetable,
  pattern: number,
  stop: number,
): number {
  let m = patternStops.alongM[stop]
  const first = patterns.firstLink[pattern]
  for (let p = first; p < first + patternStops.pathIndex[stop]; p++)
    m += city.network.links.lengthM[patternLinks.link[p]]
  return m
}

function placeOnPath(
  city: City,
  { patterns, patternLinks }: Timetable,
  pattern: number,
  m: number,
): LngLat | undefined {
  let left = m
  const end = patterns.firstLink[pattern] + patterns.linkCount[pattern]
  for (let p = patterns.firstLink[pattern]; p < end; p++) {
    const link = patternLinks.link[p]
    const lengthM = city.network.links.lengthM[link]
    if (left <= lengthM || p === end - 1)
      return lngLatFromLocal(city.projection, pointAlong(city.network, link, left))
    left -= lengthM
  }
  return undefined
}
