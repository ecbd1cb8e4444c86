/**
 * What each building needs of the grid: yearly energy by class, customers, roof cells, chargers. Homes share the energy
 * of their zone's residents, everything else that of its jobs, so that the city's sums do not hang on guessed floors.
 */
import { randomUnit } from '../../twin/kernel/random.ts'
import { CLASS_COUNT, classFactor, meanFactors, REACTIVE_RATIOS } from '../../twin/power/load.ts'
import { buildingClasses } from '../../twin/power/grid.ts'
import type { Weather } from '../../twin/power/weather.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { Zones } from '../../twin/traffic/zones.ts'
import { makeNodeFinder, type FloorSpace } from './activity.ts'
import { GATEWAY_MARK } from './zones.ts'

/** Energy per resident and year. Assumed; together they give Montevideo 4.2 TWh, a little under 40 % of what Uruguay uses, as is said of it. */
export interface DemandFacts {
  readonly homeKwhPerResident: number
  readonly otherKwhPerResident: number
}
export const ASSUMED_DEMAND: DemandFacts = { homeKwhPerResident: 1200, otherKwhPerResident: 2000 }

/** UTE's mean home used 231 kWh a month in 2021. */
const WH_PER_HOME = 231_000 * 12
/** Yearly energy of a mean customer that is no home. Assumed. */
const WH_PER_BUSINESS = 30_000_000
/** Of a square metre's energy against one of a shop or office; homes have shops at their feet. Assumed. */
const OTHER_WEIGHT = [0.04, 1, 0.7, 0.7]
/** Share of roofs with cells, and their peak per building, W. Assumed. */
const PV_SHARE = 0.04
const PV_W = [3_500, 20_000, 60_000, 25_000]
/** Share of customers who charge a car at home, and of other buildings with public chargers, W. Assumed. */
const HOME_CHARGER_SHARE = 0.02
const HOME_CHARGER_W = 7_400
const PUBLIC_CHARGER_SHARE = 0.05
const PUBLIC_CHARGER_W = 44_000

const STREAM = { customers: 11, pv: 12, home: 13, public: 14 } as const

/** One row per building. */
export interface BuildingDemand {
  readonly node: Uint32Array
  /** By class, then building. */
  readonly whPerYear: readonly Float64Array[]
  readonly customers: Uint32Array
  readonly pvW: Float32Array
  readonly chargerW: Float32Array
}

/** Shares the city's energy among its buildings; a zone without buildings passes its own on to all. */
export function buildingDemand(
  buildings: FloorSpace,
  network: RoadNetwork,
  zones: Zones,
  demand: DemandFacts,
  seed: number,
): BuildingDemand {
  const count = buildings.xM.length
  const nodeAt = makeNodeFinder(network)
  const node = Uint32Array.from({ length: count }, (_, i) => nodeAt(buildings.xM[i], buildings.yM[i]))
  const zoneOf = (i: number) => zones.nodes.zone[node[i]]
  const whPerYear = Array.from({ length: CLASS_COUNT }, () => new Float64Array(count))
  const home = (i: number) => (buildings.buildingClass[i] === 0 ? Math.max(buildings.floorAreaM2[i], 20) : 0)
  const other = (i: number) =>
    OTHER_WEIGHT[buildings.buildingClass[i]] * Math.max(buildings.floorAreaM2[i], 20)

  const isInside = zones.zones.name.map((name) => !name.startsWith(GATEWAY_MARK))
  const inside = (column: Float32Array) => column.map((value, zone) => (isInside[zone] ? value : 0))
  const residents = inside(zones.zones.residents)
  const jobs = inside(zones.zones.jobs)
  const residentSum = sum(residents)
  const homeWh = residentSum * demand.homeKwhPerResident * 1000
  const otherWh = residentSum * demand.otherKwhPerResident * 1000
  const homeShares = shares(count, zoneOf, home, residents)
  const otherShares = shares(count, zoneOf, other, jobs)
  const customers = new Uint32Array(count)
  const pvW = new Float32Array(count)
  const chargerW = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    const own = buildings.buildingClass[i]
    whPerYear[0][i] = homeShares[i] * homeWh
    // Shops at the feet of homes are commercial; other buildings are what they are.
    whPerYear[own === 0 ? 1 : own][i] += otherShares[i] * otherWh
    const kind = buildingClasses[own]
    const wanted =
      kind === 'residential' ? whPerYear[0][i] / WH_PER_HOME : (otherShares[i] * otherWh) / WH_PER_BUSINESS
    customers[i] = Math.max(1, Math.floor(wanted + randomUnit(seed, STREAM.customers, i)))
    if (randomUnit(seed, STREAM.pv, i) < PV_SHARE) pvW[i] = PV_W[own]
    if (kind === 'residential') {
      chargerW[i] =
        Math.floor(customers[i] * HOME_CHARGER_SHARE + randomUnit(seed, STREAM.home, i)) * HOME_CHARGER_W
    } else if (randomUnit(seed, STREAM.public, i) < PUBLIC_CHARGER_SHARE) chargerW[i] = PUBLIC_CHARGER_W
  }
  return { node, whPerYear, customers, pvW, chargerW }
}

