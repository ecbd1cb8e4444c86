/** A whole city from one extract: calls the recipes in order and gives the bytes of every file of `data/cities/<city>/`. */
import { gzipSync } from 'fflate'
import type { CityInfo, FileSource } from '../../twin/city.ts'
import { searchSchema } from '../../twin/geo/searchTables.ts'
import { makeProjection, type LngLat } from '../../twin/geo/projection.ts'
import { writeColumnsFile, type FileSchema, type FileTables } from '../../twin/kernel/columnsFile.ts'
import { hashText } from '../../twin/kernel/hash.ts'
import { utf8FromText } from '../../twin/kernel/utf8.ts'
import { buildingsSchema, gridSchema } from '../../twin/power/grid.ts'
import { weatherSchema } from '../../twin/power/weather.ts'
import { networkSchema } from '../../twin/traffic/network.ts'
import { zonesSchema } from '../../twin/traffic/zones.ts'
import { timetableSchema } from '../../twin/transit/timetable.ts'
import { makeBasemap } from './basemap.ts'
import { makeBuildings } from './buildings.ts'
import { parseFacts, type CityFacts } from './facts.ts'
import { writeGtfs } from './gtfs.ts'
import { makeGrid } from './grid.ts'
import { landFeatures } from './land.ts'
import { makeNetworkWithReport } from './network.ts'
import type { OsmExtract, Progress } from './osm.ts'
import { sourcesOf, words } from './provenance.ts'
import { roadFromTags } from './roadTags.ts'
import { makeSearchTables } from './searchIndex.ts'
import { makeServices } from './services.ts'
import { solarNoonH } from './solarNoon.ts'
import { townFeatures } from './townFeatures.ts'
import { planTransit, type GivenFeed } from './planTransit.ts'
import { makeWeather } from './weather.ts'
import { makeZones } from './zones.ts'

export interface CityOrder {
  readonly id: string
  readonly extract: OsmExtract
  /** Parsed JSON of `facts.json`; an empty object where there is none. */
  readonly facts: unknown
  /** A published timetable to use in place of a synthesised one. */
  readonly feed?: GivenFeed
}

export interface MadeCity {
  readonly info: CityInfo
  /** File name to bytes, `city.json` included. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** One line each, for people. */
  readonly summary: readonly string[]
}

/** A source larger than this is a region, not a city. */
const MOST_SPAN_DEG = 2

/** Throws, with one sentence, when the extract holds no city. */
export function makeCity(order: CityOrder, progress: Progress): MadeCity {
  const { extract, id } = order
  const seed = hashText(id)
  const files = new Map<string, Uint8Array>()
  const changes: Record<string, Partial<FileSource>> = {}
  const summary: string[] = []
  const roads = extract.ways.filter((way) => roadFromTags(way.tags) !== undefined).map((way) => way.course[0])
  const middle = middleOf(roads)
  checkPlace(order)
  const projection = makeProjection(givenCenter(order.facts) ?? middle)

  progress('joining streets at their junctions', 0.05)
  const { network, keptM, droppedM } = makeNetworkWithReport(extract, projection)
  const facts = parseFacts(order.facts, { id, center: middle, streetKm: keptM / 1000 })
  const count = (n: number) => n.toLocaleString('en')
  files.set('network.bin.gz', packed(networkSchema, network))
  summary.push(
    `streets: ${count(network.links.fromNode.length)} links, ${count(network.nodes.xM.length)} nodes, ` +
      `${count(network.signals.xM.length)} signals, ${count(Math.round(keptM / 1000))} km; ` +
      `${count(Math.round(droppedM / 1000))} km cut off from the rest were left out`,
  )

  progress('laying buildings', 0.1)
  const buildings = makeBuildings(extract, network, projection, seed)
  const realCount = buildings.isReal.reduce((sum, value) => sum + value, 0)
  const laidCount = buildings.xM.length - realCount
  summary.push(`buildings: ${count(realCount)} as mapped, ${count(laidCount)} laid from addresses`)
  if (laidCount > realCount) {
    const how = words(
      `${count(realCount)} footprints as mapped; ${count(laidCount)} laid along the block fronts from address points`,
      `${count(realCount)} plantas como en el mapa; ${count(laidCount)} trazadas en el frente de las manzanas según los números de puerta`,
    )
    changes['buildings.bin.gz'] = { kind: 'synthesised', how }
  }

  progress('counting residents and jobs', 0.2)
  const zones = makeZones(extract, network, buildings, projection, facts)
  files.set('zones.bin.gz', packed(zonesSchema, zones))
  summary.push(
    `zones: ${count(zones.zones.xM.length)}, ${count(facts.population)} residents (${facts.populationSource})`,
  )

  progress('laying bus lines', 0.3)
  const transit = planTransit(order, network, projection)
  if (transit !== undefined) {
    const { routes, stops, trips } = transit.timetable
    files.set('transit.bin.gz', packed(timetableSchema, transit.timetable))
    files.set('gtfs.zip', writeGtfs(transit.timetable, network, projection, facts))
    Object.assign(changes, { 'transit.bin.gz': transit.origin, 'gtfs.zip': transit.origin })
    summary.push(
      `buses: ${count(routes.shortName.length)} lines, ${count(stops.xM.length)} stops, ${count(trips.pattern.length)} trips (${transit.note})`,
    )
  }

  progress('drawing a year of weather', 0.45)
  const site = { latitudeDeg: facts.center[1], solarNoonH: solarNoonH(facts.center[0], facts.timeZone) }
  files.set('weather.bin.gz', packed(weatherSchema, makeWeather(facts.climate, site, seed)))
  changes['weather.bin.gz'] = { source: facts.climate.source }
  files.set('reports.json', jsonBytes(makeServices()))

  progress('laying the electricity network', 0.5)
  const power = makeGrid(extract, network, zones, buildings, projection, seed, { climate: facts.climate })
  files.set('grid.bin.gz', packed(gridSchema, power.grid))
  const { footprints: _, ...columns } = buildings
  const supplied = { buildings: { ...columns, transformer: Uint32Array.from(power.transformerOfBuilding) } }
  files.set('buildings.bin.gz', packed(buildingsSchema, supplied))
  summary.push(...power.summary)

  progress('listing names and house numbers', 0.55)
  const search = makeSearchTables(extract, network, transit?.timetable, projection)
  files.set('search.bin.gz', packed(searchSchema, search))
  summary.push(
    `search: ${count(search.entries.name.length)} names, ${count(search.addresses.number.length)} house numbers`,
  )

  progress('cutting the map into tiles', 0.6)
  const features = [...landFeatures(extract, roads), ...townFeatures(extract, buildings, projection)]
  const about = { name: facts.name, attribution: attributionOf(facts) }
  files.set(
    'basemap.pmtiles',
    makeBasemap(features, extract.bounds, about, (share) =>
      progress('cutting the map into tiles', 0.6 + 0.4 * share),
    ),
  )

  changes['city.json'] =
    facts.assumed.length === 0
      ? { source: facts.populationSource }
      : {
          kind: 'synthesised',
          source: 'Citytwin',
          how: words(
            `assumed for want of facts: ${facts.assumed.join(', ')}`,
            `supuesto a falta de datos: ${facts.assumed.join(', ')}`,
          ),
        }
  const names = ['city.json', ...files.keys()]
  const info = infoOf(order, facts, seed, sourcesOf(names, extract.date, changes))
  files.set('city.json', jsonBytes(info))
  return { info, files, summary }
}

