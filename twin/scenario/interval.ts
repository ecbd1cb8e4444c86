/**
 * How sure a difference is. Runs are paired: member by member the same dice and the same demand, with the edits and without, so
 * that what a pair differs by is the edits alone and what comes of their chance. The interval is Student's of the mean of the
 * pairs' differences (Student 1908; Law, Simulation Modeling and Analysis, 5th ed., 10.2.1, "paired-t").
 *
 * Where few pairs differ at all, Student's interval says that rare things never happen. What was not seen in n pairs may still be
 * in a share of 1 - (1 - LEVEL)^(1/n) of them (Hanley and Lippman-Hand 1983, "If nothing goes wrong, is everything all right?",
 * JAMA 249(13)): no interval reaches less far than that share of the measure's grain.
 */

export interface DifferenceOf {
  /** Mean with the edits less mean without. */
  readonly difference: number
  /** The mean lies in it with a chance of `LEVEL`, as far as dice and demand go; undefined of fewer than two pairs. */
  readonly interval: readonly [low: number, high: number] | undefined
  /** Whether all of the interval lies on one side of zero. */
  readonly isClear: boolean
  readonly pairs: number
}

export const LEVEL = 0.8

/** Student's t at the 90th percentile by degrees of freedom, from 1: what leaves a tenth at either side. From scipy.stats.t.ppf(0.9, n). */
const T_90 = [
  3.0777, 1.8856, 1.6377, 1.5332, 1.4759, 1.4398, 1.4149, 1.3968, 1.383, 1.3722, 1.3634, 1.3562, 1.3502,
  1.345, 1.3406, 1.3368, 1.3334, 1.3304, 1.3277, 1.3253, 1.3232, 1.3212, 1.3195, 1.3178, 1.3163, 1.315,
  1.3137, 1.3125, 1.3114, 1.3104,
] // prettier-ignore
/** The same at the 99.5th percentile. From scipy.stats.t.ppf(0.995, n). */
const T_995 = [
  63.6567, 9.9248, 5.8409, 4.6041, 4.0321, 3.7074, 3.4995, 3.3554, 3.2498, 3.1693, 3.1058, 3.0545, 3.0123,
  2.9768, 2.9467, 2.9208, 2.8982, 2.8784, 2.8609, 2.8453, 2.8314, 2.8188, 2.8073, 2.7969, 2.7874, 2.7787,
  2.7707, 2.7633, 2.7564, 2.75,
] // prettier-ignore
/** Of the normal distribution, which they come to. */
const Z_90 = 1.2816
const Z_995 = 2.5758

/** Beyond the table by the first term of its expansion about the normal (Abramowitz and Stegun 26.7.5). */
function t(table: readonly number[], z: number, freedom: number): number {
  return table[freedom - 1] ?? z + (z ** 3 + z) / (4 * freedom)
}

const t90 = (freedom: number) => t(T_90, Z_90, freedom)

/**
 * How many times as far as the interval of `LEVEL` one of 99 % reaches, of two pairs or more. Who looks at ten thousand streets at
 * once sees two thousand that left the narrower one by chance alone, and a hundred that left this.
 */
export function surerBy(pairs: number): number {
  return t(T_995, Z_995, pairs - 1) / t90(pairs - 1)
}

/** The difference of pairs of runs, `edited[i]` and `base[i]` of the same member; `grain` is the least that one event changes. */
export function pairedDifference(
  base: readonly number[],
  edited: readonly number[],
  grain: number,
): DifferenceOf {
  const pairs = edited.length
  const differences = edited.map((value, i) => value - base[i])
  const difference = differences.reduce((sum, one) => sum + one, 0) / Math.max(1, pairs)
  if (pairs < 2) return { difference, interval: undefined, isClear: false, pairs }
  const square = differences.reduce((sum, one) => sum + (one - difference) ** 2, 0)
  const reach = reachOf(square, pairs, grain)
  const interval = [difference - reach, difference + reach] as const
  return { difference, interval, isClear: interval[0] > 0 || interval[1] < 0, pairs }
}

/** How far the interval reaches to either side of the mean of two `pairs` or more; `square` is the sum of their squared distances from it. */
export function reachOf(square: number, pairs: number, grain: number): number {
  const unseen = grain * (1 - (1 - LEVEL) ** (1 / pairs))
  return Math.max(unseen, t90(pairs - 1) * Math.sqrt(square / (pairs - 1) / pairs))
}

/** A measure of pairs of runs: means of both sides, their difference and how sure it is. */
export interface Surety {
  readonly base: number
  readonly edited: number
  readonly difference: number
  /** 80 % of the mean difference; from two pairs on. */
  readonly interval?: readonly [low: number, high: number]
  readonly isClear: boolean
}

/** Of at least one pair; `grain` as of `pairedDifference`. */
export function suretyOf(base: readonly number[], edited: readonly number[], grain: number): Surety {
  const { difference, interval, isClear } = pairedDifference(base, edited, grain)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return { base: mean(base), edited: mean(edited), difference, isClear, ...(interval && { interval }) }
}
