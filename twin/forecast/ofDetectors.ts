/**
 * A forecast from detectors alone: members that have run through the whole day, each under a demand and incidents of its own,
 * are brought near what the detectors read up to now, and what they then say of the coming hour is corrected as any forecast is.
 */
import { assimilate } from './assimilate.ts'
import { correctSeries } from './correct.ts'
import { LEADS_S, type Forecast, type ForecastSeries } from './forecast.ts'
import type { Scores } from './scores.ts'

/** What detectors read, by quantity: a value every five minutes, in the quantity's own unit. Members have the same quantities. */
export type DetectorHistory = Readonly<Record<string, Float32Array>>

// Readings that say what is now, and what the last hour was: a mean over so many of them.
const NOW_READINGS = 3
const HOUR_READINGS = 12

/**
 * The forecast made at `madeMs`, when reading `at` of `observed` was the last; nothing later of `observed` is looked at.
 * `drivers` name the quantities that say most of demand and are laid beside each quantity's own past. Members must reach an hour
 * beyond `at`.
 */
export function forecastOfDetectors(
  scores: Scores,
  madeMs: number,
  at: number,
  observed: DetectorHistory,
  members: readonly DetectorHistory[],
  drivers: readonly string[],
): Forecast<string> {
  const series = Object.keys(observed).map((id): ForecastSeries<string> => {
    const seen = members.map((member) => pastOf(member, id, drivers, at))
    const futures = members.map((member) => member[id].subarray(at, at + LEADS_S.length + 1))
    const moved = assimilate(pastOf(observed, id, drivers, at), seen, futures)
    return correctSeries(scores, {
      id,
      now: observed[id][at],
      starts: moved.map((future) => future[0]),
      paths: moved.map((future) => Float32Array.from(future.subarray(1))),
      bounds: { least: 0 },
    })
  })
  return { madeMs, members: members.length, series }
}

/** What is known at a reading of a quantity and of those that drive it: the last quarter of an hour, and the last hour. */
function pastOf(history: DetectorHistory, id: string, drivers: readonly string[], at: number): number[] {
  return [id, ...drivers.filter((driver) => driver !== id)].flatMap((each) =>
    [NOW_READINGS, HOUR_READINGS].map((readings) => meanOf(history[each], at, readings)),
  )
}

/** The mean of the last readings up to and with `at`. */
function meanOf(values: Float32Array, at: number, readings: number): number {
  const first = Math.max(0, at - readings + 1)
  let sum = 0
  for (let reading = first; reading <= at; reading++) sum += values[reading]
  return sum / (at - first + 1)
}
