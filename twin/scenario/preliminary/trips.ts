/**
 * Who drives where in an hour, on average: the trips that the dynamic model draws by dice, by zone and zone, and the crossings
 * from which they set out. Conserved: what sets out is what the demand model expects of the hour.
 */
import { addExpectedTrips, followHomesAndJobs, setRates, type Demand } from '../../traffic/demand.ts'
import type { Demand as Pairs } from '../../traffic/assignment/demand.ts'
import type { Routes } from '../../traffic/routes.ts'
import type { Streets } from './streets.ts'

/** Trips of a zone set out from so many of its crossings, in equal shares; the dynamic model draws among all of them. */
const STARTS_PER_ZONE = 4
/** The hour is looked at so often, seconds. */
const EVERY_S = 300

/** Visitors by car, an hour: by zone those who come to it and those who leave it. */
export interface Visitors {
  readonly coming: ReadonlyMap<number, number>
  readonly leaving: ReadonlyMap<number, number>
}

/** Trips of an hour of a day of the week (0 = Monday), by zone × zones + zone driven to, at the demand's knobs as they stand. */
export function tripsOfHour(demand: Demand, hour: number, day: number): Float64Array {
  followHomesAndJobs(demand)
  const trips = new Float64Array(demand.zoneCount * demand.zoneCount)
  for (let atS = EVERY_S / 2; atS < 3600; atS += EVERY_S) {
    setRates(demand, hour * 3600 + atS, day)
    addExpectedTrips(demand, EVERY_S, trips)
  }
  return trips
}

/** Adds visitors: they come from where people live, however far, and go back there. */
export function addVisitors({ homes, zoneCount }: Demand, visitors: Visitors, trips: Float64Array): void {
  const people = homes.reduce((sum, count) => sum + count, 0)
  const spread = (zone: number, cars: number, rowOf: (home: number) => number) => {
    const elsewhere = people - homes[zone]
    if (elsewhere <= 0) return
    for (let home = 0; home < zoneCount; home++)
      if (home !== zone) trips[rowOf(home)] += (cars * homes[home]) / elsewhere
  }
  for (const [zone, cars] of visitors.coming) spread(zone, cars, (home) => home * zoneCount + zone)
  for (const [zone, cars] of visitors.leaving) spread(zone, cars, (home) => zone * zoneCount + home)
}

/** Trips as the assignment of `streets.ts` takes them: by zone they end in, the crossings they come from. */
export function pairsOf({ nodeOf }: Streets, routes: Routes, trips: Float64Array): Pairs {
  const { zoneCount, originStart, originNode } = routes
  const starts: { readonly node: number; readonly zone: number; readonly share: number }[] = []
  for (let zone = 0; zone < zoneCount; zone++) {
    const count = Math.min(STARTS_PER_ZONE, originStart[zone + 1] - originStart[zone])
    for (let i = 0; i < count; i++)
      starts.push({ node: nodeOf[originNode[originStart[zone] + i]], zone, share: 1 / count })
  }
  starts.sort((a, b) => a.node - b.node)
  const start = new Int32Array(zoneCount + 1)
  const destination = new Int32Array(zoneCount * starts.length)
  const cars = new Float64Array(zoneCount * starts.length)
  let pairs = 0
  for (let to = 0; to < zoneCount; to++) {
    for (const { node, zone, share } of starts) {
      const own = trips[zone * zoneCount + to] * share
      if (own === 0) continue
      destination[pairs] = node
      cars[pairs++] = own
    }
    start[to + 1] = pairs
  }
  return { start, destination: destination.slice(0, pairs), trips: cars.slice(0, pairs) }
}