/** The file's bytes, gzipped without a date: the same tables always give the same bytes. */
export function packed<S extends FileSchema>(schema: S, tables: FileTables<S>): Uint8Array {
  return gzipSync(writeColumnsFile(schema, tables), { level: 9, mtime: 0 })
}

export function jsonBytes(value: unknown): Uint8Array {
  return utf8FromText(`${JSON.stringify(value, null, 2)}\n`)
}

function infoOf(order: CityOrder, facts: CityFacts, seed: number, files: readonly FileSource[]): CityInfo {
  return {
    id: order.id,
    name: facts.name,
    country: facts.country,
    timeZone: facts.timeZone,
    languages: facts.languages,
    bounds: order.extract.bounds,
    center: facts.center,
    seed,
    attribution: attributionOf(facts),
    files,
    parameters: facts.parameters,
  }
}

function attributionOf(facts: CityFacts): string {
  return ['© OpenStreetMap contributors, ODbL 1.0', ...facts.credits].join('; ')
}

/** Refuses what is not one city: a country, or facts of another place. */
function checkPlace({ extract, facts }: CityOrder): void {
  const [west, south, east, north] = extract.bounds
  if (east - west > MOST_SPAN_DEG || north - south > MOST_SPAN_DEG) {
    const span = `${(east - west).toFixed(1)}° by ${(north - south).toFixed(1)}°`
    throw new Error(`the source spans ${span}, expected one city of at most ${MOST_SPAN_DEG}° each way`)
  }
  const [lng, lat] = givenCenter(facts) ?? [west, south]
  if (!(lng >= west && lng <= east && lat >= south && lat <= north)) {
    throw new Error(
      `facts: center ${lng}, ${lat} lies outside the source's bounds (${extract.bounds.join(', ')})`,
    )
  }
}

function givenCenter(facts: unknown): LngLat | undefined {
  return (facts as { center?: LngLat }).center
}

/** Half of the roads lie to each side of it, so that farmland does not pull it out of town. */
function middleOf(roads: readonly LngLat[]): LngLat {
  if (roads.length === 0)
    throw new Error('the source has no roads for cars (no way with a drivable highway tag)')
  return [median(roads.map(([lng]) => lng)), median(roads.map(([, lat]) => lat))]
}

function median(values: number[]): number {
  values.sort((a, b) => a - b)
  return Math.round(values[values.length >> 1] * 1e5) / 1e5
}
