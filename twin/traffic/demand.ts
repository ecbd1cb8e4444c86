/**
 * Who drives where and when. Trips of six purposes leave each zone by a time-of-day curve and spread over destinations by a
 * gravity model. Every draw is counter-based on (seed, second, zone), so departures do not depend on anything that happened.
 */
import { exp, PI } from '../kernel/math.ts'
import type { Knobs } from '../kernel/knob.ts'
import { randomBits, randomUnit } from '../kernel/random.ts'
import { seedNow, type Varying } from '../kernel/variation.ts'
import type { TrafficParameters } from './calibrationParameters.ts'
import type { trafficKnobs } from './knobs.ts'
import type { Zones } from './zones.ts'

export const purposes = ['toWork', 'fromWork', 'toOther', 'fromOther', 'between', 'freight'] as const
const FREIGHT = purposes.indexOf('freight')

/** Share of trips that neither start nor end at home, business and errands (assumed, typical of household surveys). */
const BETWEEN_SHARE = 0.12
/** Saturday's and Sunday's trips over a weekday's; share of commuting and freight that remains at a weekend (assumed). */
const SATURDAY_FACTOR = 0.85
const SUNDAY_FACTOR = 0.65
const WEEKEND_WORK_FACTOR = 0.35
/** Rounds of balancing rows and columns (Furness 1965); the sums are then within a few per cent. */
const BALANCING_ROUNDS = 8

/** Shares of a day's trips by hour (assumed, after the shape of Latin American household surveys): from home to anything but work, back, and those in between with freight. */
const TO_OTHER = [3, 2, 1, 1, 2, 6, 22, 62, 72, 66, 66, 64, 60, 60, 62, 62, 64, 68, 68, 62, 44, 28, 16, 8]
const FROM_OTHER = [12, 7, 4, 3, 3, 4, 8, 22, 34, 46, 56, 66, 70, 64, 60, 62, 68, 76, 78, 76, 66, 50, 34, 22]
const BETWEEN = [3, 2, 2, 2, 4, 10, 28, 56, 76, 84, 86, 84, 78, 78, 82, 82, 78, 66, 46, 28, 16, 10, 6, 4]

export interface Demand {
  readonly zoneCount: number
  /** By zone: residents from whom trips come; 0 where no trip can start. */
  readonly homes: Float64Array
  /** By purpose × zones + zone: share of the purpose's trips that leave there. */
  readonly originShare: Float64Array
  /** By matrix: cumulative shares of destinations, rows by origin. */
  readonly cumulative: readonly Float32Array[]
  /** Of a fork: times its `varying.demandFactor`. */
  tripsPerDay: number
  readonly demandFactor: number
  readonly seed: number
  readonly varying: Varying
  readonly knobs: Knobs<typeof trafficKnobs>
  readonly parameters: TrafficParameters
  readonly zones: Zones
  /** `hasNodes[zone]` is 0 for zones that no trip can start or end in. */
  readonly hasNodes: Uint8Array
  readonly friction: Float64Array
  /** The knobs for which trips are balanced now; they follow from the knobs alone, so that none of this is state. */
  readonly balancedFor: { readonly residents: Float64Array; readonly jobs: Float64Array }
  /** Trips a second by purpose, set by `setRates`. */
  readonly rateByPurpose: Float64Array
}

/** Where a trip's destination row lies: purposes that go back use the transposed matrix. */
const MATRIX_OF_PURPOSE = [0, 1, 2, 3, 4, 4]
const MATRICES = 5

/** Prepares demand; `hasNodes[zone]` is 0 for zones that no trip can start or end in. */
export function makeDemand(
  zones: Zones,
  hasNodes: Uint8Array,
  parameters: TrafficParameters,
  demandFactor: number,
  seed: number,
  varying: Varying,
  knobs: Knobs<typeof trafficKnobs>,
): Demand {
  const zoneCount = zones.zones.residents.length
  const demand: Demand = {
    zoneCount,
    homes: new Float64Array(zoneCount),
    originShare: new Float64Array(purposes.length * zoneCount),
    cumulative: Array.from({ length: MATRICES }, () => new Float32Array(zoneCount * zoneCount)),
    tripsPerDay: 0,
    demandFactor,
    seed,
    varying,
    knobs,
    parameters,
    zones,
    hasNodes,
    friction: makeFriction(zones, parameters.gravityDecayM),
    balancedFor: { residents: new Float64Array(zoneCount), jobs: new Float64Array(zoneCount) },
    rateByPurpose: new Float64Array(purposes.length),
  }
  balanceTrips(demand)
  return demand
}

/**
 * Balances trips anew when homes or jobs came or went: how many leave each zone and where they go. Distances and the readiness to
 * travel them are held; so are visits, which go where they went.
 */
export function followHomesAndJobs(demand: Demand): void {
  const { knobs, balancedFor } = demand
  const isSame = (now: Float64Array, then: Float64Array) => now.every((value, zone) => value === then[zone])
  if (isSame(knobs.residentsAdded, balancedFor.residents) && isSame(knobs.jobsAdded, balancedFor.jobs)) return
  balanceTrips(demand)
}

