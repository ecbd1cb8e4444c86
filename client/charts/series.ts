/** A run of values over time, and the few facts of it that charts draw and say aloud. */

export interface Series {
  readonly timesMs: readonly number[]
  /** In the order of `timesMs`; NaN where nothing is known. */
  readonly values: readonly number[]
}

/** The part of a series between two times. */
export function between(series: Series, fromMs: number, toMs: number): Series {
  const kept = series.timesMs.flatMap((timeMs, i) => (timeMs >= fromMs && timeMs <= toMs ? [i] : []))
  return { timesMs: kept.map((i) => series.timesMs[i]), values: kept.map((i) => series.values[i]) }
}

/** The same with the point before and the point after, so that what is drawn of it reaches both edges. */
export function reaching(series: Series, fromMs: number, toMs: number): Series {
  const { timesMs, values } = series
  const first = timesMs.findLastIndex((timeMs) => timeMs <= fromMs)
  const after = timesMs.findIndex((timeMs) => timeMs >= toMs)
  const [start, end] = [Math.max(0, first), after < 0 ? timesMs.length : after + 1]
  return { timesMs: timesMs.slice(start, end), values: values.slice(start, end) }
}

// Days differ by so much of a value without anything being wrong; assumed, until months of records say better.
const USUAL_SHARE = 0.1

export interface Band {
  readonly low: number
  readonly high: number
}

/** What is usual where `before` had a value; undefined where nothing is known of it. */
export function usualBand(before: number | undefined): Band | undefined {
  if (before === undefined || !Number.isFinite(before)) return undefined
  const awayBy = USUAL_SHARE * Math.abs(before)
  return { low: before - awayBy, high: before + awayBy }
}

/** First to last, least to most; undefined when nothing is known. */
export function summarise(
  series: Series,
): { first: number; last: number; min: number; max: number; lastMs: number } | undefined {
  const known = series.values.flatMap((value, i) => (Number.isFinite(value) ? [i] : []))
  if (known.length === 0) return undefined
  const values = known.map((i) => series.values[i])
  return {
    first: values[0],
    last: values[values.length - 1],
    min: Math.min(...values),
    max: Math.max(...values),
    lastMs: series.timesMs[known[known.length - 1]],
  }
}

// Of the values' size; an axis that spans less makes a storm of a ripple.
const LEAST_SPREAD = 0.04

/** The values a vertical axis spans: all that is drawn and its limit, with room, from zero where zero is near. */
export function valueExtent(values: readonly number[], limit: number | undefined): [number, number] {
  const drawn = values.filter(Number.isFinite)
  if (limit !== undefined) drawn.push(limit)
  if (drawn.length === 0) return [0, 1]
  let min = Math.min(...drawn)
  let max = Math.max(...drawn)
  if (min >= 0 && min < 0.6 * max) min = 0
  const missing = LEAST_SPREAD * Math.max(Math.abs(min), Math.abs(max)) - (max - min)
  if (missing > 0) {
    min -= missing / 2
    max += missing / 2
  }
  const spread = max - min || 1
  if (min !== 0) min -= 0.15 * spread
  max += 0.15 * spread
  return [min, max]
}

/** With one more point, if it lies `spacingMs` after the last; older ones than `keepMs` fall off. Time going back begins anew. */
export function appended(
  series: Series,
  { timeMs, value }: { readonly timeMs: number; readonly value: number },
  spacingMs: number,
  keepMs: number,
): Series {
  const lastMs = series.timesMs.at(-1) ?? -Infinity
  if (timeMs < lastMs) return { timesMs: [timeMs], values: [value] }
  if (timeMs - lastMs < spacingMs) return series
  const kept = between(series, timeMs - keepMs, timeMs)
  return { timesMs: [...kept.timesMs, timeMs], values: [...kept.values, value] }
}

/** A record, and what was seen after its end. */
export function continued(record: Series, seen: Series): Series {
  const endMs = record.timesMs.at(-1) ?? -Infinity
  const newer = between(seen, endMs + 1, Infinity)
  return {
    timesMs: [...record.timesMs, ...newer.timesMs],
    values: [...record.values, ...newer.values],
  }
}
