/** The trips by car and truck that set out in a run, a row each, in the order in which they did. */
import { TICKS_PER_S } from '../kernel/clock.ts'
import type { TripWatch } from '../traffic/tripWatch.ts'

/** `arriveS` of a trip that was still under way when the run ended. */
export const UNDER_WAY = -1
/** `arriveS` of a trip whose street closed before it could enter. */
export const TURNED_AWAY = -2

export interface TripLog {
  readonly watch: TripWatch
  /** Trips that set out so far. */
  readonly count: number
  /** By trip: names it, see `TripWatch.setOut`; seconds of Unix time, and a number within its second and zone. */
  unixS(trip: number): number
  index(trip: number): number
  fromZone(trip: number): number
  toZone(trip: number): number
  /** Seconds of Unix time at which it left the road; UNDER_WAY, TURNED_AWAY. */
  arriveS(trip: number): number
}

/** `startMs` is the Unix time of tick 0. */
export function makeTripLog(startMs: number): TripLog {
  const unixS: number[] = []
  const index: number[] = []
  const fromZone: number[] = []
  const toZone: number[] = []
  const arriveS: number[] = []
  // by row of vehicles; rows are used again
  const tripOf = new Map<number, number>()
  const end = (vehicle: number, atS: number) => {
    const trip = tripOf.get(vehicle)
    if (trip === undefined) return
    arriveS[trip] = atS
    tripOf.delete(vehicle)
  }
  return {
    watch: {
      setOut(vehicle, second, zone, number, to) {
        tripOf.set(vehicle, unixS.length)
        unixS.push(second)
        index.push(number)
        fromZone.push(zone)
        toZone.push(to)
        arriveS.push(UNDER_WAY)
      },
      ended: (vehicle, tick) => end(vehicle, startMs / 1000 + tick / TICKS_PER_S),
      turnedAway: (vehicle) => end(vehicle, TURNED_AWAY),
    },
    get count() {
      return unixS.length
    },
    unixS: (trip) => unixS[trip],
    index: (trip) => index[trip],
    fromZone: (trip) => fromZone[trip],
    toZone: (trip) => toZone[trip],
    arriveS: (trip) => arriveS[trip],
  }
}
