/**
 * GBFS, the General Bikeshare Feed Specification, 2.3 and 3.0 (and what is left of 1): each of its files alone, or several together
 * (a list, or an object by name), which joins stations with their status and checks what one file says of another.
 */
import type { FeedContent } from '../../content.ts'
import { headOf, type FeedFile, type FeedFormat } from '../../format.ts'
import { isGeoJsonType, listAt, textAt, topOf } from '../../json.ts'
import { alertsOf } from './alerts.ts'
import { linksOf, noteSystem } from './discovery.ts'
import { documentsOf, gbfsNameOf, gbfsNames, isLive, type GbfsDocument, type GbfsName } from './documents.ts'
import { stationsOf } from './stations.ts'
import type { GbfsReading } from './values.ts'
import { vehiclesOf } from './vehicles.ts'
import { vehicleTypesOf } from './vehicleTypes.ts'
import { zonesOf } from './zones.ts'

const MOST_LANGUAGES = 50

export const gbfs: FeedFormat = {
  title: 'GBFS: shared bicycles, scooters and cars',
  id: 'gbfs',
  isLike,
  read(file, options, deviations) {
    const documents = documentsOf(file, { options, deviations })
    const system = documents.get('system_information')
    const declared = (listAt(system?.data, 'languages') ?? []).slice(0, MOST_LANGUAGES)
    const languages = declared.filter((language) => typeof language === 'string')
    const language = textAt(system?.data, 'language')
    const reading: GbfsReading = { options, deviations, languages, language }
    if (system !== undefined) noteSystem(system, reading)
    return { madeMs: madeOf(documents), ...contentOf(documents, reading) }
  },
}

function contentOf(
  documents: ReadonlyMap<GbfsName, GbfsDocument>,
  reading: GbfsReading,
): Omit<FeedContent, 'madeMs'> {
  const typeFile = documents.get('vehicle_types')
  const types =
    typeFile === undefined
      ? undefined
      : vehicleTypesOf(typeFile, documents.get('system_pricing_plans'), reading)
  const information = documents.get('station_information')
  const status = documents.get('station_status')
  const vehicles = documents.get('vehicle_status') ?? documents.get('free_bike_status')
  const alerts = documents.get('system_alerts')
  const zones = documents.get('geofencing_zones')
  const discovery = documents.get('gbfs')
  return {
    ...(information === undefined && status === undefined
      ? {}
      : { stations: stationsOf(information, status, types, reading) }),
    ...(vehicles && { sharedVehicles: vehiclesOf(vehicles, types, reading) }),
    ...(alerts && { notices: alertsOf(alerts, reading) }),
    ...(zones && { features: zonesOf(zones, reading) }),
    ...(discovery && { links: linksOf(discovery, reading) }),
  }
}

/** Of what changes from minute to minute the oldest; of all when there is none of these. */
function madeOf(documents: ReadonlyMap<GbfsName, GbfsDocument>): number {
  const all = [...documents.values()].filter(({ madeMs }) => !Number.isNaN(madeMs))
  const live = all.filter(({ name }) => isLive(name))
  const made = (live.length > 0 ? live : all).map(({ madeMs }) => madeMs)
  return made.length > 0 ? Math.min(...made) : NaN
}

function isLike(file: FeedFile): boolean {
  const head = headOf(file)
  const top = topOf(head)
  if (isGeoJsonType(top.get('type'))) return false
  if (!top.has('data'))
    return [...top].some(
      ([name, value]) => value === '{' && gbfsNames.some((known) => name.startsWith(known)),
    )
  if (top.has('last_updated') || top.has('ttl') || gbfsNameOf(file.name) !== undefined) return true
  return /"data"\s*:\s*\{\s*"(?:stations|bikes|vehicles|vehicle_types|feeds|alerts|geofencing_zones|plans)"/.test(
    head,
  )
}
