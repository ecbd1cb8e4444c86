/**
 * How far members are to be believed against persistence, at one lead: change = trust · drift + pull · gap, where drift is the
 * change that members foresee, and gap how far above the present they stand. Least squares over past forecasts, the older the
 * less, drawn towards full trust and no pull while few have come (ridge; Hoerl & Kennard 1970).
 */

/** Sums over the forecasts scored so far, plain values. */
export interface Blend {
  weight: number
  driftDrift: number
  driftGap: number
  gapGap: number
  driftChange: number
  gapChange: number
}

// What each new forecast leaves of the weight of those before, and the weight of the prior in forecasts. Assumed.
const KEPT = 0.995
const PRIOR_WEIGHT = 20
const PRIOR_TRUST = 1

export function makeBlend(): Blend {
  return { weight: 0, driftDrift: 0, driftGap: 0, gapGap: 0, driftChange: 0, gapChange: 0 }
}

/** Learns that where members drifted by `drift` and stood `gap` above the present, the city changed by `change`. */
export function learnChange(blend: Blend, drift: number, gap: number, change: number): void {
  blend.weight = KEPT * blend.weight + 1
  blend.driftDrift = KEPT * blend.driftDrift + drift * drift
  blend.driftGap = KEPT * blend.driftGap + drift * gap
  blend.gapGap = KEPT * blend.gapGap + gap * gap
  blend.driftChange = KEPT * blend.driftChange + drift * change
  blend.gapChange = KEPT * blend.gapChange + gap * change
}

/** The weights to use now, each from 0 (persistence) to 1. */
export function blendWeights(blend: Blend): { trust: number; pull: number } {
  const { weight, driftDrift, driftGap, gapGap, driftChange, gapChange } = blend
  const ridge = weight > 0 ? PRIOR_WEIGHT / weight : 0
  const a = driftDrift * (1 + ridge)
  const d = gapGap * (1 + ridge)
  const p = driftChange + ridge * driftDrift * PRIOR_TRUST
  const determinant = a * d - driftGap * driftGap
  if (!(a > 0)) return { trust: PRIOR_TRUST, pull: d > 0 ? unit(gapChange / d) : 0 }
  if (!(determinant > 1e-9 * a * d)) return { trust: unit(p / a), pull: 0 }
  return {
    trust: unit((p * d - driftGap * gapChange) / determinant),
    pull: unit((a * gapChange - driftGap * p) / determinant),
  }
}

function unit(value: number): number {
  return Math.max(0, Math.min(1, value))
}
