/**
 * What the owner of a GeoJSON feed writes of it: which kind of content its features are, and which of their properties says what. A
 * property in an object in another is named with dots, `core_details.road_names`. Without a word they are places with their values.
 */
import * as v from 'valibot'
import { FeedError } from '../../format.ts'
import { isObject, type JsonObject } from '../../json.ts'
import { timeOf } from '../../plausible.ts'

const property = v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200)))
const times = {
  /** How times are written. */
  times: v.optional(v.picklist(['iso', 's', 'ms']), 'iso'),
  /** When the document was made: a property of the collection itself. */
  made: property,
}
const speedUnits = { kmh: 1 / 3.6, mph: 0.44704, mps: 1 } as const
const speedUnit = v.optional(v.picklist(['kmh', 'mph', 'mps']), 'kmh')
const eventKinds = [
  'closure',
  'roadWorks',
  'accident',
  'obstruction',
  'congestion',
  'weather',
  'other',
] as const

const places = v.strictObject({
  as: v.literal('places'),
  id: property,
  kind: property,
  /** Properties to keep, all when left out. */
  values: v.optional(v.pipe(v.array(v.string()), v.maxLength(100))),
  ...times,
})
const roadEvents = v.strictObject({
  as: v.literal('roadEvents'),
  id: property,
  kind: property,
  /** Which kind a value of `kind` is; what is not listed is `otherwise`. */
  kinds: v.optional(v.record(v.string(), v.picklist(eventKinds)), {}),
  otherwise: v.optional(v.picklist(eventKinds), 'other'),
  /** The property that tells a closure, and its values that do. Without them a closure is what is of that kind. */
  closed: property,
  closedWhen: v.optional(v.array(v.union([v.string(), v.number(), v.boolean()])), [true]),
  from: property,
  until: property,
  roadName: property,
  text: property,
  /** Of the texts, BCP 47. */
  language: v.optional(v.string(), ''),
  lanesClosed: property,
  speedLimit: property,
  speedUnit,
  ...times,
})
const measurements = v.strictObject({
  as: v.literal('measurements'),
  site: property,
  time: property,
  /** What a value is of, where every one is of as long. */
  periodS: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(86_400)), 300),
  flow: property,
  /** Vehicles an hour, or in the period. */
  flowUnit: v.optional(v.picklist(['vph', 'vehicles']), 'vph'),
  speed: property,
  speedUnit,
  occupancy: property,
  occupancyUnit: v.optional(v.picklist(['share', 'percent']), 'percent'),
  ...times,
})
const mapping = v.variant('as', [places, roadEvents, measurements])

export type Mapping = v.InferOutput<typeof mapping>
export type PlacesMapping = v.InferOutput<typeof places>
export type RoadEventsMapping = v.InferOutput<typeof roadEvents>
export type MeasurementsMapping = v.InferOutput<typeof measurements>

/** Throws FeedError naming what is wrong with it. */
export function parseMapping(settings: unknown): Mapping {
  const parsed = v.safeParse(mapping, settings ?? { as: 'places' })
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  throw new FeedError(`geoJson: settings: ${v.getDotPath(issue) ?? 'as a whole'}: ${issue.message}`)
}

/** What stands at a property, or at the end of a path of them; undefined when there is none. */
export function valueAt(record: JsonObject, path: string | undefined): unknown {
  if (path === undefined) return undefined
  if (Object.hasOwn(record, path)) return record[path]
  let at: unknown = record
  for (const name of path.split('.')) at = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined
  return at
}

/** A list of texts is one with commas. */
export function textOfValue(value: unknown): string {
  if (Array.isArray(value))
    return value
      .map(textOfValue)
      .filter((text) => text !== '')
      .join(', ')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

/** Also of a number written as a text; NaN for what is none. */
export function numberOfValue(value: unknown): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : NaN
}

/** Unix ms, NaN for what is no time. */
export function timeOfValue(value: unknown, times: Mapping['times'], utcOffsetS: number): number {
  if (times === 'iso') return typeof value === 'string' ? timeOf(value, utcOffsetS) : NaN
  return numberOfValue(value) * (times === 's' ? 1000 : 1)
}

export function metresPerSecond(value: unknown, unit: keyof typeof speedUnits): number {
  return numberOfValue(value) * speedUnits[unit]
}
