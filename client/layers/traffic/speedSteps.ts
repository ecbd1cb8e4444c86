/** Speed against a lone driver's at this hour, in the five steps of the theme's palette. */
/** A street slower than this share of its free speed is in the next step; assumed, evenly spaced. */
export const STEP_BELOW = [0.8, 0.6, 0.4, 0.2] as const

/** 0 (free) to 4 (standing). */
export function speedStep(speedMps: number, freeSpeedMps: number): number {
  const ratio = freeSpeedMps > 0 ? speedMps / freeSpeedMps : 1
  let step = 0
  while (step < STEP_BELOW.length && ratio < STEP_BELOW[step]) step++
  return step
}
