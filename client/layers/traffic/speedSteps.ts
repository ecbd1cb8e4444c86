/** Speed against a lone driver's at this hour, in the five steps of the theme's palette. */
import { indicators } from '../../../twin/objectives/indicators.ts'
import { indicatorTable } from '../../../twin/objectives/tables.ts'
import type { Mirror } from '../../state/mirror.ts'

/** A street slower than this share of its free speed is in the next step; assumed, evenly spaced. */
export const STEP_BELOW = [0.8, 0.6, 0.4, 0.2] as const

const DRIVING_SPEED = indicators.findIndex(({ id }) => id === 'drivingSpeedRatio')

/** What street life leaves a lone driver of the free speed at this hour, 0 to 1; 1 before the first frame. */
export function drivingSpeedRatio(mirror: Mirror): number {
  return mirror.table(indicatorTable).columns.value[DRIVING_SPEED] || 1
}

/** 0 (free) to 4 (standing). */
export function speedStep(speedMps: number, freeSpeedMps: number): number {
  const ratio = freeSpeedMps > 0 ? speedMps / freeSpeedMps : 1
  let step = 0
  while (step < STEP_BELOW.length && ratio < STEP_BELOW[step]) step++
  return step
}
