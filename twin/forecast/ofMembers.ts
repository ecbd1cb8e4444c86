/** The forecast of the whole city from the runs of members that began where the live twin stood. */
import { indicators, type IndicatorId } from '../objectives/indicators.ts'
import { correctSeries, type Bounds } from './correct.ts'
import { forecastIds, type Forecast } from './forecast.ts'
import type { Scores } from './scores.ts'

/**
 * What to publish at `madeMs`: `now` are the indicators observed then, in the order of `indicators`, `members` the results of
 * `runMember`. Hand it to `addForecast`, so that the next is better.
 */
export function forecastOfMembers(
  scores: Scores,
  madeMs: number,
  now: ArrayLike<number>,
  members: readonly (readonly Float32Array[])[],
): Forecast {
  const series = forecastIds.map((id, i) =>
    correctSeries(scores, {
      id,
      now: now[indicators.findIndex((indicator) => indicator.id === id)],
      paths: members.map((paths) => paths[i]),
      bounds: boundsOf(id),
    }),
  )
  return { madeMs, members: members.length, series }
}

/** The forecast indicators among `value`, which is in the order of `indicators`, by id: what `observe` takes. */
export function observedValues(value: ArrayLike<number>): Record<string, number> {
  return Object.fromEntries(
    forecastIds.map((id) => [id, value[indicators.findIndex((indicator) => indicator.id === id)]]),
  )
}

/** A delay may be negative, everything else not; a share is at most 1. */
function boundsOf(id: IndicatorId): Bounds {
  if (id === 'meanDelayS') return {}
  return id === 'speedRatio' || id === 'onTimeRatio' ? { least: 0, most: 1 } : { least: 0 }
}
