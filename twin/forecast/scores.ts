/**
 * Keeps score of forecasts: each waits until its time has come and is laid beside what came, and beside persistence, which says
 * that all stays as it was. What the correction needs is learnt on the way. All plain values, so that a host may store them as
 * JSON; their number does not grow with time.
 */
import { learnChange, makeBlend, type Blend } from './blend.ts'
import { learnMiss, makeConformal, type Conformal } from './conformal.ts'
import { BAND_RATIO, LEADS_S, type Forecast, type ForecastSeries } from './forecast.ts'

// An observation counts for a lead when it comes no later than this after it.
const LATEST_MS = 30_000
// Forecasts waiting at most, the oldest given up first.
const MOST_WAITING = 64
// What each new miss leaves of the mean miss before.
const KEPT = 0.95

/** What is known of one quantity at one lead. */
export interface LeadScore {
  count: number
  /** Sums over `count`, in the quantity's unit; `pinballSum` of the band's two ends and the median, a third each. */
  errorSum: number
  persistenceErrorSum: number
  pinballSum: number
  insideCount: number
  /** Recent mean error, the older the less. */
  recentError: number
  readonly blend: Blend
  readonly conformal: Conformal
}

export interface Scores {
  /** By quantity, then by lead. */
  readonly leads: Record<string, LeadScore[]>
  /** Forecasts whose time has not come in full, oldest first. */
  readonly waiting: { readonly madeMs: number; nextLead: number; readonly series: WaitingSeries[] }[]
}

interface WaitingSeries {
  readonly id: string
  readonly now: number
  readonly gap: number
  readonly median: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly drift: readonly number[]
  readonly scale: readonly number[]
}

/** How good the forecasts of one quantity at one lead have been, in its own unit. */
export interface Score {
  readonly count: number
  readonly meanError: number
  readonly meanPersistenceError: number
  /** Mean pinball loss of the band's ends and the median, a coarse CRPS. */
  readonly meanPinball: number
  /** Share of what came that lay inside the band. */
  readonly insideRatio: number
}

export function makeScores(): Scores {
  return { leads: {}, waiting: [] }
}

/** Has a forecast wait for its time. */
export function addForecast<Id extends string>(scores: Scores, forecast: Forecast<Id>): void {
  scores.waiting.push({ madeMs: forecast.madeMs, nextLead: 0, series: forecast.series.map(waitingOf) })
  if (scores.waiting.length > MOST_WAITING) scores.waiting.shift()
}

/**
 * Scores every forecast whose time has come by what was observed at `timeMs` of the city's clock, by quantity in its own unit.
 * Call it in order of time, at least as often as forecasts step; a lead that was passed by for LATEST_MS is not scored.
 */
export function observe(scores: Scores, timeMs: number, values: Readonly<Record<string, number>>): void {
  for (const forecast of scores.waiting) {
    while (forecast.nextLead < LEADS_S.length) {
      const lateMs = timeMs - forecast.madeMs - LEADS_S[forecast.nextLead] * 1000
      if (lateMs < 0) break
      if (lateMs <= LATEST_MS) {
        for (const series of forecast.series) {
          const value = values[series.id]
          if (value === undefined) continue
          const leads = (scores.leads[series.id] ??= makeLeads())
          score(leads[forecast.nextLead], series, forecast.nextLead, value)
        }
      }
      forecast.nextLead++
    }
  }
  const done = scores.waiting.filter(({ nextLead }) => nextLead === LEADS_S.length)
  for (const forecast of done) scores.waiting.splice(scores.waiting.indexOf(forecast), 1)
}

/** The score of a quantity at a row of LEADS_S; all 0 when nothing has been scored. */
export function scoreOf(scores: Scores, id: string, lead: number): Score {
  const { count, errorSum, persistenceErrorSum, pinballSum, insideCount } = leadsOf(scores, id)[lead]
  const mean = (sum: number) => (count > 0 ? sum / count : 0)
  return {
    count,
    meanError: mean(errorSum),
    meanPersistenceError: mean(persistenceErrorSum),
    meanPinball: mean(pinballSum),
    insideRatio: mean(insideCount),
  }
}

/** What is known of a quantity, by lead; nothing yet when it was never scored. */
export function leadsOf(scores: Scores, id: string): readonly LeadScore[] {
  return scores.leads[id] ?? makeLeads()
}

function makeLeads(): LeadScore[] {
  return LEADS_S.map(() => ({
    count: 0,
    errorSum: 0,
    persistenceErrorSum: 0,
    pinballSum: 0,
    insideCount: 0,
    recentError: 0,
    blend: makeBlend(),
    conformal: makeConformal(),
  }))
}

function score(at: LeadScore, series: WaitingSeries, lead: number, value: number): void {
  const { now, gap } = series
  const median = series.median[lead]
  const low = series.low[lead]
  const high = series.high[lead]
  const error = Math.abs(value - median)
  const isInside = value >= low && value <= high
  const edge = (1 - BAND_RATIO) / 2
  at.recentError = at.count === 0 ? error : KEPT * at.recentError + (1 - KEPT) * error
  at.count++
  at.errorSum += error
  at.persistenceErrorSum += Math.abs(value - now)
  at.pinballSum +=
    (pinball(value, low, edge) + pinball(value, median, 0.5) + pinball(value, high, 1 - edge)) / 3
  if (isInside) at.insideCount++
  learnChange(at.blend, series.drift[lead], gap, value - now)
  learnMiss(at.conformal, error / series.scale[lead], isInside)
}

/** Koenker & Bassett 1978. */
function pinball(value: number, quantile: number, share: number): number {
  return value >= quantile ? share * (value - quantile) : (1 - share) * (quantile - value)
}

function waitingOf(series: ForecastSeries<string>): WaitingSeries {
  const { id, now, gap } = series
  return {
    id,
    now,
    gap,
    median: [...series.median],
    low: [...series.low],
    high: [...series.high],
    drift: [...series.drift],
    scale: [...series.scale],
  }
}
