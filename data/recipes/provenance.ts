/** Where each file of a city came from, in words for people; `city.json` holds the answer and the page shows it. */
import type { CityInfo, FileSource } from '../../twin/city.ts'

const OSM = 'OpenStreetMap'
const ODBL = 'ODbL 1.0'

type Origin = Pick<FileSource, 'what' | 'kind' | 'source' | 'how'>

const origins: Readonly<Record<string, Origin>> = {
  'city.json': { what: 'name, time zone, population, climate', kind: 'real', source: 'published figures' },
  'facts.json': {
    what: 'what the map does not know, as it was given',
    kind: 'real',
    source: 'published figures',
  },
  'network.bin.gz': {
    what: 'streets',
    kind: 'real',
    source: OSM,
    how: 'ways cut at their junctions; lanes and speeds by class where the tags are silent; only the part where every street reaches every other',
  },
  'buildings.bin.gz': {
    what: 'buildings',
    kind: 'real',
    source: OSM,
    how: 'footprints, heights and uses as mapped, defaults where the tags are silent; the supplying transformer is synthesised',
  },
  'zones.bin.gz': {
    what: 'residents, jobs and attractions',
    kind: 'synthesised',
    source: OSM,
    how: 'the census total spread over floor space and mapped uses, the city cut into compact zones',
  },
  'transit.bin.gz': {
    what: 'bus lines',
    kind: 'synthesised',
    source: OSM,
    how: 'stops as mapped, lines laid along the streets between them, headways assumed',
  },
  'gtfs.zip': {
    what: 'bus lines as a GTFS feed',
    kind: 'synthesised',
    source: OSM,
    how: 'the same timetable as transit.bin.gz',
  },
  'grid.bin.gz': {
    what: 'electricity network',
    kind: 'synthesised',
    source: OSM,
    how: 'substations and transmission lines as mapped; feeders, transformers and their loads laid along the streets to every building',
  },
  'weather.bin.gz': {
    what: 'weather',
    kind: 'simulated',
    source: 'climate normals',
    how: 'a typical year drawn around the monthly normals',
  },
  'reports.json': {
    what: 'report categories',
    kind: 'synthesised',
    source: 'this project',
    how: 'categories and rates modelled on published municipal totals; every request shown is simulated or filed by a viewer',
  },
  'search.bin.gz': { what: 'names and house numbers', kind: 'real', source: OSM },
  'basemap.pmtiles': {
    what: 'map',
    kind: 'real',
    source: OSM,
    how: 'cut into vector tiles; the sea closed from its shore line; a building with is_real = false is synthesised',
  },
  'warm.bin.gz': {
    what: 'traffic of a normal day by the half hour',
    kind: 'simulated',
    source: 'this project',
    how: 'states stored while the twin ran a whole day',
  },
  'yesterday.bin.gz': {
    what: 'a normal day, to compare with',
    kind: 'simulated',
    source: 'this project',
    how: 'street and feeder states of a simulated day, every 5 minutes',
  },
}

/** One entry a file, in the order given; `changes` say what is different this time. Throws for a file nobody accounts for. */
export function sourcesOf(
  files: readonly string[],
  date: string,
  changes: Readonly<Record<string, Partial<FileSource>>> = {},
): FileSource[] {
  return files.map((file) => {
    const origin = origins[file]
    if (origin === undefined) throw new Error(`city: ${file} has no provenance`)
    return { file, ...origin, date, licence: ODBL, ...changes[file] }
  })
}

/** The city with entries for files that were made later, from the city itself, such as its warm states. */
export function withFiles(info: CityInfo, files: readonly string[]): CityInfo {
  const known = info.files.filter((source) => !files.includes(source.file))
  const date = info.files.find((source) => source.file === 'network.bin.gz')?.date ?? ''
  return { ...info, files: [...known, ...sourcesOf(files, date)] }
}

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
] // prettier-ignore

/** «December 2017» of an ISO date; a source without dates has none. */
export function monthYear(date: string): string {
  if (date === '') return 'undated'
  const [year, month] = date.split('-').map(Number)
  return `${MONTHS[month - 1]} ${year}`
}
