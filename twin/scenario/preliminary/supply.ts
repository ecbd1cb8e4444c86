/**
 * What edits of power and weather come to: the power domain alone, lived a minute at a time with a power flow every quarter of an
 * hour and after every switching. Cars arrive at chargers as the hour's trips have them.
 */
import type { City } from '../../city.ts'
import { TICKS_PER_S } from '../../kernel/clock.ts'
import type { SavedState } from '../../kernel/domain.ts'
import { feederTable, powerSystemTable } from '../../power/tables.ts'
import { createPower, type Power } from '../../power/power.ts'
import type { Table } from '../../kernel/table.ts'
import { scheduleOf } from '../schedule.ts'
import type { Setting } from '../setting.ts'
import { turnPower, standingOf } from './turning.ts'

const STEP_S = 60
const SOLVE_EVERY_S = 900
/** Cars have come to the chargers for so long when it begins, seconds; a session takes an hour and a half. */
const ARRIVING_S = 2 * 3600

export interface SupplyMeasures {
  readonly suppliedWh: number
  readonly lostWh: number
  readonly customerMinutesOut: number
  readonly maxFeederLoading: number
  readonly minVoltagePu: number
}

export interface SupplyAnswer {
  readonly measures: SupplyMeasures
  /** Signals without supply at `atS`. */
  readonly darkSignals: readonly number[]
}

export interface Supply {
  /** The power of a time that begins at `startMs`, with `settings`; `arrivalsPerH` by zone. Yields after every power flow. */
  live(asked: SupplyAsked): Generator<undefined, SupplyAnswer>
}

export interface SupplyAsked {
  readonly startMs: number
  readonly utcOffsetS: number
  readonly horizonS: number
  readonly arrivalsPerH: Float64Array
  readonly settings: readonly Setting[]
  /** When signals are looked at, seconds after the beginning. */
  readonly atS: number
}

export function makeSupply(city: City, seed: number): Supply {
  const signals = city.network.signals.xM.length
  let begun: { readonly key: string; readonly power: Power; readonly state: SavedState } | undefined

  function* begin({ startMs, utcOffsetS, arrivalsPerH }: SupplyAsked): Generator<undefined, Power> {
    const key = `${startMs} ${utcOffsetS}`
    if (begun?.key === key) {
      begun.power.load(begun.state)
      return begun.power
    }
    const power = createPower(city, seed)
    power.solveEveryS = SOLVE_EVERY_S
    const arrivals = makeArrivals(arrivalsPerH)
    for (let s = 0; s <= ARRIVING_S; s += STEP_S) {
      if (s > 0) arrivals(power)
      power.step({ tick: s * TICKS_PER_S, startMs: startMs - ARRIVING_S * 1000, utcOffsetS })
      if (s % SOLVE_EVERY_S === 0) yield
    }
    begun = { key, power, state: power.save() }
    return power
  }

  return {
    *live(asked) {
      const { startMs, utcOffsetS, horizonS, arrivalsPerH, settings, atS } = asked
      const power = yield* begin(asked)
      const schedule = scheduleOf(settings, standingOf)
      const system = tableOf(power, powerSystemTable.name).columns
      const feeders = tableOf(power, feederTable.name)
      const arrivals = makeArrivals(arrivalsPerH)
      const sums = { suppliedWh: 0, lostWh: 0, customerMinutesOut: 0 }
      let highest = 0
      let lowest = Infinity
      let dark: readonly number[] = []
      let next = 0
      for (let s = 0; s < horizonS; s += STEP_S) {
        while (next < schedule.length && schedule[next].atS <= s) turnPower(power, schedule[next++].command)
        arrivals(power)
        const solved = power.solvedTick()
        power.step({
          tick: (ARRIVING_S + s + STEP_S) * TICKS_PER_S,
          startMs: startMs - ARRIVING_S * 1000,
          utcOffsetS,
        })
        const hours = Math.min(STEP_S, horizonS - s) / 3600
        sums.suppliedWh += system.loadW[0] * hours
        sums.lostWh += system.lossW[0] * hours
        sums.customerMinutesOut += system.customersOut[0] * hours * 60
        if (s <= atS && atS < s + STEP_S) dark = darkSignals(power, signals)
        if (power.solvedTick() === solved) continue
        for (let feeder = 0; feeder < feeders.rows; feeder++) {
          if (feeders.columns.isEnergized[feeder] === 0) continue
          highest = Math.max(highest, feeders.columns.loadingRatio[feeder])
          lowest = Math.min(lowest, feeders.columns.minVoltagePu[feeder])
        }
        yield
      }
      const minVoltagePu = Number.isFinite(lowest) ? lowest : 1
      return { measures: { ...sums, maxFeederLoading: highest, minVoltagePu }, darkSignals: dark }
    },
  }
}

/** Whole cars a minute, what is left of each zone kept for the next. */
function makeArrivals(perH: Float64Array): (power: Power) => void {
  const left = new Float64Array(perH.length)
  return (power) => {
    for (let zone = 0; zone < perH.length; zone++) {
      left[zone] += (perH[zone] * STEP_S) / 3600
      const cars = Math.floor(left[zone])
      left[zone] -= cars
      if (cars > 0) power.arriveAtZone(zone, cars)
    }
  }
}

function darkSignals(power: Power, signals: number): number[] {
  const dark: number[] = []
  for (let signal = 0; signal < signals; signal++) if (!power.isSignalSupplied(signal)) dark.push(signal)
  return dark
}

function tableOf(power: Power, name: string): Table {
  return power.tables.find(({ spec }) => spec.name === name)!
}
