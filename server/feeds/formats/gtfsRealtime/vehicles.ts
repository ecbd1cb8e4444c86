/** A GTFS-Realtime message's vehicle positions as content, and their rules: E001 E012 E026 E027 E050 E052 W001 W004. */
import type { VehiclePositions } from '../../content.ts'
import { isPlace, isSpeed } from '../../plausible.ts'
import type { FeedMessage, Position } from './message.ts'
import { columnOf, entityTimeMs, tripName, type Reading, type TripName } from './reading.ts'

/** Faster is told of, m/s; about 60 mph, as the validator has it. */
const FAST_MPS = 26

interface Vehicle {
  readonly id: string
  readonly trip: TripName
  readonly lng: number
  readonly lat: number
  readonly bearingDeg: number
  readonly speedMps: number
  readonly timeMs: number
  readonly occupancy: string
}

/** Vehicles without a place, and those whose id came before, are left out; a speed, bearing or time that cannot be is NaN. */
export function vehiclesOf({ entities }: FeedMessage, reading: Reading): VehiclePositions {
  const { deviations } = reading
  const ids = new Set<string>()
  const vehicles: Vehicle[] = []
  for (const { id: entityId, vehicle } of entities) {
    if (vehicle === undefined) continue
    const where = `entity ${entityId}`
    const id = vehicle.vehicle?.id || entityId
    const timeMs = entityTimeMs(vehicle.timestampS, where, reading)
    const { position } = vehicle
    if (position === undefined) {
      deviations.add('vehicleWithoutPosition', 'warning', where, undefined, 'a position')
      continue
    }
    const { latitude: lat, longitude: lng } = position
    if (!isPlace(lng, lat)) {
      deviations.add('E026', 'error', where, `latitude ${lat}, longitude ${lng}`, 'a place in WGS 84')
      continue
    }
    if (ids.has(id)) {
      deviations.add('E052', 'error', where, `vehicle.id ${id} again`, 'an id of its own')
      continue
    }
    ids.add(id)
    vehicles.push({
      id,
      trip: tripName(vehicle.trip, where, deviations),
      lng,
      lat,
      bearingDeg: bearingOf(position, where, reading),
      speedMps: speedOf(position, where, reading),
      timeMs,
      occupancy: vehicle.occupancyStatus,
    })
  }
  return {
    id: vehicles.map(({ id }) => id),
    tripId: vehicles.map(({ trip }) => trip.tripId),
    routeId: vehicles.map(({ trip }) => trip.routeId),
    tripStartDate: vehicles.map(({ trip }) => trip.startDate),
    tripStartTime: vehicles.map(({ trip }) => trip.startTime),
    lng: columnOf(vehicles, ({ lng }) => lng),
    lat: columnOf(vehicles, ({ lat }) => lat),
    bearingDeg: columnOf(vehicles, ({ bearingDeg }) => bearingDeg),
    speedMps: columnOf(vehicles, ({ speedMps }) => speedMps),
    timeMs: columnOf(vehicles, ({ timeMs }) => timeMs),
    occupancy: vehicles.map(({ occupancy }) => occupancy),
  }
}

function bearingOf({ bearingDeg }: Position, where: string, { deviations }: Reading): number {
  if (Number.isNaN(bearingDeg) || (bearingDeg >= 0 && bearingDeg <= 360)) return bearingDeg
  deviations.add('E027', 'error', where, `bearing ${bearingDeg}`, '0 to 360 degrees')
  return NaN
}

function speedOf({ speedMps }: Position, where: string, { deviations }: Reading): number {
  if (Number.isNaN(speedMps) || (speedMps >= 0 && speedMps <= FAST_MPS)) return speedMps
  deviations.add('W004', 'warning', where, `speed ${speedMps} m/s`, `0 to ${FAST_MPS} m/s`)
  return isSpeed(speedMps) ? speedMps : NaN
}
