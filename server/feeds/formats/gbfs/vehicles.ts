/** Shared vehicles that stand free in the street. Those that a station holds are counted there. */
import type { SharedVehicle } from '../../content.ts'
import { isObject, listAt, numberAt, textAt, type JsonObject } from '../../json.ts'
import { canBePlace, Ids, withinLimit } from '../../records.ts'
import type { GbfsDocument } from './documents.ts'
import { booleanAt, idAt, requireKeys, timeAt, type GbfsReading } from './values.ts'
import type { VehicleType } from './vehicleTypes.ts'

type Types = ReadonlyMap<string, VehicleType> | undefined

export function vehiclesOf(
  { data, major, madeMs, name }: GbfsDocument,
  types: Types,
  reading: GbfsReading,
): readonly SharedVehicle[] {
  const isOfThree = Object.hasOwn(data, 'vehicles')
  const [key, idKey] = isOfThree ? ['vehicles', 'vehicle_id'] : ['bikes', 'bike_id']
  const ids = new Ids(`duplicate_${idKey}`)
  const vehicles: SharedVehicle[] = []
  for (const [i, record] of withinLimit(listAt(data, key) ?? [], name, reading).entries()) {
    const where = `${name}/${key}/${i}`
    if (!isObject(record)) {
      reading.deviations.add('type', 'error', where, record, 'an object')
      continue
    }
    requireKeys(record, [idKey, 'is_reserved', 'is_disabled'], where, reading)
    const id = idAt(record, idKey, where, reading)
    if (!ids.isNew(id, where, reading)) continue
    const typeId = typeIn(record, types, where, reading)
    if (textAt(record, 'station_id') !== '') continue
    requireKeys(record, ['lat', 'lon'], where, reading)
    const [lng, lat] = [numberAt(record, 'lon'), numberAt(record, 'lat')]
    if (!canBePlace(lng, lat, where, reading)) continue
    const reported = timeAt(record, 'last_reported', major, where, reading)
    vehicles.push({
      id,
      typeId,
      lng,
      lat,
      isReserved: booleanAt(record, 'is_reserved', major, where, reading) ?? false,
      isDisabled: booleanAt(record, 'is_disabled', major, where, reading) ?? false,
      timeMs: record['last_reported'] === undefined ? madeMs : reported,
    })
  }
  return vehicles
}

/** '' when it names none, or one that vehicle_types does not have. */
function typeIn(record: JsonObject, types: Types, where: string, reading: GbfsReading): string {
  const id = textAt(record, 'vehicle_type_id')
  if (types === undefined) return id
  if (id === '') requireKeys(record, ['vehicle_type_id'], where, reading)
  const type = types.get(id)
  if (type === undefined && id !== '')
    reading.deviations.add('invalid_vehicle_type_id', 'error', where, id, 'a type of vehicle_types')
  if (type?.isMotorised === true) requireKeys(record, ['current_range_meters'], where, reading)
  return type === undefined ? '' : id
}
