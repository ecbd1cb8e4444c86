/**
 * Counts and speeds of detectors as CSV. Without settings: half-hourly readings (`site_id, date, half_hour, mean_speed_kmh`) and sites
 * (`site_id, lat, lon`, and more); any other table by a mapping of its columns, units and time zone.
 */
import * as v from 'valibot'
import type { FeedContent, PlaceFeature } from '../content.ts'
import {
  cellsOf,
  columnName,
  csvEntries,
  headNames,
  numberIn,
  parseCsv,
  timeReader,
  type Csv,
} from '../csv.ts'
import type { Deviations } from '../deviations.ts'
import { FeedError, type FeedFile, type FeedFormat, type ReadOptions } from '../format.ts'
import { MeasurementColumns } from '../measurementColumns.ts'
import { isPlace } from '../plausible.ts'
import { settingsOf } from '../settings.ts'

const name = v.optional(columnName)

/** Which column is what. A table without a time is one of sites. */
const columnsSchema = v.strictObject({
  siteId: columnName,
  /** Date and time in one, or the date with a clock time or the number of its half hour, from 0. */
  time: name,
  date: name,
  clock: name,
  halfHour: name,
  periodS: name,
  flow: name,
  speed: name,
  occupancy: name,
  lng: name,
  lat: name,
})
type Columns = v.InferOutput<typeof columnsSchema>

const settingsSchema = v.strictObject({
  ...csvEntries,
  columns: v.optional(columnsSchema),
  /** Where no column says it. */
  periodS: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
  flowUnit: v.optional(v.picklist(['perHour', 'perPeriod']), 'perHour'),
  speedUnit: v.optional(v.picklist(['kmh', 'mps', 'mph']), 'kmh'),
  occupancyUnit: v.optional(v.picklist(['share', 'percent']), 'share'),
  /** Where sites lie, by id: longitude, latitude. */
  sites: v.optional(v.record(v.string(), v.tuple([v.number(), v.number()]))),
})
type Settings = v.InferOutput<typeof settingsSchema>

const SITES = { siteId: 'site_id', lng: 'lon', lat: 'lat' } as const satisfies Columns
const READINGS = {
  siteId: 'site_id',
  date: 'date',
  halfHour: 'half_hour',
  speed: 'mean_speed_kmh',
} as const satisfies Columns
const HALF_HOUR_S = 1800
/** How many of a unit are one metre per second. */
const PER_MPS = { kmh: 3.6, mps: 1, mph: 1 / 0.44704 }

export const detectorCsv: FeedFormat = {
  title: 'Detector CSV',
  id: 'detectorCsv',
  isLike(file) {
    const names = headNames(file)
    const has = (pattern: RegExp) => names.some((name) => pattern.test(name))
    return (
      has(/^(site|detector|station|sensor|loop)(_?id)?$/) &&
      has(/speed|flow|volume|intensity|occupancy|vehicles|^lanes$/)
    )
  },
  read(file, options, deviations) {
    const settings = settingsOf(settingsSchema, options.settings)
    const csv = parseCsv(file, settings.delimiter, deviations)
    const columns = settings.columns ?? columnsKnown(csv, file)
    for (const column of Object.values(columns))
      if (column !== undefined && !csv.columns.has(column))
        throw new FeedError(
          `${file.name}: no column ${column} came, ${[...csv.columns.keys()].join(', ')} did`,
        )
    const isTimed = columns.time !== undefined || columns.date !== undefined
    return isTimed
      ? measurementsOf(csv, columns, settings, options, deviations)
      : sitesOf(csv, columns, settings, deviations)
  },
}

function columnsKnown(csv: Csv, file: FeedFile): Columns {
  const known = [READINGS, SITES].find((columns) =>
    Object.values(columns).every((column) => csv.columns.has(column)),
  )
  if (known !== undefined) return known
  const due = [READINGS, SITES].map((columns) => Object.values(columns).join(', ')).join(' or ')
  const came = [...csv.columns.keys()].join(', ')
  throw new FeedError(`${file.name}: columns ${came} came, ${due} are due, or settings.columns`)
}

