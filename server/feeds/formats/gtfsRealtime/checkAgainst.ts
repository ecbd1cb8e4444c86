/** The rules of GTFS-Realtime that need the timetable: E003 E004 E011 E028 E029, and E047 of feeds beside one another. */
import type { Deviations } from '../../deviations.ts'
import { isPlace } from '../../plausible.ts'
import type { TimetableIndex, TimetableShape } from '../gtfs/timetableIndex.ts'
import type { Alert, FeedMessage, TripDescriptor } from './message.ts'

/** How far a vehicle may be from all shapes or stops, and from its own trip's shape, metres; as the validator has it. */
const REGION_M = 1609
const TRIP_M = 200

const M_PER_DEG = 111_195
const RADIANS = Math.PI / 180

/** Whether trips, routes and stops are the timetable's, and vehicles where it says. */
export function checkAgainst(timetable: TimetableIndex, message: FeedMessage, deviations: Deviations): void {
  const detours = detoursOf(message)
  for (const { id, tripUpdate, vehicle, alert } of message.entities) {
    const where = `entity ${id}`
    const checkStop = (stopId: string) => {
      if (stopId !== '' && !timetable.stopIds.has(stopId))
        deviations.add('E011', 'error', where, stopId, 'a stop_id of stops.txt')
    }
    checkTrip(timetable, tripUpdate?.trip, where, deviations)
    for (const { stopId } of tripUpdate?.stopTimeUpdates ?? []) checkStop(stopId)
    checkTrip(timetable, vehicle?.trip, where, deviations)
    if (vehicle !== undefined) checkStop(vehicle.stopId)
    for (const { routeId, stopId, trip } of alert?.informedEntities ?? []) {
      checkRoute(timetable, routeId, where, deviations)
      checkTrip(timetable, trip, where, deviations)
      checkStop(stopId)
    }
    const { position, trip } = vehicle ?? {}
    if (position === undefined || !isPlace(position.longitude, position.latitude)) continue
    const { longitude: lng, latitude: lat } = position
    if (!isInRegion(timetable, lng, lat)) {
      deviations.add('E028', 'error', where, `${lat}, ${lng}`, `within ${REGION_M} m of the timetable's area`)
      continue
    }
    if (trip === undefined || detours.has(`trip ${trip.tripId}`) || detours.has(`route ${trip.routeId}`))
      continue
    const shape = timetable.shapes.get(timetable.trips.get(trip.tripId)?.shapeId ?? '')
    if (shape !== undefined && !isNearShape(shape, lng, lat))
      deviations.add('E029', 'error', where, `${lat}, ${lng}`, `within ${TRIP_M} m of its trip's shape`)
  }
}

/**
 * Whether feeds of vehicles and of trip updates pair the same vehicles and trips (E047). A vehicle may be ahead on another trip of its
 * block, which only the timetable can tell.
 */
export function checkPairs(
  messages: readonly FeedMessage[],
  timetable: TimetableIndex | undefined,
  deviations: Deviations,
): void {
  const vehicleOf = new Map<string, string>()
  const tripOf = new Map<string, string>()
  const entities = messages.flatMap(({ entities }) => entities)
  for (const { vehicle } of entities) {
    const vehicleId = vehicle?.vehicle?.id ?? ''
    const tripId = vehicle?.trip?.tripId ?? ''
    if (vehicleId === '' || tripId === '') continue
    vehicleOf.set(tripId, vehicleId)
    tripOf.set(vehicleId, tripId)
  }
  for (const { id, tripUpdate } of entities) {
    const vehicleId = tripUpdate?.vehicle?.id ?? ''
    const tripId = tripUpdate?.trip?.tripId ?? ''
    if (vehicleId === '' || tripId === '') continue
    const where = `entity ${id}`
    const vehicle = vehicleOf.get(tripId)
    const trip = tripOf.get(vehicleId)
    if (vehicle !== undefined && vehicle !== vehicleId)
      deviations.add(
        'E047',
        'error',
        where,
        `trip ${tripId} by ${vehicleId}`,
        `by ${vehicle}, as its position says`,
      )
    else if (trip !== undefined && trip !== tripId && !isSameBlock(timetable, trip, tripId))
      deviations.add(
        'E047',
        'error',
        where,
        `${vehicleId} on trip ${tripId}`,
        `on ${trip}, as its position says`,
      )
  }
}

function isSameBlock(timetable: TimetableIndex | undefined, a: string, b: string): boolean {
  const blockId = timetable?.trips.get(a)?.blockId ?? ''
  return blockId !== '' && blockId === timetable?.trips.get(b)?.blockId
}

function checkTrip(
  timetable: TimetableIndex,
  trip: TripDescriptor | undefined,
  where: string,
  deviations: Deviations,
): void {
  if (trip === undefined) return
  const isNew = ['ADDED', 'NEW', 'DUPLICATED', 'REPLACEMENT'].includes(trip.scheduleRelationship)
  if (trip.tripId !== '' && !isNew && !timetable.trips.has(trip.tripId))
    deviations.add('E003', 'error', where, trip.tripId, 'a trip_id of trips.txt')
  checkRoute(timetable, trip.routeId, where, deviations)
}

function checkRoute(timetable: TimetableIndex, routeId: string, where: string, deviations: Deviations): void {
  if (routeId !== '' && !timetable.routeIds.has(routeId))
    deviations.add('E004', 'error', where, routeId, 'a route_id of routes.txt')
}

/** Trips and routes that an alert sends another way. */
function detoursOf({ entities }: FeedMessage): Set<string> {
  const alerts = entities.flatMap(({ alert }): Alert[] => (alert?.effect === 'DETOUR' ? [alert] : []))
  const informed = alerts.flatMap(({ informedEntities }) => informedEntities)
  const trips = informed.map(({ trip }) => trip?.tripId ?? '')
  const routes = informed.map(({ trip, routeId }) => trip?.routeId || routeId)
  return new Set([
    ...trips.filter((id) => id !== '').map((id) => `trip ${id}`),
    ...routes.filter((id) => id !== '').map((id) => `route ${id}`),
  ])
}

function isInRegion({ bounds }: TimetableIndex, lng: number, lat: number): boolean {
  if (bounds === undefined) return true
  const [west, south, east, north] = bounds
  const marginLat = REGION_M / M_PER_DEG
  const marginLng = marginLat / Math.max(Math.cos(lat * RADIANS), 0.01)
  return (
    lng >= west - marginLng && lng <= east + marginLng && lat >= south - marginLat && lat <= north + marginLat
  )
}

/** On a plane about the vehicle, which is exact enough so near to it. */
function isNearShape({ lng, lat }: TimetableShape, atLng: number, atLat: number): boolean {
  const mPerDegLng = M_PER_DEG * Math.cos(atLat * RADIANS)
  let x0 = (lng[0] - atLng) * mPerDegLng
  let y0 = (lat[0] - atLat) * M_PER_DEG
  if (x0 * x0 + y0 * y0 <= TRIP_M * TRIP_M) return true
  for (let i = 1; i < lng.length; i++) {
    const x1 = (lng[i] - atLng) * mPerDegLng
    const y1 = (lat[i] - atLat) * M_PER_DEG
    const dx = x1 - x0
    const dy = y1 - y0
    const length2 = dx * dx + dy * dy
    const share = length2 > 0 ? Math.min(Math.max(-(x0 * dx + y0 * dy) / length2, 0), 1) : 0
    const x = x0 + share * dx
    const y = y0 + share * dy
    if (x * x + y * y <= TRIP_M * TRIP_M) return true
    x0 = x1
    y0 = y1
  }
  return false
}