function balanceTrips(demand: Demand): void {
  const { zoneCount, homes, originShare, cumulative, knobs, hasNodes, friction, parameters, balancedFor } =
    demand
  const { residents, jobs, attraction } = demand.zones.zones
  balancedFor.residents.set(knobs.residentsAdded)
  balancedFor.jobs.set(knobs.jobsAdded)
  const weight = (column: ArrayLike<number>) =>
    Float64Array.from(column, (value, zone) => (hasNodes[zone] !== 0 && value > 0 ? value : 0))
  const residentsNow = Float64Array.from(residents, (count, zone) => count + knobs.residentsAdded[zone])
  const jobsNow = Float64Array.from(jobs, (count, zone) => Math.max(0, count + knobs.jobsAdded[zone]))
  const activity = weight(Float32Array.from(jobsNow, (value, zone) => value + attraction[zone]))
  homes.set(weight(residentsNow))
  const work = balance(homes, weight(jobsNow), friction)
  const other = balance(homes, weight(attraction), friction)
  const between = balance(activity, activity, friction)
  const matrices = [work, transpose(work, zoneCount), other, transpose(other, zoneCount), between]
  const sums = matrices.map((matrix) => rowSums(matrix, zoneCount))
  MATRIX_OF_PURPOSE.forEach((matrix, purpose) => originShare.set(sums[matrix], purpose * zoneCount))
  matrices.forEach((matrix, at) => cumulative[at].set(cumulate(matrix, zoneCount)))
  let people = 0
  for (let zone = 0; zone < zoneCount; zone++)
    if (hasNodes[zone] !== 0) people += Math.max(0, residentsNow[zone])
  demand.tripsPerDay = people * parameters.tripsPerResident * demand.demandFactor
}

/** Sets the trips a second of each purpose for a second of the day and a day of the week (0 = Monday). */
export function setRates(demand: Demand, secondOfDay: number, dayOfWeek: number): void {
  const { parameters: p, rateByPurpose } = demand
  const dayFactor = dayOfWeek === 6 ? SUNDAY_FACTOR : dayOfWeek === 5 ? SATURDAY_FACTOR : 1
  const workFactor = dayOfWeek >= 5 ? WEEKEND_WORK_FACTOR : 1
  const hour = secondOfDay / 3600
  const perHour =
    demand.tripsPerDay * demand.varying.demandFactor * demand.knobs.carTripsFactor[0] * dayFactor
  const work = 0.5 * p.commuteShare * workFactor
  const other = 0.5 * Math.max(0, 1 - p.commuteShare - BETWEEN_SHARE - p.truckShare)
  rateByPurpose[0] = perHour * work * bell(hour, p.morningPeakH, p.morningWidthH)
  rateByPurpose[1] = perHour * work * bell(hour, p.eveningPeakH, p.eveningWidthH)
  rateByPurpose[2] = perHour * other * hourly(TO_OTHER, hour)
  rateByPurpose[3] = perHour * other * hourly(FROM_OTHER, hour)
  rateByPurpose[4] = perHour * BETWEEN_SHARE * hourly(BETWEEN, hour)
  rateByPurpose[5] = perHour * p.truckShare * workFactor * hourly(BETWEEN, hour)
  for (let purpose = 0; purpose < rateByPurpose.length; purpose++) rateByPurpose[purpose] /= 3600
}

/** How many trips leave `zone` in the second `unixS`: the expected number rounded up or down by chance. */
export function departuresOf(demand: Demand, zone: number, unixS: number): number {
  const { originShare, rateByPurpose, zoneCount } = demand
  const seed = seedNow(demand.seed, demand.varying)
  let expected = 0
  for (let purpose = 0; purpose < rateByPurpose.length; purpose++)
    expected += rateByPurpose[purpose] * originShare[purpose * zoneCount + zone]
  return Math.floor(expected + randomUnit(seed, unixS, zone, 0))
}

/** Adds to `trips`, by zone × zones + zone driven to, `seconds` of what is expected at the rates as set. Trips within a zone are none. */
export function addExpectedTrips(demand: Demand, seconds: number, trips: Float64Array): void {
  const { originShare, rateByPurpose, zoneCount, cumulative } = demand
  for (let purpose = 0; purpose < rateByPurpose.length; purpose++) {
    const reached = cumulative[MATRIX_OF_PURPOSE[purpose]]
    for (let zone = 0; zone < zoneCount; zone++) {
      const leaving = seconds * rateByPurpose[purpose] * originShare[purpose * zoneCount + zone]
      if (leaving === 0) continue
      const row = zone * zoneCount
      for (let to = 0, before = 0; to < zoneCount; to++) {
        if (to !== zone) trips[row + to] += leaving * (reached[row + to] - before)
        before = reached[row + to]
      }
    }
  }
}

