/** MeasurementSiteTable: where sites are, and what each of their indexed values is of. Measured data come without either. */
import * as v from 'valibot'
import type { LngLat, PlaceFeature } from '../../content.ts'
import type { Deviations } from '../../deviations.ts'
import type { FeedFile } from '../../format.ts'
import { middleOf } from '../../line.ts'
import { numberOf } from '../../plausible.ts'
import { childOf, childrenOf, textOf, type Element } from '../../xml.ts'
import { firstBelow, publicationsOf } from './document.ts'
import { pathsOf } from './location.ts'
import { textsOf } from './texts.ts'

const characteristicSchema = v.object({
  periodS: v.optional(v.number()),
  /** Of all vehicles, not of a class of them. */
  isOfAll: v.boolean(),
  /** Of one lane, not of all. */
  isOfLane: v.boolean(),
})
const siteSchema = v.object({
  name: v.string(),
  /** Longitude and latitude, where they could be read. */
  at: v.optional(v.tuple([v.number(), v.number()])),
  /** By the index of a value. */
  values: v.record(v.string(), characteristicSchema),
})

/** By id of the site; plain, so that it may be kept as JSON. */
export const siteTableSchema = v.record(v.string(), siteSchema)
export type MeasurementSite = v.InferOutput<typeof siteSchema>
export type SiteTable = v.InferOutput<typeof siteTableSchema>

const ALL_LANES = 'allLanesCompleteCarriageway'
const ANY_VEHICLE = 'anyVehicle'

/** Of a document with a table, what `settings.sites` of the measured data is to be. Throws FeedError when it is no DATEX II. */
export function readSiteTable(file: FeedFile, deviations: Deviations): SiteTable {
  const sites = new Map<string, MeasurementSite>()
  for (const publication of publicationsOf(file)) addSites(publication, sites, deviations)
  return Object.fromEntries(sites)
}

/** True when the publication has a table; a site that comes twice counts as it was first. */
export function addSites(
  publication: Element,
  sites: Map<string, MeasurementSite>,
  deviations: Deviations,
): boolean {
  const tables = childrenOf(publication, 'measurementSiteTable')
  const known = new Set<string>()
  for (const record of tables.flatMap(({ children }) => children)) {
    if (record.name !== 'measurementSiteRecord' && record.name !== 'measurementSite') continue
    const id = record.attributes['id'] ?? ''
    const where = `site ${id}`
    if (id === '') deviations.add('idMissing', 'error', where, '', 'the id of a site')
    else if (known.has(id)) deviations.add('idTwice', 'error', where, id, 'each site once')
    else sites.set(id, siteOf(record, where, deviations))
    known.add(id)
  }
  return tables.length > 0
}

/** Sites with a place, to be shown. */
export function featuresOf(sites: ReadonlyMap<string, MeasurementSite>): PlaceFeature[] {
  return [...sites].flatMap(([id, { name, at }]) =>
    at === undefined
      ? []
      : [{ id, kind: 'measurementSite', lng: at[0], lat: at[1], path: [], values: { name } }],
  )
}

/** Whether vehicles of all kinds are meant: no characteristics, or those of any vehicle. */
export function isOfAllVehicles(characteristics: Element | undefined): boolean {
  return (characteristics?.children ?? []).every(
    ({ name, text }) => name === 'vehicleType' && text === ANY_VEHICLE,
  )
}

function siteOf(record: Element, where: string, deviations: Deviations): MeasurementSite {
  const [path] = pathsOf(childOf(record, 'measurementSiteLocation'), where, deviations)
  const at: LngLat | undefined = path === undefined ? undefined : middleOf(path)
  const values = new Map<string, MeasurementSite['values'][string]>()
  for (const indexed of childrenOf(record, 'measurementSpecificCharacteristics')) {
    const characteristics = childOf(indexed, 'measurementSpecificCharacteristics') ?? indexed
    const periodS = numberOf(textOf(characteristics, 'period'))
    const lanes = childrenOf(characteristics, 'specificLane')
    values.set(indexed.attributes['index'] ?? '', {
      ...(periodS > 0 && { periodS }),
      isOfAll: isOfAllVehicles(childOf(characteristics, 'specificVehicleCharacteristics')),
      isOfLane: lanes.some((lane) => (lane.text || firstBelow(lane, 'laneUsage')?.text) !== ALL_LANES),
    })
  }
  const [name = ''] = Object.values(textsOf(childOf(record, 'measurementSiteName'), ''))
  return { name, ...(at !== undefined && { at: [...at] }), values: Object.fromEntries(values) }
}
