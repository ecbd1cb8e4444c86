/**
 * Adaptive conformal inference (Gibbs & Candès 2021, "Adaptive Conformal Inference Under Distribution Shift"): a band as wide as
 * recent misses ask for, whose aimed-at miss rate gives way a little after each miss and returns a little after each hit, so that
 * in the long run the share of misses is the one wanted, whatever the city does.
 */
import { BAND_RATIO } from './forecast.ts'

/** Of one quantity at one lead; plain values, so that it can be stored as JSON. */
export interface Conformal {
  /** The miss rate now aimed at. */
  missRatio: number
  /** The last misses of the median, in multiples of the scale they were forecast with, oldest first. */
  readonly recent: number[]
}

const TARGET = 1 - BAND_RATIO
// The step γ of the paper: 0.005 to 0.05 there; large enough to follow a change from peak to night.
const STEP = 0.03
/** How many misses are remembered; and from how many on they say more than the members' own spread. */
const MEMORY = 200
const ENOUGH = 10
// Beyond the greatest miss remembered the paper's band is infinite; ours is this much wider than that.
const BEYOND = 1.25
// A long calm or a long surprise must not take as long to forget.
const LEAST_AIM = -0.1

export function makeConformal(): Conformal {
  return { missRatio: TARGET, recent: [] }
}

/** By what the scale is to be multiplied for the half width of the band; 1 before enough is known. */
export function bandFactor({ missRatio, recent }: Conformal): number {
  if (recent.length < ENOUGH) return 1
  const sorted = Float64Array.from(recent).sort()
  const rank = Math.ceil((sorted.length + 1) * (1 - missRatio))
  if (rank < 1) return 0
  return rank > sorted.length ? sorted[sorted.length - 1] * BEYOND : sorted[rank - 1]
}

/** Learns that the median missed by `miss` scales, and whether the band that was given held it. */
export function learnMiss(conformal: Conformal, miss: number, isInside: boolean): void {
  const { recent } = conformal
  const aim = conformal.missRatio + STEP * (TARGET - (isInside ? 0 : 1))
  conformal.missRatio = Math.max(LEAST_AIM, Math.min(1, aim))
  recent.push(miss)
  if (recent.length > MEMORY) recent.shift()
}
