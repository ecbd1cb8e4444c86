/**
 * Stations of sharing: where they are (station_information) joined with what stands there (station_status). One file alone gives what
 * it has: a station without a status is taken to be open, with unknown numbers; a status without a place has none.
 */
import type { SharingStation } from '../../content.ts'
import { isObject, listAt, numberAt, textAt, type JsonObject } from '../../json.ts'
import { canBePlace, Ids, withinLimit } from '../../records.ts'
import type { GbfsDocument } from './documents.ts'
import {
  booleanAt,
  countAt,
  firstText,
  idAt,
  requireKeys,
  textsAt,
  timeAt,
  type GbfsReading,
} from './values.ts'
import type { VehicleType } from './vehicleTypes.ts'

type Place = Pick<SharingStation, 'name' | 'lng' | 'lat' | 'capacity'>
type State = Omit<SharingStation, 'id' | keyof Place>
type Types = ReadonlyMap<string, VehicleType> | undefined

const NOWHERE: Place = { name: '', lng: NaN, lat: NaN, capacity: NaN }
const UNKNOWN: State = {
  vehiclesAvailable: NaN,
  docksAvailable: NaN,
  isRenting: true,
  isReturning: true,
  timeMs: NaN,
}

export function stationsOf(
  information: GbfsDocument | undefined,
  status: GbfsDocument | undefined,
  types: Types,
  reading: GbfsReading,
): readonly SharingStation[] {
  const places = information === undefined ? undefined : placesOf(information, reading)
  const states = status === undefined ? undefined : statesOf(status, types, reading)
  if (places === undefined) return [...(states ?? [])].map(([id, state]) => ({ id, ...NOWHERE, ...state }))
  const { deviations } = reading
  if (states !== undefined) {
    for (const id of states.keys())
      if (!places.has(id))
        deviations.add('missing_station_information', 'error', 'station_status', id, 'in station_information')
    for (const id of places.keys())
      if (!states.has(id))
        deviations.add('missing_station_status', 'error', 'station_information', id, 'in station_status')
  }
  const timeMs = information?.madeMs ?? NaN
  return [...places].flatMap(([id, place]) =>
    place === undefined ? [] : [{ id, ...place, ...(states?.get(id) ?? { ...UNKNOWN, timeMs }) }],
  )
}

/** By id; undefined for one that is nowhere on the globe. */
function placesOf(document: GbfsDocument, reading: GbfsReading): ReadonlyMap<string, Place | undefined> {
  const places = new Map<string, Place | undefined>()
  for (const [id, record, where] of stationsIn(document, reading)) {
    requireKeys(record, ['name', 'lat', 'lon'], where, reading)
    const [lng, lat] = [numberAt(record, 'lon'), numberAt(record, 'lat')]
    const name = firstText(textsAt(record, 'name', where, reading), reading)
    const capacity = countAt(record, 'capacity', where, reading)
    places.set(id, canBePlace(lng, lat, where, reading) ? { name, lng, lat, capacity } : undefined)
  }
  return places
}

function statesOf(document: GbfsDocument, types: Types, reading: GbfsReading): ReadonlyMap<string, State> {
  const { major, madeMs } = document
  const counts = ['num_bikes_available', 'num_vehicles_available']
  const [due, other] = major < 3 ? counts : counts.reverse()
  const states = new Map<string, State>()
  for (const [id, record, where] of stationsIn(document, reading)) {
    requireKeys(record, [due, 'is_installed', 'is_renting', 'is_returning', 'last_reported'], where, reading)
    const truth = (key: string) => booleanAt(record, key, major, where, reading) ?? false
    const isInstalled = truth('is_installed')
    const reported = timeAt(record, 'last_reported', major, where, reading)
    const key = Object.hasOwn(record, due) ? due : other
    const state = {
      vehiclesAvailable: countAt(record, key, where, reading),
      docksAvailable: countAt(record, 'num_docks_available', where, reading),
      isRenting: truth('is_renting') && isInstalled,
      isReturning: truth('is_returning') && isInstalled,
      timeMs: record['last_reported'] === undefined ? madeMs : reported,
    }
    noteTypes(record, types, state, where, reading)
    states.set(id, state)
  }
  return states
}

/** The validator's rules on what stands there by type. */
function noteTypes(
  record: JsonObject,
  types: Types,
  state: State,
  where: string,
  { deviations }: GbfsReading,
): void {
  const vehicles = listAt(record, 'vehicle_types_available')
  const docks = listAt(record, 'vehicle_docks_available')
  const { vehiclesAvailable, docksAvailable } = state
  if (types !== undefined && vehicles === undefined)
    deviations.add(
      'required',
      'error',
      `${where}/vehicle_types_available`,
      undefined,
      'counts by vehicle type',
    )
  if (vehicles !== undefined && countOf(vehicles) !== vehiclesAvailable)
    deviations.add(
      'num_vehicles_available_incorrect',
      'warning',
      where,
      vehiclesAvailable,
      `${countOf(vehicles)}`,
    )
  if (docks !== undefined && countOf(docks) !== docksAvailable)
    deviations.add('num_docks_available_incorrect', 'warning', where, docksAvailable, `${countOf(docks)}`)
  if (types === undefined) return
  const named = [
    ...(vehicles ?? []).map((count) => textAt(count, 'vehicle_type_id')),
    ...(docks ?? []).flatMap((count) => listAt(count, 'vehicle_type_ids') ?? []),
  ]
  for (const id of named)
    if (typeof id === 'string' && id !== '' && !types.has(id))
      deviations.add('invalid_vehicle_type_id', 'error', where, id, 'a type of vehicle_types')
}

function countOf(counts: readonly unknown[]): number {
  return counts.reduce<number>((sum, count) => sum + numberAt(count, 'count'), 0)
}

function* stationsIn(
  { data, name }: GbfsDocument,
  reading: GbfsReading,
): Generator<readonly [id: string, record: JsonObject, where: string]> {
  const ids = new Ids('duplicate_station_id')
  for (const [i, record] of withinLimit(listAt(data, 'stations') ?? [], name, reading).entries()) {
    const where = `${name}/stations/${i}`
    if (!isObject(record)) reading.deviations.add('type', 'error', where, record, 'an object')
    else {
      const id = idAt(record, 'station_id', where, reading)
      if (ids.isNew(id, where, reading)) yield [id, record, where]
    }
  }
}
