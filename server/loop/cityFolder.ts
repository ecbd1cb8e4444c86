/** A city on disk: `data/cities/<city>/`, its files and what a twin is made from. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { CityDatasets, CityInfo } from '../../twin/city.ts'
import { searchSchema, type SearchTables } from '../../twin/geo/searchTables.ts'
import { readColumnsFile } from '../../twin/kernel/columnsFile.ts'
import type { Services } from '../../twin/reports/services.ts'

/** Where the cities are. */
export const citiesFolder = fileURLToPath(new URL('../../data/cities/', import.meta.url))

/** The datasets a page may fetch, and the file that holds each. */
const files = {
  network: 'network.bin.gz',
  zones: 'zones.bin.gz',
  grid: 'grid.bin.gz',
  transit: 'transit.bin.gz',
  weather: 'weather.bin.gz',
  buildings: 'buildings.bin.gz',
  reports: 'reports.json',
} as const
export type DatasetName = keyof typeof files

/** One dataset as it goes over the wire. */
export interface Dataset {
  readonly gzipped: Buffer
  /** Changes when the bytes do. */
  readonly version: string
}

export interface CityFolder {
  readonly folder: string
  readonly info: CityInfo
  readonly datasets: ReadonlyMap<DatasetName, Dataset>
}

/** Ids of the cities in `root`: the folders that hold a city.json, in alphabetical order. */
export function listCities(root: string): string[] {
  if (!existsSync(root)) return []
  return readdirSync(root)
    .filter((name) => existsSync(join(root, name, 'city.json')))
    .sort()
}

/** Reads a city's description and the bytes of its datasets; throws with the file's name when one cannot be read. */
export async function openCity(root: string, cityId: string): Promise<CityFolder> {
  const folder = join(root, cityId)
  const info = parseJson<CityInfo>('city.json', await readFile(join(folder, 'city.json'), 'utf8'))
  const datasets = new Map<DatasetName, Dataset>()
  for (const [name, file] of Object.entries(files) as [DatasetName, string][]) {
    const path = join(folder, file)
    if (!existsSync(path)) continue
    const bytes = await readFile(path)
    const gzipped = file.endsWith('.gz') ? bytes : await promisify(gzip)(bytes)
    datasets.set(name, { gzipped, version: createHash('sha256').update(bytes).digest('hex').slice(0, 12) })
  }
  return { folder, info, datasets }
}

/** Of all files that a city's twin is made of: the same for the same bytes. */
export function dataVersion({ datasets }: CityFolder): string {
  const hash = createHash('sha256')
  for (const [name, { version }] of datasets) hash.update(`${name} ${version}\n`)
  return hash.digest('hex').slice(0, 12)
}

/** What the city's map names; undefined when it has no such file. */
export async function readSearch({ folder }: Pick<CityFolder, 'folder'>): Promise<SearchTables | undefined> {
  const path = join(folder, 'search.bin.gz')
  if (!existsSync(path)) return undefined
  return readColumnsFile(searchSchema, await promisify(gunzip)(await readFile(path))).tables
}

/** What `parseCity` takes, unpacked. */
export async function readDatasets(city: CityFolder): Promise<CityDatasets> {
  const unpacked = async (name: DatasetName): Promise<Uint8Array | undefined> => {
    const dataset = city.datasets.get(name)
    if (dataset === undefined) return undefined
    try {
      return await promisify(gunzip)(dataset.gzipped)
    } catch (error) {
      throw new Error(`${city.info.id}: ${files[name]} cannot be unpacked: ${(error as Error).message}`, {
        cause: error,
      })
    }
  }
  const due = async (name: DatasetName): Promise<Uint8Array> => {
    const bytes = await unpacked(name)
    if (bytes === undefined) throw new Error(`${city.info.id}: ${files[name]} is missing`)
    return bytes
  }
  const reports = await unpacked('reports')
  return {
    info: city.info,
    network: await due('network'),
    zones: await due('zones'),
    grid: await unpacked('grid'),
    weather: await unpacked('weather'),
    transit: await unpacked('transit'),
    reports: reports && parseJson<Services>('reports.json', Buffer.from(reports).toString('utf8')),
  }
}

/** A city's own file; its shape is vouched for by the recipe that wrote it. */
function parseJson<T>(file: string, text: string): T {
  try {
    return JSON.parse(text) as T
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
  }
}
