/** A city as the twin knows it: the static world of every domain, parsed once from `data/cities/<city>/`. */
import { makeProjection, type Projection } from './geo/projection.ts'
import { readColumnsFile, type FileSchema, type FileTables } from './kernel/columnsFile.ts'
import { gridSchema, type PowerGrid } from './power/grid.ts'
import { weatherSchema, type Weather } from './power/weather.ts'
import type { Services } from './reports/services.ts'
import { networkSchema, type RoadNetwork } from './traffic/network.ts'
import { zonesSchema, type Zones } from './traffic/zones.ts'
import { timetableSchema, type Timetable } from './transit/timetable.ts'

/** The same said in each language of the page. */
export interface Words {
  readonly en: string
  readonly es: string
}

/** Where one file of a city came from; the page shows it. */
export interface FileSource {
  readonly file: string
  /** What it holds: 'streets', 'buildings', 'bus lines'. */
  readonly what: Words
  readonly kind: 'real' | 'synthesised' | 'simulated'
  readonly source: string
  /** Of the snapshot, ISO 8601 year and month: '2017-12'; left out where the source has none of its own. */
  readonly date?: string
  readonly licence: string
  /** How it was made, when it was not simply copied. */
  readonly how?: Words
}

/** `city.json`. */
export interface CityInfo {
  readonly id: string
  readonly name: string
  readonly country: string
  readonly timeZone: string
  /** Languages spoken there, best first, as BCP 47 tags. */
  readonly languages: readonly string[]
  readonly bounds: readonly [west: number, south: number, east: number, north: number]
  /** Where a map opens, and the origin of local metres. */
  readonly center: readonly [lng: number, lat: number]
  readonly seed: number
  readonly attribution: string
  readonly files: readonly FileSource[]
  /** Model parameters fitted or assumed for this city, by name; documented in public/docs. */
  readonly parameters: Readonly<Record<string, number>>
}

export interface City {
  readonly info: CityInfo
  readonly projection: Projection
  readonly network: RoadNetwork
  readonly zones: Zones
  readonly grid: PowerGrid | undefined
  readonly weather: Weather | undefined
  readonly timetable: Timetable | undefined
  readonly services: Services | undefined
}

/** The datasets a twin is made from, ungzipped, by name; what is absent the city has not. */
export interface CityDatasets {
  readonly info: CityInfo
  readonly network: Uint8Array
  readonly zones: Uint8Array
  readonly grid?: Uint8Array
  readonly weather?: Uint8Array
  readonly transit?: Uint8Array
  readonly reports?: Services
}

/** Parses a city; throws, naming the dataset, when one of them is broken. */
export function parseCity(datasets: CityDatasets): City {
  const { info } = datasets
  return {
    info,
    projection: makeProjection(info.center),
    network: read('network', networkSchema, datasets.network),
    zones: read('zones', zonesSchema, datasets.zones),
    grid: datasets.grid && read('grid', gridSchema, datasets.grid),
    weather: datasets.weather && read('weather', weatherSchema, datasets.weather),
    timetable: datasets.transit && read('transit', timetableSchema, datasets.transit),
    services: datasets.reports,
  }
}

/** Residents of all zones together. */
export function residentsOf({ zones }: Pick<City, 'zones'>): number {
  return zones.zones.residents.reduce((sum, count) => sum + count, 0)
}

function read<S extends FileSchema>(name: string, schema: S, file: Uint8Array): FileTables<S> {
  try {
    return readColumnsFile(schema, file).tables
  } catch (error) {
    throw new Error(`city: ${name}: ${(error as Error).message}`, { cause: error })
  }
}
