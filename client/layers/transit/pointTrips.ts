/** Trips that are pointed at, as their buses on the map; and which bus of some patterns lies under a hand. */
import { localFromLngLat } from '../../../twin/geo/projection.ts'
import type { Finder, Pointed } from '../../state/pointing.ts'
import type { LayerContext } from '../layer.ts'
import { busesOf, placeOfBus, type Bus } from './busPlaces.ts'

/** Trips are no table of the twin, only pointed at like one. */
export const TRIPS = 'transit.trips'

/** Of a context, what stays the same from frame to frame. */
type Moving = Pick<LayerContext, 'city' | 'mirror' | 'plans' | 'clock'>

export function pointedTrips(context: Moving, trips: readonly number[]): Pointed {
  return {
    table: TRIPS,
    rows: trips,
    shape() {
      const wanted = new Set(trips)
      const points = busesOf(context).flatMap((bus) => {
        const at = wanted.has(bus.trip) ? placeOfBus(context, bus) : undefined
        return at === undefined ? [] : [at]
      })
      return { points, paths: [] }
    },
  }
}

/** The nearest bus of those that are wanted. */
export function findTrip(context: Moving, isWanted: (bus: Bus) => boolean): Finder {
  const { projection } = context.city
  return (at, radiusM) => {
    const [x, y] = localFromLngLat(projection, at)
    let best: Bus | undefined
    let bestM = radiusM
    for (const bus of busesOf(context)) {
      const place = isWanted(bus) ? placeOfBus(context, bus) : undefined
      if (place === undefined) continue
      const [bx, by] = localFromLngLat(projection, place)
      const m = Math.hypot(bx - x, by - y)
      if (m >= bestM) continue
      bestM = m
      best = bus
    }
    return best && pointedTrips(context, [best.trip])
  }
}
