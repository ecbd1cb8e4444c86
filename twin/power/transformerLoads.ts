/** What each transformer carries at a moment: its buildings by class, hour, weather and chance, their roofs, their chargers. */
import { dayOfWeek, hourOfYear, secondOfDay, TICKS_PER_S, type Clock } from '../kernel/clock.ts'
import type { Knobs } from '../kernel/knob.ts'
import { randomUnit } from '../kernel/random.ts'
import { seedNow, type Varying } from '../kernel/variation.ts'
import type { Batteries } from './battery.ts'
import type { PowerGrid } from './grid.ts'
import type { powerKnobs } from './knobs.ts'
import { CLASS_COUNT, classFactor, meanFactors, pvFactor, REACTIVE_RATIOS, weatherAt } from './load.ts'
import type { Response } from './response.ts'
import type { Weather } from './weather.ts'

/**
 * Losses of a transformer at rest and at full load, by its rating: about what the European rule of 2021 allows at 400 kVA
 * (387 W and 3,250 W), rounded up for older ones.
 */
const IRON_LOSS = 0.0013
const COPPER_LOSS = 0.011
/** How far the load of few customers strays from the mean: this over the root of their number, at most MAX_NOISE. Assumed. */
const NOISE = 0.7
const MAX_NOISE = 0.15
/** Chance drifts from one value to the next over this time. Assumed. */
const NOISE_WINDOW_S = 600
/** Reactive per active power of chargers: power factor 0.99. Assumed. */
const CHARGER_REACTIVE = 0.142

const HOURS_PER_YEAR = 8760
const WEATHER_UNKNOWN_C = 15
const NOISE_STREAM = 0x10ad

export interface TransformerLoads {
  /** Of the buildings, chargers apart, W; and what their roofs give. */
  readonly buildingW: Float64Array
  readonly pvW: Float64Array
  /** Drawn by its battery; negative when it gives. */
  readonly batteryW: Float64Array
  /** Through the transformer towards the customers: buildings, chargers and battery less roofs. */
  readonly netW: Float64Array
  readonly netVar: Float64Array
  /** Lost in the transformer itself. */
  readonly lossW: Float64Array
  /** Outdoor temperature of the last update, °C. */
  temperatureC: number
}

/** What else acts on a transformer. */
export interface LoadParts {
  readonly knobs: Knobs<typeof powerKnobs>
  readonly batteries: Batteries
  readonly response: Response
}

/** Sets the columns for a moment, as if all were energized; batteries and demand response move by the `hours` since the last, where there is voltage. */
type Update = (clock: Clock, chargingW: Float64Array, hours: number, isEnergized: Uint8Array) => void