/** Loads of the classes at the hours that can be the worst of the year, per mean watt: one row of CLASS_COUNT per hour. */
export function worstHours(weather: Weather): Float64Array[] {
  const means = meanFactors(weather)
  const { temperatureC } = weather.hours
  const factors = (hour: number, isWeekend: boolean) =>
    Float64Array.from(
      means,
      (mean, each) => classFactor(each, isWeekend, ((hour % 24) + 0.5) * 3600, temperatureC[hour]) / mean,
    )
  // Every mix of classes has its own worst hour; these mixes stand for all.
  const mixes = [
    [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [3, 1, 0, 0], [1, 1, 0, 0], [1, 3, 0, 0], [2, 1, 1, 0],
    [1, 1, 1, 1], [1, 2, 1, 0], [4, 3, 2, 1],
  ] // prettier-ignore
  const chosen = new Map<string, Float64Array>()
  for (const mix of mixes) {
    let worst = -1
    let worstKey = ''
    let row = new Float64Array(CLASS_COUNT)
    for (let hour = 0; hour < temperatureC.length; hour++) {
      for (const isWeekend of [false, true]) {
        const each = factors(hour, isWeekend)
        const load = mix.reduce((sum, weight, k) => sum + weight * each[k], 0)
        if (load <= worst) continue
        worst = load
        worstKey = `${hour} ${isWeekend}`
        row = each
      }
    }
    chosen.set(worstKey, row)
  }
  return [...chosen.values()]
}

/** Apparent power at one hour of energies by class, VA. */
export function apparentVa(whPerYear: readonly number[], hour: Float64Array): number {
  let p = 0
  let q = 0
  for (let each = 0; each < CLASS_COUNT; each++) {
    const watts = (whPerYear[each] / 8760) * hour[each]
    p += watts
    q += watts * REACTIVE_RATIOS[each]
  }
  return Math.sqrt(p * p + q * q)
}

/** The worst of the hours, VA. */
export function peakVa(whPerYear: readonly number[], hours: readonly Float64Array[]): number {
  return hours.reduce((worst, hour) => Math.max(worst, apparentVa(whPerYear, hour)), 0)
}

/** Each building's part of 1: its zone's part of `amounts`, by weight within the zone. */
function shares(
  count: number,
  zoneOf: (i: number) => number,
  weight: (i: number) => number,
  amounts: Float32Array,
): Float64Array {
  const amountSum = sum(amounts)
  const inZone = new Float64Array(amounts.length)
  let everywhere = 0
  for (let i = 0; i < count; i++) {
    everywhere += weight(i)
    if (zoneOf(i) < inZone.length) inZone[zoneOf(i)] += weight(i)
  }
  const result = new Float64Array(count)
  if (everywhere === 0) return result.fill(count === 0 ? 0 : 1 / count)
  let placed = 0
  if (amountSum > 0)
    for (let zone = 0; zone < inZone.length; zone++) if (inZone[zone] > 0) placed += amounts[zone] / amountSum
  for (let i = 0; i < count; i++) {
    const zone = zoneOf(i)
    const own =
      zone < inZone.length && inZone[zone] > 0 && amountSum > 0
        ? (amounts[zone] / amountSum / inZone[zone]) * weight(i)
        : 0
    result[i] = own + ((1 - placed) * weight(i)) / everywhere
  }
  return result
}

function sum(values: Float32Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
