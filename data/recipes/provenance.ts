/** Where each file of a city came from, in words for people; `city.json` holds the answer and the page shows it. */
import type { CityInfo, FileSource, Words } from '../../twin/city.ts'

const OSM = 'OpenStreetMap'
const THIS = 'Citytwin'
const ODBL = 'ODbL 1.0'

type Origin = Pick<FileSource, 'what' | 'kind' | 'source' | 'how'>

/** One thing said in English and in Spanish. */
export function words(en: string, es: string): Words {
  return { en, es }
}

const PUBLISHED = 'published figures'

const origins: Readonly<Record<string, Origin>> = {
  'city.json': {
    what: words('name, time zone, population, climate', 'nombre, huso horario, población, clima'),
    kind: 'real',
    source: PUBLISHED,
  },
  'facts.json': {
    what: words('what the map does not know, as it was given', 'lo que el mapa no sabe, tal como se dio'),
    kind: 'real',
    source: PUBLISHED,
  },
  'network.bin.gz': {
    what: words('streets', 'calles'),
    kind: 'real',
    source: OSM,
    how: words(
      'ways cut at their junctions; lanes and speeds by class where the tags are silent; only the part where every street reaches every other',
      'vías cortadas en sus cruces; carriles y velocidades según la clase donde faltan etiquetas; solo la parte en que cada calle llega a todas las demás',
    ),
  },
  'buildings.bin.gz': {
    what: words('buildings', 'edificios'),
    kind: 'real',
    source: OSM,
    how: words(
      'footprints, heights and uses as mapped, defaults where the tags are silent; the supplying transformer is synthesised',
      'plantas, alturas y usos como en el mapa, supuestos donde faltan etiquetas; el transformador que los alimenta es sintético',
    ),
  },
  'zones.bin.gz': {
    what: words('residents, jobs and attractions', 'habitantes, empleos y destinos'),
    kind: 'synthesised',
    source: OSM,
    how: words(
      'the census total spread over floor space and mapped uses, the city cut into compact zones',
      'el total del censo repartido según superficie y usos del mapa, la ciudad cortada en zonas compactas',
    ),
  },
  'transit.bin.gz': {
    what: words('bus lines', 'líneas de ómnibus'),
    kind: 'synthesised',
    source: OSM,
    how: words(
      'stops as mapped, lines laid along the streets between them, headways assumed',
      'paradas como en el mapa, líneas trazadas por las calles entre ellas, frecuencias supuestas',
    ),
  },
  'gtfs.zip': {
    what: words('bus lines as a GTFS feed', 'líneas de ómnibus en formato GTFS'),
    kind: 'synthesised',
    source: OSM,
    how: words('the same timetable as transit.bin.gz', 'el mismo horario que transit.bin.gz'),
  },
  'grid.bin.gz': {
    what: words('electricity network', 'red eléctrica'),
    kind: 'synthesised',
    source: OSM,
    how: words(
      'substations and transmission lines as mapped; feeders, transformers and their loads laid along the streets to every building',
      'subestaciones y líneas de alta tensión como en el mapa; alimentadores, transformadores y cargas trazados por las calles hasta cada edificio',
    ),
  },
  'weather.bin.gz': {
    what: words('weather', 'tiempo'),
    kind: 'simulated',
    source: 'climate normals',
    how: words(
      'a typical year drawn around the monthly normals',
      'un año típico sorteado en torno a las normales mensuales',
    ),
  },
  'reports.json': {
    what: words('report categories', 'categorías de reclamos'),
    kind: 'synthesised',
    source: THIS,
    how: words(
      'categories and rates modelled on published municipal totals; every request shown is simulated or filed by a viewer',
      'categorías y frecuencias según totales municipales publicados; cada reclamo que se ve es simulado o lo hizo alguien en esta página',
    ),
  },
  'search.bin.gz': {
    what: words('names and house numbers', 'nombres y números de puerta'),
    kind: 'real',
    source: OSM,
  },
  'basemap.pmtiles': {
    what: words('map', 'mapa'),
    kind: 'real',
    source: OSM,
    how: words(
      'cut into vector tiles; the sea closed from its shore line; a building with is_real = false is synthesised; Cyrillic names also in Latin letters, romanised where the map has none',
      'cortado en teselas vectoriales; el mar cerrado desde su línea de costa; un edificio con is_real = false es sintético; nombres en cirílico también en letras latinas, romanizados donde el mapa no los tiene',
    ),
  },
  'warm.bin.gz': {
    what: words('traffic of a normal day by the half hour', 'tránsito de un día normal cada media hora'),
    kind: 'simulated',
    source: THIS,
    how: words(
      'states stored while the twin ran a whole day',
      'estados guardados mientras el gemelo corría un día entero',
    ),
  },
  'yesterday.bin.gz': {
    what: words('a normal day, to compare with', 'un día normal, para comparar'),
    kind: 'simulated',
    source: THIS,
    how: words(
      'street and feeder states of a simulated day, every 5 minutes',
      'estados de calles y alimentadores de un día simulado, cada 5 minutos',
    ),
  },
}

/**
 * One entry a file, in the order given; `date` is of the map, ISO 8601 or empty, and stands with what was made from it.
 * `changes` say what is different this time. Throws for a file nobody accounts for.
 */
export function sourcesOf(
  files: readonly string[],
  date: string,
  changes: Readonly<Record<string, Partial<FileSource>>> = {},
): FileSource[] {
  return files.map((file) => {
    const origin = origins[file]
    if (origin === undefined) throw new Error(`city: ${file} has no provenance`)
    const source = changes[file]?.source ?? origin.source
    const dated = source === OSM && date !== '' ? { date: date.slice(0, 7) } : {}
    return { file, ...origin, ...dated, licence: ODBL, ...changes[file] }
  })
}

/** The city with entries for files that were made later, from the city itself, such as its warm states. */
export function withFiles(info: CityInfo, files: readonly string[]): CityInfo {
  const known = info.files.filter((source) => !files.includes(source.file))
  return { ...info, files: [...known, ...sourcesOf(files, '')] }
}
