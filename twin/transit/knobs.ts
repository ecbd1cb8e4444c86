/** What may be set of public transport. */
import type { KnobSpecs } from '../kernel/knob.ts'

export const serviceKnobs = {
  /**
   * Of a route, the time between two buses over the planned one, from the next bus on. A quarter is as close as buses of one line
   * follow each other in service; four times as far apart few wait for them.
   */
  headwayFactor: { of: 'route', neutral: 1, least: 0.25, most: 4, joins: 'product' },
  /** 1: buses drive past. */
  stopClosed: { of: 'stop', neutral: 0, least: 1, most: 1, isWhole: true, joins: 'last' },
} as const satisfies KnobSpecs

/** Of a route, how its buses are held, see `holding.ts`; they are when all three are turned. */
export const holdingKnobs = {
  /** Of the planned headway, so much must have passed since the bus ahead left. */
  holdShare: { of: 'route', neutral: 0, least: 0.1, most: 1, joins: 'last' },
  /** None waits longer for it, seconds. Ten minutes are more than riders on board would bear. */
  holdMostS: { of: 'route', neutral: 0, least: 10, most: 600, isWhole: true, joins: 'last' },
  /** From the first stop on, every so many are timing points. */
  holdEveryStops: { of: 'route', neutral: 0, least: 1, most: 50, isWhole: true, joins: 'last' },
} as const satisfies KnobSpecs

export const transitKnobs = { ...serviceKnobs, ...holdingKnobs } as const satisfies KnobSpecs
