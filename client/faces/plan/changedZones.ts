/** The districts whose trips grow most longer, and most shorter. */
import type { TripChanges, ZoneChange } from '../../../twin/scenario/winners.ts'

const LISTED = 5
/** Of fewer trips a mean says little. */
const LEAST_TRIPS = 20
/** Less is written as no change at all. */
const LEAST_S = 0.5

export function changedZones({ zones }: TripChanges): {
  readonly longer: readonly ZoneChange[]
  readonly shorter: readonly ZoneChange[]
} {
  const known = zones.filter((zone) => zone.trips >= LEAST_TRIPS)
  const sorted = [...known].sort((a, b) => b.meanChangeS - a.meanChangeS)
  return {
    longer: sorted.filter(({ meanChangeS }) => meanChangeS >= LEAST_S).slice(0, LISTED),
    shorter: sorted
      .filter(({ meanChangeS }) => meanChangeS <= -LEAST_S)
      .slice(-LISTED)
      .reverse(),
  }
}
