/** How many buses keep time, as the legend tells it. */
import type { LayerContext } from '../layer.ts'
import { busesOf } from './busPlaces.ts'

/** Nearer to its timetable than this a bus is on time, seconds; as the inspector words it. */
export const ON_TIME_S = 60
/** A bus this late has its ghost shown at street zooms without being selected. */
export const GHOST_FROM_DELAY_S = 180

/** From here on are drawn numbers over buses, stops, and ghosts of late buses. */
export const LABELS_FROM_ZOOM = 14.7
export const STOPS_FROM_ZOOM = 14.2
export const GHOSTS_FROM_ZOOM = 14.8

export interface BusCounts {
  readonly early: number
  readonly onTime: number
  readonly late: number
  /** Of those late, so late that their ghost is drawn. */
  readonly ghosts: number
}

/** `early`, `onTime` and `late` together are all buses on a trip. */
export function countBuses(context: Pick<LayerContext, 'city' | 'mirror'>): BusCounts {
  const counts = { early: 0, onTime: 0, late: 0, ghosts: 0 }
  for (const { delayS } of busesOf(context)) {
    if (Math.abs(delayS) < ON_TIME_S) counts.onTime++
    else if (delayS > 0) counts.late++
    else counts.early++
    if (delayS >= GHOST_FROM_DELAY_S) counts.ghosts++
  }
  return counts
}
