/** What a drill is scored by: customer-minutes without supply and hours of vehicles on the road, against doing nothing. */
import type { OutcomeValues } from '../outcome.ts'

export interface Pair {
  readonly base: number
  readonly played: number
}

export interface DrillScore {
  readonly customerMinutes: Pair
  readonly vehicleHours: Pair
}

/** Of two runs of one moment. Rounded to thousandths, so that a file can be read and compared. */
export function scoreOf(base: OutcomeValues, played: OutcomeValues): DrillScore {
  return {
    customerMinutes: {
      base: rounded(base.customerMinutesOut),
      played: rounded(played.customerMinutesOut),
    },
    vehicleHours: { base: rounded(base.vehicleHours), played: rounded(played.vehicleHours) },
  }
}

/** What was saved: what doing nothing costs more. */
export function savedOf({ customerMinutes, vehicleHours }: DrillScore): {
  readonly customerMinutes: number
  readonly vehicleHours: number
} {
  return {
    customerMinutes: rounded(customerMinutes.base - customerMinutes.played),
    vehicleHours: rounded(vehicleHours.base - vehicleHours.played),
  }
}

export function isSameScore(a: DrillScore, b: DrillScore): boolean {
  return (
    a.customerMinutes.base === b.customerMinutes.base &&
    a.customerMinutes.played === b.customerMinutes.played &&
    a.vehicleHours.base === b.vehicleHours.base &&
    a.vehicleHours.played === b.vehicleHours.played
  )
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
