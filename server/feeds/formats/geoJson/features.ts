/** The features in what came, whatever stands around them: a collection, a list, one feature, one geometry. */
import { FeedError, type FeedFile } from '../../format.ts'
import { isGeoJsonType, isObject, listAt, objectAt, parseJson, textAt, type JsonObject } from '../../json.ts'
import { Ids, withinLimit, type Reading } from '../../records.ts'
import { shapeOf, type Shape } from './geometry.ts'
import { textOfValue, valueAt } from './mapping.ts'

export interface Feature {
  readonly id: string
  readonly shape: Shape
  readonly properties: JsonObject
  readonly where: string
}

export interface Features {
  /** Without its features: what it says of itself. */
  readonly collection: JsonObject
  readonly features: readonly Feature[]
}

/** What names WGS 84 with the longitude first, or is taken for it. */
const WGS_84 = /^(?:urn:ogc:def:crs:(?:OGC:.*:CRS84|EPSG:.*:4326)|EPSG:4326)$/i

/**
 * Every one with a shape. The id is the mapped property, else the feature's own, else its number; `isUnique`: each but once. Throws
 * FeedError when there are none to be read.
 */
export function featuresOf(
  file: FeedFile,
  idPath: string | undefined,
  isUnique: boolean,
  reading: Reading,
): Features {
  const root = parseJson(file)
  const collection = isObject(root) ? root : {}
  const crs = textAt(objectAt(objectAt(collection, 'crs'), 'properties'), 'name')
  if (crs !== '' && !WGS_84.test(crs.slice(0, 100)))
    throw new FeedError(`geoJson: coordinates in ${crs.slice(0, 100)} came, WGS 84 is due`)
  const ids = new Ids()
  const features = withinLimit(cameIn(root), file.name, reading).flatMap((came, i): readonly Feature[] => {
    if (!isObject(came) || came['type'] !== 'Feature') {
      reading.deviations.add('feature', 'error', `feature ${i}`, came, 'an object of type Feature')
      return []
    }
    const properties = objectAt(came, 'properties') ?? {}
    const id = textOfValue(valueAt(properties, idPath)) || textOfValue(came['id']) || `${i}`
    const where = `feature ${id}`
    if (isUnique && !ids.isNew(id, where, reading)) return []
    const shape = shapeOf(came['geometry'], where, reading)
    if (shape !== undefined) return [{ id, shape, properties, where }]
    if (came['geometry'] === null || came['geometry'] === undefined)
      reading.deviations.add('geometry', 'warning', where, undefined, 'a geometry; left out')
    return []
  })
  return { collection, features }
}

function cameIn(root: unknown): readonly unknown[] {
  if (Array.isArray(root)) return root
  const features = listAt(root, 'features')
  if (features !== undefined) return features
  const type = textAt(root, 'type')
  if (type === 'Feature') return [root]
  if (isGeoJsonType(type) && type !== 'FeatureCollection') return [{ type: 'Feature', geometry: root }]
  throw new FeedError('geoJson: no features came, a FeatureCollection is due')
}
