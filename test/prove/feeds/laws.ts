/** What holds of whatever was read of a feed, however broken its bytes were. */
import type { FeedContent } from '../../../server/feeds/content.ts'
import { isPlace, isSpeed, isTime } from '../../../server/feeds/plausible.ts'

type Fault = string | undefined

/** The first law that does not hold, in words. */
export function faultOf(content: FeedContent, nowMs: number): Fault {
  const { vehicles, tripDelays, measurements, meters } = content
  const {
    roadEvents = [],
    notices = [],
    stations = [],
    sharedVehicles = [],
    requests = [],
    features = [],
  } = content
  const times = (what: string, values: ArrayLike<number>) =>
    firstOf(values, (ms) => Number.isNaN(ms) || isTime(ms, nowMs), `${what}: a time far from now`)
  const spans = (what: string, from: number, until: number): Fault =>
    from > until ? `${what}: ends before it begins` : undefined
  const rows = [...stations, ...sharedVehicles, ...requests, ...features]
  return firstFault([
    times('made', [content.madeMs]),
    vehicles && sameLengths('vehicles', vehicles),
    vehicles && uniqueIds('vehicles', vehicles.id),
    vehicles && places('vehicles', vehicles.lng, vehicles.lat, false),
    vehicles && times('vehicles', vehicles.timeMs),
    vehicles &&
      firstOf(vehicles.speedMps, (mps) => Number.isNaN(mps) || isSpeed(mps), 'vehicles: a speed of nothing'),
    tripDelays && sameLengths('delays', { ...tripDelays, cancelledTripIds: tripDelays.tripId }),
    tripDelays && times('delays', tripDelays.arrivalMs),
    tripDelays && times('delays', tripDelays.departureMs),
    measurements && sameLengths('measurements', measurements),
    measurements && places('measurements', measurements.lng, measurements.lat, true),
    measurements && times('measurements', measurements.timeMs),
    measurements &&
      firstOf(
        measurements.flowVph,
        (flow) => Number.isNaN(flow) || (flow >= 0 && flow < 1e6),
        'measurements: no flow',
      ),
    measurements &&
      firstOf(
        measurements.speedMps,
        (mps) => Number.isNaN(mps) || isSpeed(mps),
        'measurements: a speed of nothing',
      ),
    measurements &&
      firstOf(
        measurements.occupancy,
        (share) => Number.isNaN(share) || (share >= 0 && share <= 1),
        'measurements: no share',
      ),
    meters && sameLengths('meters', meters),
    meters && times('meters', meters.fromMs),
    meters && firstOf(meters.powerW, (watts) => Number.isFinite(watts), 'meters: no power'),
    meters && firstOf(meters.durationS, (s) => s > 0, 'meters: no duration'),
    ...roadEvents.map(({ fromMs, untilMs }) => spans('road event', fromMs, untilMs)),
    ...roadEvents.map(({ path }) =>
      places(
        'road events',
        path.map(([lng]) => lng),
        path.map(([, lat]) => lat),
        false,
      ),
    ),
    uniqueIds(
      'road events',
      roadEvents.map(({ id }) => id),
    ),
    ...notices.map(({ fromMs, untilMs }) => spans('notice', fromMs, untilMs)),
    ...notices.flatMap(({ areas }) =>
      areas.map((ring) =>
        places(
          'notices',
          ring.map(([lng]) => lng),
          ring.map(([, lat]) => lat),
          false,
        ),
      ),
    ),
    places(
      'places',
      rows.map(({ lng }) => lng),
      rows.map(({ lat }) => lat),
      true,
    ),
    uniqueIds(
      'stations',
      stations.map(({ id }) => id),
    ),
    uniqueIds(
      'shared vehicles',
      sharedVehicles.map(({ id }) => id),
    ),
    uniqueIds(
      'requests',
      requests.map(({ id }) => id),
    ),
    times(
      'requests',
      requests.map(({ requestedMs }) => requestedMs),
    ),
  ])
}

function firstFault(faults: readonly Fault[]): Fault {
  return faults.find((fault) => fault !== undefined)
}

function firstOf(values: ArrayLike<number>, holds: (value: number) => boolean, fault: string): Fault {
  for (let i = 0; i < values.length; i++) if (!holds(values[i])) return `${fault}: ${values[i]}`
  return undefined
}

function sameLengths(what: string, columns: object): Fault {
  const lengths = Object.values(columns).map((column: ArrayLike<unknown>) => column.length)
  return new Set(lengths).size > 1 ? `${what}: columns of ${lengths.join(', ')} rows` : undefined
}

function uniqueIds(what: string, ids: readonly string[]): Fault {
  if (ids.includes('')) return `${what}: one without an id`
  return new Set(ids).size < ids.length ? `${what}: an id twice` : undefined
}

function places(what: string, lng: ArrayLike<number>, lat: ArrayLike<number>, mayLack: boolean): Fault {
  for (let i = 0; i < lng.length; i++) {
    const isNone = Number.isNaN(lng[i]) && Number.isNaN(lat[i])
    if (isNone ? !mayLack : !isPlace(lng[i], lat[i])) return `${what}: ${lat[i]}, ${lng[i]} is no place`
  }
  return undefined
}
