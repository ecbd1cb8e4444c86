/**
 * A real city's half-hour speeds one hour ahead, from its own past alone: the usual course of the kind of day, and of today's
 * deviation from it the share that usually lasts an hour. No traffic model is in it. Fitted on the first days, scored on the rest.
 */
import { readFileSync } from 'node:fs'
import { HALF_HOURS } from '../../../data/recipes/calibration.ts'

const LEAD = 2 // half hours
const FITTED_DAYS = 7

/** Mean speed of the sites that read anything, km/h, by day × half hour; NaN where none did. */
export interface CityDays {
  readonly isWeekend: readonly boolean[]
  readonly speedKmh: readonly Float64Array[]
}

export interface ReadingsScore {
  readonly share: number
  readonly count: number
  readonly forecastKmh: number
  readonly persistenceKmh: number
  readonly yesterdayKmh: number
  readonly usualKmh: number
}

/** The city-wide means of `readings.csv` (site_id, date, half_hour, mean_speed_kmh, …), each site counting once. */
export function readCityDays(path: string): CityDays {
  const days = new Map<string, { sums: Float64Array; counts: Float64Array }>()
  for (const line of readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1)) {
    const [, date, halfHour, speedKmh] = line.split(',')
    if (speedKmh === '') continue
    let day = days.get(date)
    if (day === undefined) {
      day = { sums: new Float64Array(HALF_HOURS), counts: new Float64Array(HALF_HOURS) }
      days.set(date, day)
    }
    day.sums[Number(halfHour)] += Number(speedKmh)
    day.counts[Number(halfHour)]++
  }
  const dates = [...days.keys()].toSorted()
  return {
    isWeekend: dates.map((date) => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())),
    speedKmh: dates.map((date) => days.get(date)!.sums.map((sum, h) => sum / days.get(date)!.counts[h])),
  }
}

/** Mean absolute errors on the days that the fit has not seen, over the half hours for which all four can speak. */
export function scoreReadings(days: CityDays): ReadingsScore {
  const fitted = days.speedKmh.map((_, day) => day).slice(0, FITTED_DAYS)
  const share = lastingShare(days, fitted)
  const errors = { forecastKmh: 0, persistenceKmh: 0, yesterdayKmh: 0, usualKmh: 0 }
  let count = 0
  for (let at = FITTED_DAYS * HALF_HOURS; at + LEAD < days.speedKmh.length * HALF_HOURS; at++) {
    const then = at + LEAD
    const came = speedAt(days, then)
    const said = {
      forecastKmh: usualAt(days, fitted, then) + share * (speedAt(days, at) - usualAt(days, fitted, at)),
      persistenceKmh: speedAt(days, at),
      yesterdayKmh: speedAt(days, then - HALF_HOURS),
      usualKmh: usualAt(days, fitted, then),
    }
    if (Number.isNaN(came + Object.values(said).reduce((sum, value) => sum + value))) continue
    count++
    for (const key of Object.keys(said) as (keyof typeof said)[]) errors[key] += Math.abs(said[key] - came)
  }
  return {
    share,
    count,
    forecastKmh: errors.forecastKmh / count,
    persistenceKmh: errors.persistenceKmh / count,
    yesterdayKmh: errors.yesterdayKmh / count,
    usualKmh: errors.usualKmh / count,
  }
}

/** Least squares of the deviation an hour later on the deviation now; a fitted day is not laid beside itself. */
function lastingShare(days: CityDays, fitted: readonly number[]): number {
  let nowNow = 0
  let nowThen = 0
  const last = fitted.length * HALF_HOURS
  for (let at = 0; at + LEAD < last; at++) {
    const off = (each: number) => {
      const own = Math.floor(each / HALF_HOURS)
      return (
        speedAt(days, each) -
        usualAt(
          days,
          fitted.filter((day) => day !== own),
          each,
        )
      )
    }
    const [now, then] = [off(at), off(at + LEAD)]
    if (Number.isNaN(now + then)) continue
    nowNow += now * now
    nowThen += now * then
  }
  return nowThen / nowNow
}

function speedAt({ speedKmh }: CityDays, at: number): number {
  return speedKmh[Math.floor(at / HALF_HOURS)][at % HALF_HOURS]
}

/** The mean of that half hour on the days `among` of the same kind; NaN when there is none. */
function usualAt({ isWeekend, speedKmh }: CityDays, among: readonly number[], at: number): number {
  const isFree = isWeekend[Math.floor(at / HALF_HOURS)]
  const values = among
    .filter((day) => isWeekend[day] === isFree)
    .map((day) => speedKmh[day][at % HALF_HOURS])
    .filter((value) => !Number.isNaN(value))
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
