/** What each street and each feeder did over a run, as means: what runs are compared by, place by place. */
import { feederTable } from '../power/tables.ts'
import type { Twin } from '../twin.ts'

/** Seconds between two looks: a street changes within minutes. */
const LOOK_S = 30

/** A value a row of the city's links, or of its feeders; no feeders in a city without a grid. */
export interface RunMeans {
  /** Vehicles that leave the link, an hour. */
  readonly flowVph: Float32Array
  readonly speedMps: Float32Array
  /** Of the most loaded line of the feeder. */
  readonly loadingRatio: Float32Array
  readonly voltagePu: Float32Array
}
export type MeanOf = keyof RunMeans

export interface MeansMeter {
  /** To be called after every second of the run. */
  look(): void
  /** Of the run so far; zeros before the first look. */
  means(): RunMeans
}

/** Measures what happens to `twin` from now on. */
export function meterMeans(twin: Twin): MeansMeter {
  const feeders = twin.tables.find(({ spec }) => spec.name === feederTable.name)!.columns
  const { flowVph, speedMps } = twin.traffic.links.columns
  const columns: Readonly<Record<MeanOf, ArrayLike<number>>> = {
    flowVph,
    speedMps,
    loadingRatio: feeders['loadingRatio'],
    voltagePu: feeders['minVoltagePu'],
  }
  const sums = {
    flowVph: new Float64Array(flowVph.length),
    speedMps: new Float64Array(speedMps.length),
    loadingRatio: new Float64Array(columns.loadingRatio.length),
    voltagePu: new Float64Array(columns.voltagePu.length),
  }
  const names = Object.keys(sums) as MeanOf[]
  let seconds = 0
  let looks = 0
  return {
    look() {
      if (++seconds % LOOK_S > 0) return
      looks++
      for (const name of names) {
        const column = columns[name]
        const sum = sums[name]
        for (let row = 0; row < sum.length; row++) sum[row] += column[row]
      }
    },
    means() {
      const mean = (name: MeanOf) => Float32Array.from(sums[name], (sum) => sum / Math.max(1, looks))
      return {
        flowVph: mean('flowVph'),
        speedMps: mean('speedMps'),
        loadingRatio: mean('loadingRatio'),
        voltagePu: mean('voltagePu'),
      }
    },
  }
}
