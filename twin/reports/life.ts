/** How often requests come by the hour, and how long each of their stages lasts. */
import { log } from '../kernel/math.ts'
import { randomUnit } from '../kernel/random.ts'

/**
 * Requests in each hour of the day against the day's mean. Assumed, with the shape city call centres publish: few at night,
 * a peak in the late morning, a slow fall through the afternoon. The mean is 1.
 */
const HOUR_FACTORS = [
  0.25, 0.18, 0.14, 0.12, 0.14, 0.25, 0.55, 1.05, 1.55, 1.85, 1.95, 1.9, 1.75, 1.65, 1.6, 1.55, 1.45, 1.3,
  1.15, 1.0, 0.9, 0.75, 0.57, 0.4,
]

// An office reads a new request after a tenth of the time to the fix, two hours at most. Assumed.
const ACKNOWLEDGED_SHARE = 0.1
const ACKNOWLEDGED_MOST_S = 2 * 3600
// A crew has it after a further quarter. Assumed.
const ASSIGNED_SHARE = 0.25
// From fixed to closed: half a day to a day and a half, for the resident to object. Assumed.
const CLOSING_S = 86_400
const LN_2 = 0.6931471805599453

/** Requests at `secondOfDay` against the mean of the day, without unit; its mean over the day is 1. */
export function hourFactor(secondOfDay: number): number {
  return HOUR_FACTORS[Math.floor(secondOfDay / 3600) % 24] / MEAN_FACTOR
}

const MEAN_FACTOR = HOUR_FACTORS.reduce((sum, factor) => sum + factor, 0) / HOUR_FACTORS.length

/**
 * Seconds from opened to fixed of request `serial`: exponential with the service's median, the law under which the medians of
 * `data/recipes/services.ts` together meet the published times to closure.
 */
export function timeToFixS(seed: number, serial: number, medianHours: number): number {
  return (-log(1 - randomUnit(seed, serial, 1)) / LN_2) * medianHours * 3600
}

/** Seconds that request `serial` stays in `status` (1 open … 4 fixed, as in requestStatuses); the three before the fix add up to `timeToFixS`. */
export function stageS(seed: number, serial: number, medianHours: number, status: number): number {
  if (status === 4) return CLOSING_S * (0.5 + randomUnit(seed, serial, 3))
  const fixS = timeToFixS(seed, serial, medianHours)
  const acknowledgedS = Math.min(ACKNOWLEDGED_SHARE * fixS, ACKNOWLEDGED_MOST_S)
  if (status === 1) return acknowledgedS
  return status === 2 ? ASSIGNED_SHARE * fixS : fixS - acknowledgedS - ASSIGNED_SHARE * fixS
}
