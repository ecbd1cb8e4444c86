/** GeoJSON (RFC 7946) of anybody's, as places, as road events or as measurements, by a mapping in the feed's settings. */
import type { FeedContent, PlaceFeature, RoadEvent, TrafficMeasurements } from '../../content.ts'
import { headOf, type FeedFile, type FeedFormat } from '../../format.ts'
import { isGeoJsonType, topOf, type JsonObject } from '../../json.ts'
import { isSpeed } from '../../plausible.ts'
import { Ids, possibleTime, type Reading } from '../../records.ts'
import { featuresOf, type Feature } from './features.ts'
import {
  metresPerSecond,
  numberOfValue,
  parseMapping,
  textOfValue,
  timeOfValue,
  valueAt,
  type MeasurementsMapping,
  type PlacesMapping,
  type RoadEventsMapping,
} from './mapping.ts'

/** Of one place so many values are kept, and so many characters of a text. */
const MOST_VALUES = 100
const LONGEST = 2000

export const geoJson: FeedFormat = {
  title: 'GeoJSON',
  id: 'geoJson',
  isLike,
  read(file, options, deviations): FeedContent {
    const reading = { options, deviations }
    const mapping = parseMapping(options.settings)
    const idPath = mapping.as === 'measurements' ? mapping.site : mapping.id
    const { collection, features } = featuresOf(file, idPath, mapping.as !== 'measurements', reading)
    const came = valueAt(collection, mapping.made)
    const made = timeOfValue(came, mapping.times, options.utcOffsetS)
    const madeMs = mapping.made === undefined ? NaN : possibleTime(made, came, mapping.made, reading)
    if (mapping.as === 'roadEvents')
      return { madeMs, roadEvents: features.flatMap((feature) => eventOf(feature, mapping, reading)) }
    if (mapping.as === 'measurements') return { madeMs, measurements: measured(features, mapping, reading) }
    return { madeMs, features: features.map((feature) => placeOf(feature, mapping)) }
  },
}

function placeOf({ id, shape, properties }: Feature, { kind, values }: PlacesMapping): PlaceFeature {
  const names = (values ?? Object.keys(properties)).slice(0, MOST_VALUES)
  const kept: [string, string | number | boolean][] = []
  for (const name of names) {
    const value = valueAt(properties, name)
    if (typeof value === 'string') kept.push([name, value.slice(0, LONGEST)])
    else if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
      kept.push([name, value])
  }
  return { id, kind: textOfValue(valueAt(properties, kind)), ...shape, values: Object.fromEntries(kept) }
}

/** One, or none where its times cannot be. Without a start it is from when it is read, without an end until further notice. */
function eventOf(
  { id, shape, properties, where }: Feature,
  mapping: RoadEventsMapping,
  reading: Reading,
): readonly RoadEvent[] {
  const startMs = timeIn(properties, mapping.from, mapping, where, reading)
  const endMs = timeIn(properties, mapping.until, mapping, where, reading)
  if (startMs === undefined || endMs === undefined) return []
  const untilMs = Number.isNaN(endMs) ? Infinity : endMs
  const fromMs = Number.isNaN(startMs) ? Math.min(reading.options.nowMs, untilMs) : startMs
  if (untilMs < fromMs) {
    reading.deviations.add('time', 'error', where, 'an end before the start', 'an end after it')
    return []
  }
  const named = textOfValue(valueAt(properties, mapping.kind))
  const kind = Object.hasOwn(mapping.kinds, named) ? mapping.kinds[named] : mapping.otherwise
  const closed = valueAt(properties, mapping.closed)
  const isClosed =
    mapping.closed === undefined
      ? kind === 'closure'
      : (mapping.closedWhen as readonly unknown[]).includes(closed)
  const text = textOfValue(valueAt(properties, mapping.text)).slice(0, LONGEST)
  return [
    {
      id,
      kind,
      isClosed,
      fromMs,
      untilMs,
      path: shape.path,
      roadName: textOfValue(valueAt(properties, mapping.roadName)).slice(0, LONGEST),
      text: text === '' ? {} : { [mapping.language]: text },
      lanesClosed: numberOfValue(valueAt(properties, mapping.lanesClosed)),
      speedLimitMps: speedIn(properties, mapping.speedLimit, mapping, where, reading),
    },
  ]
}

