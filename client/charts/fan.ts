/** What is expected from now on: a band, its middle, and the single runs that it was made from. */

export interface Fan {
  readonly timesMs: readonly number[]
  readonly median: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** Each in the order of `timesMs`. */
  readonly paths: readonly (readonly number[])[]
}

export interface Expected {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** What is expected at a time, straight between the fan's own times; undefined before the first and after the last. */
export function expectedAt(fan: Fan, timeMs: number): Expected | undefined {
  const at = placeIn(fan, timeMs)
  if (at === undefined) return undefined
  return { median: valueAt(fan.median, at), low: valueAt(fan.low, at), high: valueAt(fan.high, at) }
}

/** The part of a fan from a time on, beginning at that very time; undefined when nothing is left of it. */
export function fanFrom(fan: Fan, fromMs: number): Fan | undefined {
  const startMs = Math.max(fromMs, fan.timesMs[0] ?? Infinity)
  const at = placeIn(fan, startMs)
  if (at === undefined) return undefined
  const next = Math.floor(at) + 1
  const cut = (values: readonly number[]) => [valueAt(values, at), ...values.slice(next)]
  return {
    timesMs: [startMs, ...fan.timesMs.slice(next)],
    median: cut(fan.median),
    low: cut(fan.low),
    high: cut(fan.high),
    paths: fan.paths.map(cut),
  }
}

/** All values that a fan draws, for an axis. */
export function valuesOf({ low, high, paths }: Fan): number[] {
  return [...low, ...high, ...paths.flat()]
}

/** A time as an index with its fraction. */
function placeIn({ timesMs }: Fan, timeMs: number): number | undefined {
  const after = timesMs.findIndex((candidate) => candidate >= timeMs)
  if (after < 0 || (after === 0 && timesMs[0] !== timeMs)) return undefined
  if (after === 0) return 0
  return after - (timesMs[after] - timeMs) / (timesMs[after] - timesMs[after - 1])
}

function valueAt(values: readonly number[], at: number): number {
  const before = Math.floor(at)
  return at === before
    ? values[before]
    : values[before] + (at - before) * (values[before + 1] - values[before])
}
