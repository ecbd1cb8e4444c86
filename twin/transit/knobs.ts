/** What may be set of public transport. */
import type { KnobSpecs } from '../kernel/knob.ts'

export const transitKnobs = {
  /**
   * Of a route, the time between two buses over the planned one, from the next bus on. A quarter is as close as buses of one line
   * follow each other in service; four times as far apart few wait for them.
   */
  headwayFactor: { of: 'route', neutral: 1, least: 0.25, most: 4, joins: 'product' },
  /** 1: buses drive past. */
  stopClosed: { of: 'stop', neutral: 0, least: 1, most: 1, isWhole: true, joins: 'last' },
} as const satisfies KnobSpecs
