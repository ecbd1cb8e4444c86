/** What may be set of traffic. */
import type { KnobSpecs } from '../kernel/knob.ts'

export const trafficKnobs = {
  /** Multiplies the trips by car that begin from then on. */
  carTripsFactor: { of: 'city', neutral: 1, least: 0, most: 10, joins: 'product' },
} as const satisfies KnobSpecs
