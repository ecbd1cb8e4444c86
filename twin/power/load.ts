/**
 * What the classes of buildings draw through the day, the week and the weather, and what roofs give back.
 * Curves are relative to the class's yearly mean; `meanFactors` makes that mean exact for a city's weather.
 */
import type { Weather } from './weather.ts'

/** In the order of `buildingClasses`. */
export const CLASS_COUNT = 4

/**
 * Load by hour of day, weekday and weekend, at the middle of the hour, before normalising. Assumed: of the shape of published
 * standard load profiles (BDEW households, businesses, continuous works), with the late evening peak of Uruguayan homes
 * and street lamps among the public loads.
 */
const HOURLY: readonly (readonly [weekday: readonly number[], weekend: readonly number[]])[] = [
  [
    [0.7, 0.56, 0.48, 0.45, 0.44, 0.48, 0.64, 0.86, 0.92, 0.9, 0.9, 0.94, 1.04, 1.04, 0.96, 0.92, 0.94, 1.04, 1.28, 1.58, 1.84, 1.88, 1.6, 1.12],
    [0.82, 0.68, 0.58, 0.52, 0.5, 0.5, 0.56, 0.7, 0.9, 1.05, 1.12, 1.18, 1.28, 1.26, 1.14, 1.06, 1.06, 1.14, 1.32, 1.56, 1.78, 1.78, 1.52, 1.12],
  ],
  [
    [0.62, 0.58, 0.56, 0.55, 0.56, 0.62, 0.76, 0.98, 1.2, 1.34, 1.4, 1.42, 1.4, 1.38, 1.38, 1.37, 1.36, 1.36, 1.34, 1.28, 1.16, 0.98, 0.82, 0.7],
    [0.6, 0.57, 0.55, 0.54, 0.55, 0.58, 0.63, 0.7, 0.82, 0.93, 1, 1.02, 1, 0.96, 0.93, 0.92, 0.92, 0.95, 0.98, 0.96, 0.9, 0.8, 0.72, 0.65],
  ],
  [
    [0.72, 0.7, 0.7, 0.7, 0.74, 0.85, 1.05, 1.25, 1.35, 1.38, 1.38, 1.36, 1.28, 1.32, 1.36, 1.34, 1.28, 1.18, 1.06, 0.98, 0.92, 0.88, 0.82, 0.76],
    [0.6, 0.58, 0.56, 0.56, 0.58, 0.6, 0.66, 0.72, 0.78, 0.8, 0.8, 0.8, 0.76, 0.76, 0.76, 0.74, 0.72, 0.7, 0.68, 0.66, 0.66, 0.65, 0.64, 0.62],
  ],
  [
    [0.85, 0.82, 0.8, 0.8, 0.8, 0.84, 0.92, 1.05, 1.22, 1.28, 1.3, 1.28, 1.22, 1.2, 1.2, 1.16, 1.12, 1.1, 1.14, 1.2, 1.18, 1.1, 1, 0.92],
    [0.85, 0.82, 0.8, 0.8, 0.8, 0.8, 0.78, 0.76, 0.8, 0.84, 0.86, 0.86, 0.84, 0.82, 0.8, 0.8, 0.82, 0.88, 1, 1.06, 1.06, 1.02, 0.96, 0.9],
  ],
] // prettier-ignore

/** Added share of load per degree of heating and of cooling, by class. Assumed; of the order of published hourly regressions. */
const HEATING_PER_C = [0.02, 0.008, 0.002, 0.008]
const COOLING_PER_C = [0.02, 0.022, 0.006, 0.018]
/** Outdoor temperatures between which nobody heats or cools, °C (the usual bases of degree days). */
const HEATING_BASE_C = 16
const COOLING_BASE_C = 23
/** Beyond this many degrees every heater and every cooler runs already. Assumed. */
const HEATING_LIMIT_C = 20
const COOLING_LIMIT_C = 14

/** Power factor of the load, by class. Assumed, within the 0.95 to 0.97 that tariffs ask for. */
export const POWER_FACTORS = [0.97, 0.96, 0.95, 0.96]

/** Reactive per active power, tan(acos(power factor)), by class. */
export const REACTIVE_RATIOS = POWER_FACTORS.map((factor) => Math.sqrt(1 - factor * factor) / factor)

/** Share of its rated power that a roof gives at 1,000 W/m² and 25 °C of the cells: wiring, dirt, inverter (performance ratio, typically 0.75 to 0.85). */
const PV_PERFORMANCE = 0.8
/** Of crystalline silicon, per degree of the cell, which the sun warms by 0.03 °C per W/m² (NOCT of 45 to 48 °C). */
const PV_LOSS_PER_C = 0.004
const CELL_WARMING_C_PER_WPM2 = 0.03

/** Load of class `buildingClass` relative to an unnormalised mean of about 1, at a second of the day and an outdoor temperature. */
export function classFactor(
  buildingClass: number,
  isWeekend: boolean,
  secondOfDay: number,
  temperatureC: number,
): number {
  const curve = HOURLY[buildingClass][isWeekend ? 1 : 0]
  const hour = secondOfDay / 3600 - 0.5
  const before = Math.floor(hour)
  const share = hour - before
  const factor = curve[(before + 24) % 24] * (1 - share) + curve[(before + 25) % 24] * share
  const heatingC = Math.min(Math.max(HEATING_BASE_C - temperatureC, 0), HEATING_LIMIT_C)
  const coolingC = Math.min(Math.max(temperatureC - COOLING_BASE_C, 0), COOLING_LIMIT_C)
  return factor * (1 + HEATING_PER_C[buildingClass] * heatingC + COOLING_PER_C[buildingClass] * coolingC)
}

/**
 * The mean of `classFactor` over the weather year, by class, every day counted as five parts weekday and two parts
 * weekend: dividing by it gives each class exactly its yearly energy.
 */
export function meanFactors(weather: Weather): Float64Array {
  const { temperatureC } = weather.hours
  const means = new Float64Array(CLASS_COUNT)
  for (let each = 0; each < CLASS_COUNT; each++) {
    let sum = 0
    for (let hour = 0; hour < temperatureC.length; hour++) {
      const middleS = ((hour % 24) + 0.5) * 3600
      sum += 5 * classFactor(each, false, middleS, temperatureC[hour])
      sum += 2 * classFactor(each, true, middleS, temperatureC[hour])
    }
    means[each] = temperatureC.length === 0 ? 1 : sum / (7 * temperatureC.length)
  }
  return means
}

/** Power of rooftop cells per watt of their rated peak, at a horizontal irradiance and an outdoor temperature. */
export function pvFactor(irradianceWpm2: number, temperatureC: number): number {
  const cellC = temperatureC + CELL_WARMING_C_PER_WPM2 * irradianceWpm2
  return Math.max(0, (irradianceWpm2 / 1000) * PV_PERFORMANCE * (1 - PV_LOSS_PER_C * (cellC - 25)))
}

/** A weather column at a moment of the year, between its hours. `hour` counts from local midnight of 1 January and wraps. */
export function weatherAt(column: Float32Array, hour: number): number {
  if (column.length === 0) return 0
  const before = Math.floor(hour)
  const share = hour - before
  const last = column.length
  return column[before % last] * (1 - share) + column[(before + 1) % last] * share
}
