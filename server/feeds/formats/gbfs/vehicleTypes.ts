/** Types of shared vehicles: what vehicles and stations may name, with the validator's rules on them and on their prices. */
import { isObject, listAt, numberAt, textAt, type JsonObject } from '../../json.ts'
import { Ids, withinLimit } from '../../records.ts'
import type { GbfsDocument } from './documents.ts'
import { idAt, requireKeys, textsAt, type GbfsReading } from './values.ts'

export interface VehicleType {
  /** It has an engine, and so a range. */
  readonly isMotorised: boolean
}

const FORMS = 'bicycle cargo_bicycle car moped scooter_standing scooter_seated other scooter'.split(' ')
const PROPULSIONS =
  'human electric_assist electric combustion combustion_diesel hybrid plug_in_hybrid hydrogen_fuel_cell'.split(
    ' ',
  )

/** By id. */
export function vehicleTypesOf(
  { data, name }: GbfsDocument,
  plans: GbfsDocument | undefined,
  reading: GbfsReading,
): ReadonlyMap<string, VehicleType> {
  const types = new Map<string, VehicleType>()
  const ids = new Ids('duplicate_vehicle_type_id')
  const planIds = plans === undefined ? undefined : planIdsOf(plans)
  for (const [i, record] of withinLimit(listAt(data, 'vehicle_types') ?? [], name, reading).entries()) {
    const where = `${name}/vehicle_types/${i}`
    if (!isObject(record)) {
      reading.deviations.add('type', 'error', where, record, 'an object')
      continue
    }
    requireKeys(record, ['vehicle_type_id', 'form_factor', 'propulsion_type'], where, reading)
    const id = idAt(record, 'vehicle_type_id', where, reading)
    if (!ids.isNew(id, where, reading)) continue
    textsAt(record, 'name', where, reading)
    noteEnum(record, 'form_factor', FORMS, where, reading)
    noteEnum(record, 'propulsion_type', PROPULSIONS, where, reading)
    if (planIds !== undefined) notePlans(record, planIds, where, reading)
    const isMotorised = !['human', ''].includes(textAt(record, 'propulsion_type'))
    if (isMotorised) requireKeys(record, ['max_range_meters'], where, reading)
    types.set(id, { isMotorised })
  }
  return types
}

function noteEnum(
  record: JsonObject,
  key: string,
  values: readonly string[],
  where: string,
  { deviations }: GbfsReading,
): void {
  const came = record[key]
  if (came !== undefined && !values.includes(textAt(record, key)))
    deviations.add('enum', 'error', `${where}/${key}`, came, values.join(', '))
}

/** Plan ids, and whether reserving under it costs something. */
function planIdsOf({ data }: GbfsDocument): ReadonlyMap<string, boolean> {
  return new Map(
    (listAt(data, 'plans') ?? []).map((plan) => [
      textAt(plan, 'plan_id'),
      numberAt(plan, 'reservation_price_per_min') > 0 || numberAt(plan, 'reservation_price_flat_rate') > 0,
    ]),
  )
}

function notePlans(
  record: JsonObject,
  plans: ReadonlyMap<string, boolean>,
  where: string,
  { deviations }: GbfsReading,
): void {
  const planIds = listAt(record, 'pricing_plan_ids') ?? [textAt(record, 'default_pricing_plan_id')]
  for (const id of planIds) {
    if (typeof id !== 'string' || id === '') continue
    const reserves = plans.get(id)
    if (reserves === undefined)
      deviations.add('missing_system_pricing_plans', 'error', where, id, 'a plan of system_pricing_plans')
    if (reserves === true && record['default_reserve_time'] === undefined)
      deviations.add('default_reserve_time', 'error', where, undefined, 'default_reserve_time')
  }
}
