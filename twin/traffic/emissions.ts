/**
 * Carbon dioxide of driving, by speed: what a vehicle of a mixed light-duty fleet gives off, from Barth and Boriboonsomsin (2008),
 * "Real-World Carbon Dioxide Impacts of Traffic Congestion", Transportation Research Record 2058, the fitted curve of real
 * driving: ln(grams a mile) is a polynomial of fourth degree in miles an hour. Of a Californian fleet of the years before; for
 * others the differences between two runs are to be trusted more than the sums.
 */
import { exp } from '../kernel/math.ts'

const COEFFICIENTS = [
  7.61353499496556, -0.138565467462594, 0.003915102063854, -0.000049451361017, 0.000000238630156,
] as const
const MPH_PER_MPS = 2.2369362920544
const M_PER_MILE = 1609.344
/** Slower than this the fit has nothing to say: who stands in a queue gives off as much a second as one who crawls so fast. */
const SLOWEST_MPH = 5
const FASTEST_MPH = 75

/** Grams of CO2 a second of one vehicle at `speedMps`, at least 0. */
export function co2GPerS(speedMps: number): number {
  const mph = Math.min(FASTEST_MPH, Math.max(SLOWEST_MPH, speedMps * MPH_PER_MPS))
  const [a, b, c, d, e] = COEFFICIENTS
  const gPerMile = exp(a + mph * (b + mph * (c + mph * (d + mph * e))))
  return (gPerMile * mph) / MPH_PER_MPS / M_PER_MILE
}
