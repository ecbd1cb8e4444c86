/** Where each file of a city came from, in words for people; `city.json` holds the answer and the page shows it. */
import type { FileSource } from '../../twin/city.ts'

const OSM = 'OpenStreetMap'
const ODBL = 'ODbL 1.0'

interface Origin {
  readonly what: string
  readonly kind: FileSource['kind']
  readonly source: string
  readonly how?: string
}

const origins: Readonly<Record<string, Origin>> = {
  'network.bin.gz': {
    what: 'streets',
    kind: 'real',
    source: OSM,
    how: 'ways cut at their junctions; lanes and speeds by class where the tags are silent; only the part where every street reaches every other',
  },
}

/** One entry a file, in the order given; throws for a file nobody has accounted for. */
export function sourcesOf(files: readonly string[], snapshot: { readonly date: string }): FileSource[] {
  return files.map((file) => {
    const origin = origins[file]
    if (origin === undefined) throw new Error(`city: ${file} has no provenance`)
    return { file, ...origin, date: snapshot.date, licence: ODBL }
  })
}

const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
] // prettier-ignore

/** «December 2017» of an ISO date. */
export function monthYear(date: string): string {
  const [year, month] = date.split('-').map(Number)
  return `${MONTHS[month - 1]} ${year}`
}
