/** What would be shown of a feed's reading, in a few lines for people. */
import type { FeedContent } from './content.ts'

export interface Shown {
  readonly what: string
  readonly count: number
  /** Where: west, south, east, north; undefined of what has no place. */
  readonly box?: readonly [number, number, number, number]
  /** Unix ms of the oldest and the newest. */
  readonly fromMs?: number
  readonly untilMs?: number
}

/** Each kind that the feed has, also one with nothing in it. */
export function shownOf(content: FeedContent): Shown[] {
  const { vehicles, tripDelays, measurements, meters, timetable } = content
  const { roadEvents, notices, stations, sharedVehicles, requests, services, features, links } = content
  const lists: (Shown | undefined)[] = [
    vehicles && {
      what: 'vehicles',
      count: vehicles.id.length,
      ...boxOf(vehicles.lng, vehicles.lat),
      ...timesOf(vehicles.timeMs),
    },
    tripDelays && { what: 'calls with a delay', count: tripDelays.tripId.length },
    tripDelays && { what: 'trips that do not run', count: tripDelays.cancelledTripIds.length },
    measurements && {
      what: 'traffic measurements',
      count: measurements.siteId.length,
      ...boxOf(measurements.lng, measurements.lat),
      ...timesOf(measurements.timeMs),
    },
    roadEvents && {
      what: 'road events',
      count: roadEvents.length,
      ...boxOf(
        roadEvents.flatMap(({ path }) => path.map(([lng]) => lng)),
        roadEvents.flatMap(({ path }) => path.map(([, lat]) => lat)),
      ),
      ...timesOf(roadEvents.map(({ fromMs }) => fromMs)),
    },
    notices && {
      what: 'notices',
      count: notices.length,
      ...timesOf(notices.map(({ fromMs }) => fromMs)),
    },
    stations && { what: 'sharing stations', count: stations.length, ...placesOf(stations) },
    sharedVehicles && { what: 'shared vehicles', count: sharedVehicles.length, ...placesOf(sharedVehicles) },
    requests && {
      what: "residents' reports",
      count: requests.length,
      ...placesOf(requests),
      ...timesOf(requests.map(({ requestedMs }) => requestedMs)),
    },
    services && { what: 'things that can be reported', count: services.length },
    meters && { what: 'meter readings', count: meters.meterId.length, ...timesOf(meters.fromMs) },
    features && { what: 'places', count: features.length, ...placesOf(features) },
    links && { what: 'other documents of the feed', count: links.length },
    timetable && { what: 'trips of a timetable', count: timetable.trips },
    timetable && { what: 'stops of a timetable', count: timetable.stops },
    timetable && { what: 'routes of a timetable', count: timetable.routes },
  ]
  return lists.filter((each) => each !== undefined)
}

function placesOf(rows: readonly { readonly lng: number; readonly lat: number }[]): Pick<Shown, 'box'> {
  return boxOf(
    rows.map(({ lng }) => lng),
    rows.map(({ lat }) => lat),
  )
}

function boxOf(lng: ArrayLike<number>, lat: ArrayLike<number>): Pick<Shown, 'box'> {
  const [west, east] = rangeOf(lng)
  const [south, north] = rangeOf(lat)
  return west <= east && south <= north ? { box: [west, south, east, north] } : {}
}

function timesOf(timeMs: ArrayLike<number>): Pick<Shown, 'fromMs' | 'untilMs'> {
  const [fromMs, untilMs] = rangeOf(timeMs)
  return fromMs <= untilMs ? { fromMs, untilMs } : {}
}

/** Of those that are finite. */
function rangeOf(values: ArrayLike<number>): [number, number] {
  let [least, most] = [Infinity, -Infinity]
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue
    least = Math.min(least, values[i])
    most = Math.max(most, values[i])
  }
  return [least, most]
}