/** Every one with a time and a value; a site's time but once. */
function measured(
  features: readonly Feature[],
  mapping: MeasurementsMapping,
  reading: Reading,
): TrafficMeasurements {
  const { periodS } = mapping
  const ids = new Ids()
  const rows = features.flatMap(({ id, shape, properties, where }) => {
    const timeMs = timeIn(properties, mapping.time, mapping, where, reading) ?? NaN
    if (Number.isNaN(timeMs)) {
      if (valueAt(properties, mapping.time) === undefined)
        reading.deviations.add('required', 'error', where, undefined, `a time, at "${mapping.time ?? ''}"`)
      return []
    }
    if (!ids.isNew(`${id} ${timeMs}`, where, reading)) return []
    const flowVph =
      amountIn(properties, mapping.flow, where, reading) * (mapping.flowUnit === 'vph' ? 1 : 3600 / periodS)
    const speedMps = speedIn(properties, mapping.speed, mapping, where, reading)
    const scale = mapping.occupancyUnit === 'percent' ? 0.01 : 1
    const occupancy = amountIn(properties, mapping.occupancy, where, reading, 1 / scale) * scale
    if ([flowVph, speedMps, occupancy].every(Number.isNaN)) return []
    return [{ id, shape, timeMs, flowVph, speedMps, occupancy }]
  })
  return {
    siteId: rows.map(({ id }) => id),
    lng: Float64Array.from(rows, ({ shape }) => shape.lng),
    lat: Float64Array.from(rows, ({ shape }) => shape.lat),
    timeMs: Float64Array.from(rows, ({ timeMs }) => timeMs),
    periodS: new Float64Array(rows.length).fill(periodS),
    flowVph: Float64Array.from(rows, ({ flowVph }) => flowVph),
    speedMps: Float64Array.from(rows, ({ speedMps }) => speedMps),
    occupancy: Float64Array.from(rows, ({ occupancy }) => occupancy),
  }
}

/** NaN when there is none; undefined when it cannot be. */
function timeIn(
  properties: JsonObject,
  path: string | undefined,
  { times }: { readonly times: 'iso' | 's' | 'ms' },
  where: string,
  reading: Reading,
): number | undefined {
  const came = valueAt(properties, path)
  if (came === undefined || came === null || came === '') return NaN
  const ms = possibleTime(timeOfValue(came, times, reading.options.utcOffsetS), came, where, reading)
  return Number.isNaN(ms) ? undefined : ms
}

/** NaN when there is none, or it is beyond what can be; the latter is noted. */
function amountIn(
  properties: JsonObject,
  path: string | undefined,
  where: string,
  { deviations }: Reading,
  most = 100_000,
): number {
  const came = valueAt(properties, path)
  const amount = numberOfValue(came)
  if (came === undefined || came === null || (amount >= 0 && amount <= most)) return amount
  deviations.add('value', 'error', `${where}: ${path}`, came, `0 to ${most}`)
  return NaN
}

function speedIn(
  properties: JsonObject,
  path: string | undefined,
  { speedUnit }: { readonly speedUnit: 'kmh' | 'mph' | 'mps' },
  where: string,
  { deviations }: Reading,
): number {
  const came = valueAt(properties, path)
  const mps = metresPerSecond(came, speedUnit)
  if (came === undefined || came === null || isSpeed(mps)) return mps
  deviations.add('speed', 'error', `${where}: ${path}`, came, '0 to 70 m/s')
  return NaN
}

function isLike(file: FeedFile): boolean {
  const head = headOf(file)
  if (!/^[[{]/.test(head)) return false
  const top = topOf(head)
  if (top.has('type')) return isGeoJsonType(top.get('type'))
  return top.get('features') === '[' || (top.size > 0 && /\.geojson\b/i.test(file.name))
}
