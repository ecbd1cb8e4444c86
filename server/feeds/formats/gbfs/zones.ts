/** Zones with rules of their own for shared vehicles, one feature a polygon. */
import type { LngLat, PlaceFeature } from '../../content.ts'
import { isObject, listAt, numberAt, objectAt, truthAt, type JsonObject } from '../../json.ts'
import { withinLimit } from '../../records.ts'
import { closedRing, middleOf, pathOf } from '../../rings.ts'
import type { GbfsDocument } from './documents.ts'
import { firstText, requireKeys, textsAt, type GbfsReading } from './values.ts'

/** By the version that has them. */
const rules = [
  'ride_allowed',
  'ride_start_allowed',
  'ride_end_allowed',
  'ride_through_allowed',
  'station_parking',
]

export function zonesOf({ data, name }: GbfsDocument, reading: GbfsReading): readonly PlaceFeature[] {
  const collection = objectAt(data, 'geofencing_zones')
  const zones: PlaceFeature[] = []
  for (const [i, feature] of withinLimit(listAt(collection, 'features') ?? [], name, reading).entries()) {
    const where = `${name}/features/${i}`
    if (!isObject(feature)) {
      reading.deviations.add('type', 'error', where, feature, 'an object')
      continue
    }
    requireKeys(feature, ['type', 'geometry', 'properties'], where, reading)
    const values = valuesOf(objectAt(feature, 'properties') ?? {}, where, reading)
    const polygons = listAt(objectAt(feature, 'geometry'), 'coordinates') ?? []
    for (const [j, polygon] of polygons.entries()) {
      const path = ringOf(polygon, `${where}/${j}`, reading)
      if (path === undefined) continue
      const [lng, lat] = middleOf(path)
      zones.push({ id: `${i}-${j}`, kind: 'geofencingZone', lng, lat, path, values })
    }
  }
  return zones
}

/** Of its first rule, which goes before the others. */
function valuesOf(properties: JsonObject, where: string, reading: GbfsReading): PlaceFeature['values'] {
  const rule = listAt(properties, 'rules')?.[0]
  const values: Record<string, string | number | boolean> = {}
  const name = firstText(textsAt(properties, 'name', where, reading), reading)
  if (name !== '') values['name'] = name
  for (const key of rules) {
    const truth = truthAt(rule, key)
    if (truth !== undefined) values[key] = truth
  }
  const kph = numberAt(rule, 'maximum_speed_kph')
  if (kph >= 0) values['maximumSpeedMps'] = kph / 3.6
  return values
}

/** The outer ring, closed; undefined when it is none. */
function ringOf(polygon: unknown, where: string, reading: GbfsReading): readonly LngLat[] | undefined {
  const outer: unknown = Array.isArray(polygon) ? polygon[0] : undefined
  const path = pathOf(Array.isArray(outer) ? outer : [], where, reading)
  if (path === undefined) return undefined
  const ring = closedRing(path)
  const { deviations } = reading
  const came = `${path.length} positions`
  if (ring === undefined) deviations.add('minItems', 'error', where, came, 'a ring of 4 or more')
  else if (ring !== path)
    deviations.add('unclosed_polygon', 'error', where, came, 'the first again at the end')
  return ring
}