/** The purpose of trip `index` from `zone` in that second. */
export function purposeOf(demand: Demand, zone: number, unixS: number, index: number): number {
  const { originShare, rateByPurpose, zoneCount } = demand
  const seed = seedNow(demand.seed, demand.varying)
  let expected = 0
  for (let purpose = 0; purpose < rateByPurpose.length; purpose++)
    expected += rateByPurpose[purpose] * originShare[purpose * zoneCount + zone]
  let left = expected * randomUnit(seed, unixS, zone, 8 * index + 1)
  for (let purpose = 0; purpose < rateByPurpose.length - 1; purpose++) {
    left -= rateByPurpose[purpose] * originShare[purpose * zoneCount + zone]
    if (left < 0) return purpose
  }
  return rateByPurpose.length - 1
}

/** The zone trip `index` drives to. */
export function destinationOf(
  demand: Demand,
  purpose: number,
  zone: number,
  unixS: number,
  index: number,
): number {
  const row = demand.cumulative[MATRIX_OF_PURPOSE[purpose]]
  const draw = randomUnit(seedNow(demand.seed, demand.varying), unixS, zone, 8 * index + 2)
  let low = zone * demand.zoneCount
  let high = low + demand.zoneCount - 1
  const base = low
  while (low < high) {
    const middle = (low + high) >> 1
    if (row[middle] > draw) high = middle
    else low = middle + 1
  }
  return low - base
}

/** 32 bits for the origin node and, as a number in [0, 1), the kind of driver of trip `index`. */
export function originBits(demand: Demand, zone: number, unixS: number, index: number): number {
  return randomBits(seedNow(demand.seed, demand.varying), unixS, zone, 8 * index + 3)
}

export function driverDraw(demand: Demand, zone: number, unixS: number, index: number): number {
  return randomUnit(seedNow(demand.seed, demand.varying), unixS, zone, 8 * index + 4)
}

/** Whether a purpose is driven by trucks. */
export function isFreight(purpose: number): boolean {
  return purpose === FREIGHT
}

/** The normal density, per hour. */
function bell(hour: number, mean: number, deviation: number): number {
  const x = (hour - mean) / Math.max(0.05, deviation)
  return exp(-0.5 * x * x) / (Math.max(0.05, deviation) * Math.sqrt(2 * PI))
}

/** A table of 24 hourly shares read between the middles of hours, per hour. */
function hourly(table: readonly number[], hour: number): number {
  const at = hour - 0.5
  const before = Math.floor(at)
  const part = at - before
  const a = table[(before + 24) % 24]
  const b = table[(before + 25) % 24]
  return (a + (b - a) * part) / table.reduce((sum, share) => sum + share, 0)
}

/** Readiness to travel between zones, e^(−distance / decay); none within a zone, which is walked. */
function makeFriction(zones: Zones, decayM: number): Float64Array {
  const { xM, yM } = zones.zones
  const count = xM.length
  const friction = new Float64Array(count * count)
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const dx = xM[i] - xM[j]
      const dy = yM[i] - yM[j]
      friction[i * count + j] = i === j ? 0 : exp(-Math.sqrt(dx * dx + dy * dy) / decayM)
    }
  return friction
}

/** A matrix of shares (sum 1) whose rows go like `origins` and columns like `destinations`, by Furness balancing. */
function balance(origins: Float64Array, destinations: Float64Array, friction: Float64Array): Float64Array {
  const count = origins.length
  const matrix = friction.slice()
  const totalFrom = sum(origins) || 1
  const totalTo = sum(destinations) || 1
  for (let round = 0; round < BALANCING_ROUNDS; round++) {
    for (let j = 0; j < count; j++) {
      let column = 0
      for (let i = 0; i < count; i++) column += matrix[i * count + j]
      const scale = column > 0 ? destinations[j] / totalTo / column : 0
      for (let i = 0; i < count; i++) matrix[i * count + j] *= scale
    }
    for (let i = 0; i < count; i++) {
      let row = 0
      for (let j = 0; j < count; j++) row += matrix[i * count + j]
      const scale = row > 0 ? origins[i] / totalFrom / row : 0
      for (let j = 0; j < count; j++) matrix[i * count + j] *= scale
    }
  }
  return matrix
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}

function transpose(matrix: Float64Array, count: number): Float64Array {
  return Float64Array.from(matrix, (_, at) => matrix[(at % count) * count + Math.floor(at / count)])
}

function rowSums(matrix: Float64Array, count: number): Float64Array {
  const sums = new Float64Array(count)
  for (let at = 0; at < matrix.length; at++) sums[Math.floor(at / count)] += matrix[at]
  return sums
}

/** Each row as cumulative shares ending in 1. */
function cumulate(matrix: Float64Array, count: number): Float32Array {
  const sums = rowSums(matrix, count)
  const cumulative = new Float32Array(matrix.length)
  for (let i = 0; i < count; i++) {
    let reached = 0
    for (let j = 0; j < count; j++) {
      reached += sums[i] > 0 ? matrix[i * count + j] / sums[i] : 0
      cumulative[i * count + j] = j === count - 1 ? 1 : reached
    }
  }
  return cumulative
}
