/** A forecast: what the city's indicators will be in the coming hour, with a band that is to hold four times out of five. */
import type { IndicatorId } from '../objectives/indicators.ts'

/** How far ahead a forecast speaks, seconds: 5-minute steps over an hour. */
export const LEADS_S: readonly number[] = Array.from({ length: 12 }, (_, step) => (step + 1) * 300)

/** Share of what comes that a band is to hold. */
export const BAND_RATIO = 0.8

/** The indicators that vary of themselves; the others change when something is switched, or follow from the clock. */
export const forecastIds: readonly IndicatorId[] = [
  'speedRatio',
  'vehicles',
  'queuedVehicles',
  'slowLinks',
  'loadW',
  'lossRatio',
  'maxFeederLoading',
  'minVoltagePu',
  'buses',
  'meanDelayS',
  'onTimeRatio',
  'openRequests',
  'requestsLastHour',
]

/** One quantity ahead, in its own unit; columns are by lead. */
export interface ForecastSeries<Id extends string = IndicatorId> {
  readonly id: Id
  /** As observed when the forecast was made. */
  readonly now: number
  readonly median: Float32Array
  /** The band: a tenth of what comes is to lie below it, a tenth above. */
  readonly low: Float32Array
  readonly high: Float32Array
  /** Each member's own way, corrected like the median. */
  readonly paths: readonly Float32Array[]
  /** What the correction learns from when the time has come: the members' median change since the forecast was made … */
  readonly drift: Float32Array
  /** … by how much their median lay above `now` … */
  readonly gap: number
  /** … and the half width that the band is a multiple of. */
  readonly scale: Float32Array
}

export interface Forecast<Id extends string = IndicatorId> {
  /** Unix time of the city's clock, milliseconds. */
  readonly madeMs: number
  readonly members: number
  readonly series: readonly ForecastSeries<Id>[]
}
