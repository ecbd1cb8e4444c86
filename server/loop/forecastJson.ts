/** A forecast as it is written: to who asks, and to the disk. */
import { LEADS_S, type Forecast } from '../../twin/forecast/forecast.ts'
import { indicators, type Indicator, type IndicatorId } from '../../twin/objectives/indicators.ts'

// What is told of each unit; a finer value would be false precision, and long.
const QUANTA: Readonly<Record<Indicator['unit'], number>> = {
  ratio: 1e-4,
  pu: 1e-4,
  W: 1e3,
  s: 0.1,
  vehicles: 0.1,
  links: 0.1,
  signals: 0.1,
  customers: 0.1,
  buses: 0.1,
  requests: 0.1,
}

export interface ForecastJson {
  readonly madeMs: number
  readonly members: number
  readonly leadsS: readonly number[]
  readonly series: readonly {
    readonly id: IndicatorId
    readonly now: number
    readonly median: readonly number[]
    readonly low: readonly number[]
    readonly high: readonly number[]
    readonly paths: readonly (readonly number[])[]
  }[]
}

export function forecastJson({ madeMs, members, series }: Forecast): ForecastJson {
  return {
    madeMs,
    members,
    leadsS: LEADS_S,
    series: series.map(({ id, now, median, low, high, paths }) => {
      const rounded = (value: number) => roundedAs(id, value)
      const column = (values: Float32Array) => Array.from(values, rounded)
      return {
        id,
        now: rounded(now),
        median: column(median),
        low: column(low),
        high: column(high),
        paths: paths.map(column),
      }
    }),
  }
}

/** A value of an indicator in the steps of its unit. */
function roundedAs(id: IndicatorId, value: number): number {
  const indicator = indicators.find((candidate) => candidate.id === id)
  const quantum = QUANTA[indicator?.unit ?? 'ratio']
  return Number((Math.round(value / quantum) * quantum).toPrecision(12))
}
