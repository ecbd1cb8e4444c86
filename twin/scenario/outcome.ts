/** What a run came to: the measures by which two runs are compared, each summed or averaged over the whole of it. */
import type { Table } from '../kernel/table.ts'
import { indicators, type IndicatorId } from '../objectives/indicators.ts'
import { indicatorTable } from '../objectives/tables.ts'
import { powerSystemTable } from '../power/tables.ts'
import { co2GPerS } from '../traffic/emissions.ts'
import type { Twin } from '../twin.ts'

// Seconds between two looks at all streets.
const STREETS_S = 30

export interface Outcome {
  readonly id: string
  readonly unit:
    'h' | 'km' | 'kg' | 'trips' | 'ratio' | 'vehicles' | 's' | 'Wh' | 'pu' | 'customer-min' | 'requests'
  readonly worseWhen: 'higher' | 'lower' | undefined
  /** The least by which one vehicle, trip, session or customer changes it, as a scale: what a run may do that no pair has shown. */
  readonly grain: number
}

export const outcomes = [
  /** Time that all vehicles spent on the road or waiting to enter it. Grain: one vehicle for a minute. */
  { id: 'vehicleHours', unit: 'h', worseWhen: 'higher', grain: 1 / 60 },
  /** Vehicles that left the road, at their destination for all but those lifted out of a jam. */
  { id: 'tripsEnded', unit: 'trips', worseWhen: 'lower', grain: 1 },
  /** Driven by all vehicles, and what they gave off: by the mean speeds of streets, see `traffic/emissions.ts`. */
  { id: 'vehicleKm', unit: 'km', worseWhen: undefined, grain: 1 },
  { id: 'co2Kg', unit: 'kg', worseWhen: 'higher', grain: 0.2 },
  { id: 'speedRatio', unit: 'ratio', worseWhen: 'lower', grain: 0.001 },
  { id: 'queuedVehicles', unit: 'vehicles', worseWhen: 'higher', grain: 1 / 60 },
  { id: 'busDelayS', unit: 's', worseWhen: 'higher', grain: 1 },
  { id: 'busOnTimeRatio', unit: 'ratio', worseWhen: 'lower', grain: 0.001 },
  { id: 'suppliedWh', unit: 'Wh', worseWhen: undefined, grain: 120 },
  { id: 'lostWh', unit: 'Wh', worseWhen: 'higher', grain: 1 },
  /** Customers without supply, times for how long. */
  { id: 'customerMinutesOut', unit: 'customer-min', worseWhen: 'higher', grain: 1 },
  /** At its highest. */
  { id: 'maxFeederLoading', unit: 'ratio', worseWhen: 'higher', grain: 0.001 },
  /** At its lowest. */
  { id: 'minVoltagePu', unit: 'pu', worseWhen: 'lower', grain: 0.0001 },
  { id: 'requestsOpened', unit: 'requests', worseWhen: 'higher', grain: 1 },
] as const satisfies readonly Outcome[]

export type OutcomeId = (typeof outcomes)[number]['id']

export function grainOf(id: OutcomeId): number {
  return outcomes.find((outcome) => outcome.id === id)!.grain
}

export type OutcomeValues = Readonly<Record<OutcomeId, number>>

export interface OutcomeMeter {
  /** To be called after every second of the run. */
  look(): void
  /** Of the run so far; of one without a second, zeros. */
  values(): OutcomeValues
}

/** Measures what happens to `twin` from now on. */
export function meterOutcome(twin: Twin): OutcomeMeter {
  const system = tableNamed(twin, powerSystemTable.name).columns
  const { value } = tableNamed(twin, indicatorTable.name).columns
  const rowOf = (id: IndicatorId) => indicators.findIndex((one) => one.id === id)
  const rows = {
    speedRatio: rowOf('speedRatio'),
    queuedVehicles: rowOf('queuedVehicles'),
    busDelayS: rowOf('meanDelayS'),
    busOnTimeRatio: rowOf('onTimeRatio'),
  }
  const loading = rowOf('maxFeederLoading')
  const voltage = rowOf('minVoltagePu')
  const endedBefore = twin.traffic.counts().finished
  const openedBefore = twin.reports.openedCount()
  const sums = { vehicleS: 0, suppliedJ: 0, lostJ: 0, customerS: 0 }
  const means = { speedRatio: 0, queuedVehicles: 0, busDelayS: 0, busOnTimeRatio: 0 }
  const meanIds = Object.keys(means) as (keyof typeof means)[]
  const { speedMps, vehicles } = twin.traffic.links.columns
  let drivenM = 0
  let co2G = 0
  let seconds = 0
  let highest = 0
  let lowest = Infinity
  function lookAtStreets(): void {
    for (let link = 0; link < vehicles.length; link++) {
      if (vehicles[link] === 0) continue
      drivenM += vehicles[link] * speedMps[link] * STREETS_S
      co2G += vehicles[link] * co2GPerS(speedMps[link]) * STREETS_S
    }
  }

  return {
    look() {
      const { inside, waiting } = twin.traffic.counts()
      seconds++
      if (seconds % STREETS_S === 0) lookAtStreets()
      sums.vehicleS += inside + waiting
      sums.suppliedJ += system.loadW[0]
      sums.lostJ += system.lossW[0]
      sums.customerS += system.customersOut[0]
      for (const id of meanIds) means[id] += value[rows[id]]
      highest = Math.max(highest, value[loading])
      lowest = Math.min(lowest, value[voltage])
    },
    values() {
      const mean = (id: keyof typeof means) => means[id] / Math.max(1, seconds)
      return {
        vehicleHours: sums.vehicleS / 3600,
        tripsEnded: twin.traffic.counts().finished - endedBefore,
        vehicleKm: drivenM / 1000,
        co2Kg: co2G / 1000,
        speedRatio: mean('speedRatio'),
        queuedVehicles: mean('queuedVehicles'),
        busDelayS: mean('busDelayS'),
        busOnTimeRatio: mean('busOnTimeRatio'),
        suppliedWh: sums.suppliedJ / 3600,
        lostWh: sums.lostJ / 3600,
        customerMinutesOut: sums.customerS / 60,
        maxFeederLoading: highest,
        minVoltagePu: Number.isFinite(lowest) ? lowest : 0,
        requestsOpened: twin.reports.openedCount() - openedBefore,
      }
    },
  }
}

function tableNamed(twin: Twin, name: string): Table {
  return twin.tables.find(({ spec }) => spec.name === name)!
}
