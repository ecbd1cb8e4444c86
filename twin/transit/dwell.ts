/**
 * How long a bus stands at a stop: dead time for doors and pulling out, and time for each passenger, in the form of the Transit
 * Capacity and Quality of Service Manual (TCRP 165, chapter 6): dwell = t_oc + max(P_b t_b, P_a t_a).
 */
import { exp } from '../kernel/math.ts'
import { randomUnit } from '../kernel/random.ts'

// Doors opening and closing and rejoining the lane, seconds. Assumed, within the manual's 2 to 5 s for doors plus start-up.
const DEAD_TIME_S = 8
// A passenger boarding with a smart card: the manual's middle value. Another alighting meanwhile through the rear door: assumed.
const BOARDING_S = 2.75
const ALIGHTING_S = 2
// Boardings a resident makes on a weekday: about a quarter of a thousand million a year among Montevideo's 1.3 million. Assumed elsewhere.
const BOARDINGS_PER_RESIDENT = 0.5
// More than this do not fit one stop. Assumed.
const MOST_BOARDINGS_MEAN = 12
// A bus that follows closely finds few waiting, one after a gap many, within these bounds of the planned headway. Assumed.
const HEADWAY_RATIO = [0.2, 2.5] as const

/** Boardings by hour against the mean of the hours in which buses run. Assumed: the two peaks of commuting and school. */
const HOUR_FACTORS = [
  0.25, 0.15, 0.1, 0.1, 0.2, 0.5, 1.0, 1.6, 1.4, 1.05, 0.95, 1.0, 1.2, 1.25, 1.1, 1.1, 1.3, 1.6, 1.5, 1.15,
  0.85, 0.7, 0.55, 0.4,
]

/** Mean boardings of a bus at one stop, at a headway as planned, in a city of `residents` whose weekday has `tripStops` calls. */
export function meanBoardings(residents: number, tripStops: number): number {
  if (tripStops === 0) return 0
  return Math.min(MOST_BOARDINGS_MEAN, (BOARDINGS_PER_RESIDENT * residents) / tripStops)
}

/**
 * Seconds that a trip stands at a stop; 0 when nobody gets on or off. `mean` from meanBoardings, `headwayRatio` the time since
 * the bus before over the planned headway, which is what makes a late bus later.
 */
export function dwellS(
  seed: number,
  trip: number,
  patternStop: number,
  mean: number,
  secondOfDay: number,
  headwayRatio: number,
): number {
  const ratio = Math.min(HEADWAY_RATIO[1], Math.max(HEADWAY_RATIO[0], headwayRatio))
  const expected = mean * HOUR_FACTORS[Math.floor(secondOfDay / 3600) % 24] * ratio
  const boardings = poisson(expected, randomUnit(seed, trip, patternStop, 1))
  const alightings = poisson(expected, randomUnit(seed, trip, patternStop, 2))
  if (boardings + alightings === 0) return 0
  return DEAD_TIME_S + Math.max(boardings * BOARDING_S, alightings * ALIGHTING_S)
}

/** A Poisson number of this mean, by inverting its distribution at `unit`. */
function poisson(mean: number, unit: number): number {
  let chance = exp(-mean)
  let left = unit - chance
  let count = 0
  while (left >= 0 && count < 200) {
    count++
    chance *= mean / count
    left -= chance
  }
  return count
}
