/** The files of GBFS in what came: one alone, or several in a list or an object by name; of each what it is, its version and its time. */
import { FeedError, type FeedFile } from '../../format.ts'
import { isObject, listAt, numberAt, objectAt, parseJson, textAt, type JsonObject } from '../../json.ts'
import { withinLimit, type Reading } from '../../records.ts'
import { requireKeys, timeAt } from './values.ts'

export interface GbfsDocument {
  /** Of the file, without its ending. */
  readonly name: GbfsName
  /** Of the version: 1 to 3. */
  readonly major: number
  /** NaN when it does not say. */
  readonly madeMs: number
  readonly data: JsonObject
}

export const gbfsNames = [
  'gbfs_versions',
  'system_information',
  'vehicle_types',
  'station_information',
  'station_status',
  'free_bike_status',
  'vehicle_status',
  'system_alerts',
  'geofencing_zones',
  'system_pricing_plans',
  'system_regions',
  'system_hours',
  'system_calendar',
  'manifest',
  'gbfs',
] as const
export type GbfsName = (typeof gbfsNames)[number]

/** What tells a file by its data, where its name does not: a field that no other has. */
const fields: readonly (readonly [field: string, name: GbfsName])[] = [
  ['bikes', 'free_bike_status'],
  ['vehicles', 'vehicle_status'],
  ['vehicle_types', 'vehicle_types'],
  ['alerts', 'system_alerts'],
  ['geofencing_zones', 'geofencing_zones'],
  ['plans', 'system_pricing_plans'],
  ['regions', 'system_regions'],
  ['rental_hours', 'system_hours'],
  ['calendars', 'system_calendar'],
  ['versions', 'gbfs_versions'],
  ['datasets', 'manifest'],
  ['feeds', 'gbfs'],
  ['system_id', 'system_information'],
]

// What the validator allows a publisher's clock, and what it calls outdated.
const SKEW_MS = 10_000
const OUTDATED_MS = 300_000
const MOST_DOCUMENTS = 100

/** Each name once. Throws FeedError when there is none. */
export function documentsOf(file: FeedFile, reading: Reading): ReadonlyMap<GbfsName, GbfsDocument> {
  const documents = new Map<GbfsName, GbfsDocument>()
  for (const [name, came] of cameBy(file, reading)) {
    const document = documentOf(name, came, reading)
    if (document === undefined) continue
    if (documents.has(document.name))
      reading.deviations.add('duplicateFile', 'warning', name, document.name, 'every file once')
    else documents.set(document.name, document)
  }
  if (documents.size > 0) return documents
  throw new FeedError(`gbfs: ${file.name}: no file of GBFS came, an object with "data" is due`)
}

/** Of a name as files and URLs have it, e.g. `…/en/station_status.json`. */
export function gbfsNameOf(name: string): GbfsName | undefined {
  return gbfsNames.find((known) => name.includes(known))
}

function cameBy(file: FeedFile, reading: Reading): readonly (readonly [name: string, came: unknown])[] {
  const root = parseJson(file)
  if (Array.isArray(root))
    return withinLimit(root, file.name, reading, MOST_DOCUMENTS).map((came, i) => [`[${i}]`, came])
  if (!isObject(root) || Object.hasOwn(root, 'data')) return [[file.name.split(/[\\/]/).at(-1)!, root]]
  return withinLimit(Object.entries(root), file.name, reading, MOST_DOCUMENTS)
}

function documentOf(where: string, came: unknown, reading: Reading): GbfsDocument | undefined {
  const data = objectAt(came, 'data')
  const name = data === undefined ? undefined : nameOf(data, where)
  if (!isObject(came) || data === undefined || name === undefined) {
    reading.deviations.add('unknownFile', 'error', where, came, 'a file of GBFS, with its data')
    return undefined
  }
  requireKeys(came, ['last_updated', 'ttl'], name, reading)
  const major = majorOf(came, name, reading)
  const madeMs = timeAt(came, 'last_updated', major, name, reading)
  noteAge(name, madeMs, reading)
  if (numberAt(came, 'ttl') < 0)
    reading.deviations.add('minimum', 'error', `${name}/ttl`, came['ttl'], 'at least 0')
  return { name, major, madeMs, data }
}

/** By what the data hold; where they hold nothing, by what the file is called. */
function nameOf(data: JsonObject, called: string): GbfsName | undefined {
  const stations = listAt(data, 'stations')
  if (stations !== undefined) {
    const [first] = stations
    if (!isObject(first)) return gbfsNameOf(called) ?? 'station_information'
    const isStatus = !Object.hasOwn(first, 'lat') && !Object.hasOwn(first, 'name')
    return isStatus ? 'station_status' : 'station_information'
  }
  const field = fields.find(([field]) => Object.hasOwn(data, field))
  if (field !== undefined) return field[1]
  const isByLanguage = Object.values(data).some((by) => listAt(by, 'feeds') !== undefined)
  return isByLanguage ? 'gbfs' : gbfsNameOf(called)
}

/** Version 1.0 had no field for it. */
function majorOf(document: JsonObject, where: string, { deviations }: Reading): number {
  const came = document['version']
  if (came === undefined) {
    deviations.add('required', 'warning', `${where}/version`, came, 'a version; read as 1.0')
    return 1
  }
  if (typeof came !== 'string') deviations.add('type', 'error', `${where}/version`, came, 'a text')
  const text = typeof came === 'number' ? String(came) : textAt(document, 'version')
  const major = Number(/^([1-3])(?:\.|$)/.exec(text)?.[1] ?? NaN)
  if (!Number.isNaN(major)) return major
  deviations.add('version', 'error', `${where}/version`, came, '1.0 to 3.0; read as 3.0')
  return 3
}

function noteAge(name: GbfsName, madeMs: number, { options, deviations }: Reading): void {
  const ageMs = options.nowMs - madeMs
  const made = () => new Date(madeMs).toISOString()
  if (ageMs < -SKEW_MS)
    deviations.add('last_updated_future', 'error', `${name}/last_updated`, made(), 'a time before now')
  if (ageMs > OUTDATED_MS && isLive(name))
    deviations.add('last_updated_outdated', 'warning', `${name}/last_updated`, made(), 'at most 5 min ago')
}

/** Of what changes from minute to minute. */
export function isLive(name: GbfsName): boolean {
  return name === 'station_status' || name === 'vehicle_status' || name === 'free_bike_status'
}
