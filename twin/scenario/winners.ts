/**
 * Who gains and who loses: the same trips with the edits and without, by the district they set out from. A mean over the city
 * hides those whom an edit costs much behind the many whom it gives a little.
 */
import type { TripLog } from './tripLog.ts'

/** A trip this much longer or shorter counts as changed, seconds; assumed, as for buses. */
export const CHANGED_S = 60

export interface ZoneChange {
  readonly zone: number
  /** Trips from there that arrived in both runs. */
  readonly trips: number
  /** Of these, edited less base. */
  readonly meanChangeS: number
  /** How many of them take CHANGED_S longer at least, and shorter. */
  readonly longer: number
  readonly shorter: number
}

export interface TripChanges {
  /** By zone, those with trips alone, in order of rows. */
  readonly zones: readonly ZoneChange[]
  /** Trips that arrived in one of the runs alone: under way at its end in the other, turned away there, or made in one alone. */
  readonly unmatched: number
}

/** What of a trip is compared, as columns; of a log or as a thread hands it over. */
export interface TripTimes {
  readonly unixS: ArrayLike<number>
  readonly index: ArrayLike<number>
  readonly fromZone: ArrayLike<number>
  /** Seconds; negative of a trip that has not arrived. */
  readonly travelS: ArrayLike<number>
}

/** The times of a log, in columns that can be handed over. */
export function tripTimesOf(log: TripLog): TripTimes {
  const trips = Array.from({ length: log.count }, (_, trip) => trip)
  return {
    unixS: Float64Array.from(trips, log.unixS),
    index: Uint16Array.from(trips, log.index),
    fromZone: Uint16Array.from(trips, log.fromZone),
    travelS: Float32Array.from(trips, (trip) =>
      log.arriveS(trip) < 0 ? -1 : log.arriveS(trip) - log.unixS(trip),
    ),
  }
}

/** Compares two runs of one seed and demand, trip by trip. */
export function compareTrips(base: TripTimes, edited: TripTimes): TripChanges {
  const before = new Map<number, number>()
  const firstS = base.unixS[0] ?? edited.unixS[0] ?? 0
  for (let trip = 0; trip < base.unixS.length; trip++)
    if (base.travelS[trip] >= 0) before.set(nameOf(base, trip, firstS), base.travelS[trip])
  const byZone = new Map<number, { trips: number; sumS: number; longer: number; shorter: number }>()
  let matched = 0
  let arrived = 0
  for (let trip = 0; trip < edited.unixS.length; trip++) {
    if (edited.travelS[trip] < 0) continue
    arrived++
    const wasS = before.get(nameOf(edited, trip, firstS))
    if (wasS === undefined) continue
    matched++
    const zone = edited.fromZone[trip]
    const changeS = edited.travelS[trip] - wasS
    const sums = byZone.get(zone) ?? { trips: 0, sumS: 0, longer: 0, shorter: 0 }
    sums.trips++
    sums.sumS += changeS
    if (changeS >= CHANGED_S) sums.longer++
    if (changeS <= -CHANGED_S) sums.shorter++
    byZone.set(zone, sums)
  }
  const zones = [...byZone]
    .sort(([a], [b]) => a - b)
    .map(([zone, { trips, sumS, longer, shorter }]) => ({
      zone,
      trips,
      meanChangeS: sumS / trips,
      longer,
      shorter,
    }))
  return { zones, unmatched: arrived - matched + (before.size - matched) }
}

/** Different for different trips of a run of less than a day. */
function nameOf({ unixS, fromZone, index }: TripTimes, trip: number, firstS: number): number {
  return ((unixS[trip] - firstS) * 0x10000 + fromZone[trip]) * 0x10000 + index[trip]
}