function measurementsOf(
  csv: Csv,
  columns: Columns,
  settings: Settings,
  options: ReadOptions,
  deviations: Deviations,
): FeedContent {
  const { numberAt, textAt } = cellsOf(csv, settings, deviations)
  const timeOf = timeReader(settings, options)
  const sites = new Map(Object.entries(settings.sites ?? {}))
  const rows = new MeasurementColumns(options.nowMs, deviations)

  for (const row of csv.rows) {
    const siteId = textAt(row, columns.siteId)
    const site = sites.get(siteId)
    const ofHalfHour = columns.halfHour === undefined ? NaN : HALF_HOUR_S
    const clock =
      columns.halfHour === undefined ? textAt(row, columns.clock) : clockOf(numberAt(row, columns.halfHour))
    const periodS = firstOf(numberAt(row, columns.periodS), settings.periodS ?? NaN, ofHalfHour)
    const lasted = settings.timeMeans === 'begin' && periodS > 0 ? periodS : 0
    rows.add(row.where, {
      siteId,
      lng: firstOf(numberAt(row, columns.lng), site?.[0] ?? NaN),
      lat: firstOf(numberAt(row, columns.lat), site?.[1] ?? NaN),
      timeMs: timeOf(`${textAt(row, columns.time ?? columns.date)} ${clock}`) + lasted * 1000,
      periodS,
      flowVph: numberAt(row, columns.flow) * (settings.flowUnit === 'perHour' ? 1 : 3600 / periodS),
      speedMps: numberAt(row, columns.speed) / PER_MPS[settings.speedUnit],
      occupancy: numberAt(row, columns.occupancy) / (settings.occupancyUnit === 'share' ? 1 : 100),
    })
  }
  return { madeMs: NaN, measurements: rows.columns() }
}

function sitesOf(csv: Csv, columns: Columns, settings: Settings, deviations: Deviations): FeedContent {
  const { numberAt, textAt } = cellsOf(csv, settings, deviations)
  const isPosition = new Set([columns.siteId, columns.lng, columns.lat])
  const others = [...csv.columns.keys()].filter((column) => !isPosition.has(column))
  const features = new Map<string, PlaceFeature>()
  for (const row of csv.rows) {
    const id = textAt(row, columns.siteId)
    const [lng, lat] = [numberAt(row, columns.lng), numberAt(row, columns.lat)]
    if (id === '') deviations.add('idMissing', 'error', row.where, '', 'the id of a site')
    else if (features.has(id)) deviations.add('idTwice', 'error', row.where, id, 'each site once')
    else if (!isPlace(lng, lat))
      deviations.add('placeImpossible', 'error', row.where, `${lng}, ${lat}`, 'longitude, latitude')
    else {
      const values = Object.fromEntries(
        others.map((column) => [column, valueOf(textAt(row, column), settings.decimal)]),
      )
      features.set(id, { id, kind: 'detector', lng, lat, path: [], values })
    }
  }
  return { madeMs: NaN, features: [...features.values()] }
}

function valueOf(text: string, decimal: '.' | ','): string | number {
  const number = numberIn(text, decimal)
  return number === undefined || Number.isNaN(number) ? text : number
}

/** When the half hour begins, counted from 0 at midnight. */
function clockOf(halfHour: number): string {
  if (!(halfHour >= 0 && halfHour < 48 && Number.isInteger(halfHour))) return 'at no half hour'
  return `${String(Math.floor(halfHour / 2)).padStart(2, '0')}:${halfHour % 2 === 0 ? '00' : '30'}`
}

/** The first that is a number. */
function firstOf(...numbers: readonly number[]): number {
  return numbers.find((number) => !Number.isNaN(number)) ?? NaN
}