/** Makes the columns, one row per transformer, and the function that sets them. */
export function createTransformerLoads(
  grid: PowerGrid,
  weather: Weather | undefined,
  seed: number,
  varying: Varying,
  { knobs, batteries, response }: LoadParts,
): { loads: TransformerLoads; update: Update } {
  const { pvAddedW, ratingAddedVa, batteryWh, homesAddedWhPerYear, workAddedWhPerYear } = knobs
  const { ratedVa, customers, pvW: installedW } = grid.transformers
  const {
    residentialWhPerYear: home,
    commercialWhPerYear: commercial,
    industrialWhPerYear: industrial,
    publicWhPerYear: common,
  } = grid.transformers
  const count = ratedVa.length
  const column = () => new Float64Array(count)
  const loads: TransformerLoads = {
    buildingW: column(),
    pvW: column(),
    batteryW: column(),
    netW: column(),
    netVar: column(),
    lossW: column(),
    temperatureC: WEATHER_UNKNOWN_C,
  }
  const means = weather === undefined ? new Float64Array(CLASS_COUNT).fill(1) : meanFactors(weather)
  const spread = Float64Array.from(customers, (n) => Math.min(MAX_NOISE, NOISE / Math.sqrt(Math.max(n, 1))))
  // Derived from the clock and the dice alone, so none is state to be saved. A fork draws anew what lies ahead of it only.
  const noiseFrom = column()
  const noiseTo = column()
  let noiseWindow = NaN
  let noiseDice = 0
  const drawNoise = (window: number, sinceWindow: number) => {
    const seedOf = (each: number) => (each > sinceWindow ? seedNow(seed, varying) : seed)
    const [seedFrom, seedTo] = [seedOf(window), seedOf(window + 1)]
    for (let row = 0; row < count; row++) {
      noiseFrom[row] = spread[row] * (2 * randomUnit(seedFrom, NOISE_STREAM, row, window) - 1)
      noiseTo[row] = spread[row] * (2 * randomUnit(seedTo, NOISE_STREAM, row, window + 1) - 1)
    }
    noiseWindow = window
    noiseDice = varying.dice
  }

  const update: Update = (clock, chargingW, hours, isEnergized) => {
    const second = secondOfDay(clock)
    const isWeekend = dayOfWeek(clock) >= 5
    const hour = hourOfYear(clock) + (second % 3600) / 3600
    const ofYearC = weather === undefined ? WEATHER_UNKNOWN_C : weatherAt(weather.hours.temperatureC, hour)
    const temperatureC = ofYearC + knobs.temperatureAddedC[0]
    const clearWpm2 = weather === undefined ? 0 : weatherAt(weather.hours.irradianceWpm2, hour)
    const irradiance = clearWpm2 * knobs.sunFactor[0]
    loads.temperatureC = temperatureC
    const perWh = (each: number) =>
      classFactor(each, isWeekend, second, temperatureC) / means[each] / HOURS_PER_YEAR
    const [f0, f1, f2, f3] = [perWh(0), perWh(1), perWh(2), perWh(3)]
    const [q0, q1, q2, q3] = REACTIVE_RATIOS
    const roof = pvFactor(irradiance, temperatureC)
    const windowsAt = (tick: number) => (clock.startMs / 1000 + tick / TICKS_PER_S) / NOISE_WINDOW_S
    const windows = windowsAt(clock.tick)
    const window = Math.floor(windows)
    if (window !== noiseWindow || varying.dice !== noiseDice) {
      drawNoise(window, Math.floor(windowsAt(varying.sinceTick)))
    }
    const late = windows - window
    const { buildingW, pvW, batteryW, netW, netVar, lossW } = loads
    for (let row = 0; row < count; row++) {
      const noise = 1 + noiseFrom[row] * (1 - late) + noiseTo[row] * late
      const p0 = Math.max(0, home[row] + homesAddedWhPerYear[row]) * f0
      const p1 = Math.max(0, commercial[row] + workAddedWhPerYear[row]) * f1
      const p2 = industrial[row] * f2
      const p3 = common[row] * f3
      let p = (p0 + p1 + p2 + p3) * noise
      let q = (p0 * q0 + p1 * q1 + p2 * q2 + p3 * q3) * noise
      if (isEnergized[row] === 1 && response.isOn(row)) {
        const factor = response.factor(row, [p0 * noise, p1 * noise, p2 * noise, p3 * noise], hours)
        p *= factor
        q *= factor
      }
      const given = (installedW[row] + pvAddedW[row]) * roof
      const rating = ratedVa[row] + ratingAddedVa[row]
      let net = p + chargingW[row] - given
      batteryW[row] = 0
      if (batteryWh[row] > 0 && isEnergized[row] === 1) {
        batteryW[row] = batteries.move(row, net, rating, hours)
        net += batteryW[row]
      }
      const reactive = q + chargingW[row] * CHARGER_REACTIVE
      const load2 = (net * net + reactive * reactive) / rating
      buildingW[row] = p
      pvW[row] = given
      netW[row] = net
      netVar[row] = reactive
      lossW[row] = IRON_LOSS * rating + COPPER_LOSS * load2
    }
  }
  return { loads, update }
}
