/**
 * NGSI-LD (ETSI GS CIM 009) entities of Smart Data Models' TrafficFlowObserved, normalised or as keyValues, one, a list or a
 * notification. Intensity counts the vehicles of the observed period; speeds are km/h unless a unitCode says otherwise.
 */
import type { LngLat } from '../content.ts'
import type { Deviations } from '../deviations.ts'
import { FeedError, headOf, type FeedFormat, type ReadOptions } from '../format.ts'
import { isObject, listAt, parseJson, textAt, type JsonObject } from '../json.ts'
import { middleOf } from '../line.ts'
import { madeMsOf } from '../made.ts'
import { MeasurementColumns } from '../measurementColumns.ts'
import { isPlace, numberOf, timeOf } from '../plausible.ts'

const TYPE = 'TrafficFlowObserved'
/** How many of a unit, by its UN/CEFACT code, are one metre per second. */
const SPEED_UNITS: ReadonlyMap<string, number> = new Map([
  ['', 3.6],
  ['KMH', 3.6],
  ['MTS', 1],
  ['HM', 1 / 0.44704],
])

export const ngsiLd: FeedFormat = {
  title: 'NGSI-LD TrafficFlowObserved',
  id: 'ngsiLd',
  isLike(file) {
    const head = headOf(file)
    return /^[[{]/.test(head) && (head.includes(TYPE) || head.includes('"urn:ngsi-ld:'))
  },
  read(file, options, deviations) {
    const document = parseJson(file)
    const entities = Array.isArray(document) ? document : (listAt(document, 'data') ?? [document])
    const rows = new MeasurementColumns(options.nowMs, deviations)
    let found = 0
    for (const [i, entity] of entities.entries()) {
      const id = textAt(entity, 'id') || textAt(entity, '@id')
      const where = id === '' ? `entity ${i}` : id
      if (!isObject(entity)) deviations.add('entityInvalid', 'error', where, entity, 'an object')
      else if (!isTraffic(entity)) deviations.add('typeNotRead', 'warning', where, entity['type'], TYPE)
      else {
        found++
        readEntity(entity, id, where, options, rows, deviations)
      }
    }
    if (found === 0 && entities.length > 0)
      throw new FeedError(`${file.name}: ${entities.length} entities came, none is a ${TYPE}`)
    return {
      madeMs: madeMsOf(textAt(document, 'notifiedAt'), options, deviations),
      measurements: rows.columns(),
    }
  },
}

/** The type may be one of several, and an address instead of a name. */
function isTraffic(entity: JsonObject): boolean {
  const type = entity['type'] ?? entity['@type']
  return (Array.isArray(type) ? type : [type]).some(
    (one) => typeof one === 'string' && one.slice(one.lastIndexOf('/') + 1) === TYPE,
  )
}

function readEntity(
  entity: JsonObject,
  id: string,
  where: string,
  options: ReadOptions,
  rows: MeasurementColumns,
  deviations: Deviations,
): void {
  const vehicleType = valueOf(entity, 'vehicleType')
  if (vehicleType !== undefined && vehicleType !== 'anyVehicle')
    return deviations.add('vehicleTypeOnly', 'warning', where, vehicleType, 'an observation of all vehicles')
  const { fromMs, untilMs } = periodOf(entity, options)
  const periodS = (untilMs - fromMs) / 1000
  const count = numberIn(entity, 'intensity', where, deviations)
  if (!Number.isNaN(count) && !(periodS > 0))
    deviations.add(
      'periodMissing',
      'warning',
      where,
      count,
      'dateObservedFrom and dateObservedTo of what was counted',
    )
  const unit = unitOf(entity, 'averageVehicleSpeed')
  const perMps = SPEED_UNITS.get(unit)
  if (perMps === undefined)
    deviations.add('unitNotRead', 'error', where, unit, [...SPEED_UNITS.keys()].slice(1).join(', '))
  const [lng, lat] = placeOf(valueOf(entity, 'location'), where, deviations)
  rows.add(where, {
    siteId: id,
    lng,
    lat,
    timeMs: untilMs,
    periodS: periodS > 0 ? periodS : NaN,
    flowVph: periodS > 0 ? (count * 3600) / periodS : NaN,
    speedMps: numberIn(entity, 'averageVehicleSpeed', where, deviations) / (perMps ?? NaN),
    occupancy: numberIn(entity, 'occupancy', where, deviations),
  })
}

/** By its own begin and end, else by dateObserved: an instant or `begin/end`, else by when the counts are said to be of. */
function periodOf(entity: JsonObject, { utcOffsetS }: ReadOptions): { fromMs: number; untilMs: number } {
  const time = (text: string) => timeOf(text, utcOffsetS)
  const [begin, end = begin] = timeText(valueOf(entity, 'dateObserved')).split('/', 2)
  const said = ['averageVehicleSpeed', 'intensity', 'occupancy'].map((name) =>
    textAt(entity[name], 'observedAt'),
  )
  const first = (...texts: readonly string[]) => texts.map(time).find((ms) => !Number.isNaN(ms)) ?? NaN
  return {
    fromMs: first(timeText(valueOf(entity, 'dateObservedFrom')), begin),
    untilMs: first(timeText(valueOf(entity, 'dateObservedTo')), end, ...said),
  }
}

/** What a property is worth: itself as keyValues, its value when normalised. */
function valueOf(entity: JsonObject, name: string): unknown {
  const property = Object.hasOwn(entity, name) ? entity[name] : undefined
  return isObject(property) && Object.hasOwn(property, 'value') ? property['value'] : (property ?? undefined)
}

function unitOf(entity: JsonObject, name: string): string {
  return Object.hasOwn(entity, name) ? textAt(entity[name], 'unitCode').toUpperCase() : ''
}

function timeText(value: unknown): string {
  if (typeof value === 'string') return value
  return textAt(value, '@value')
}

function numberIn(entity: JsonObject, name: string, where: string, deviations: Deviations): number {
  const value = valueOf(entity, name) ?? NaN
  if (typeof value === 'number') return value
  const number = typeof value === 'string' ? numberOf(value) : NaN
  const severity = Number.isNaN(number) ? 'error' : 'warning'
  deviations.add('numberInvalid', severity, `${where} ${name}`, value, 'a number')
  return number
}

/** A point, or the middle of the line that was observed; a geometry may come as the text of its GeoJSON. */
function placeOf(value: unknown, where: string, deviations: Deviations): LngLat {
  if (value === undefined) return [NaN, NaN]
  const geometry = typeof value === 'string' ? geometryIn(value) : value
  const coordinates = listAt(geometry, 'coordinates') ?? []
  const type = textAt(geometry, 'type')
  const line = type === 'Point' ? [coordinates] : type === 'LineString' ? coordinates : []
  const path = line.map((at): LngLat => (Array.isArray(at) ? [asNumber(at[0]), asNumber(at[1])] : [NaN, NaN]))
  const middle = middleOf(path)
  const impossible = path.find(([lng, lat]) => !isPlace(lng, lat))
  if (middle !== undefined && path.every((at) => at.every(Number.isFinite))) return impossible ?? middle
  deviations.add('locationNotRead', 'warning', where, type, 'a Point or a LineString')
  return [NaN, NaN]
}

function geometryIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function asNumber(value: unknown): number {
  return typeof value === 'number' ? value : NaN
}
