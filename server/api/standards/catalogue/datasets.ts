/** What this server holds and gives out, one entry a dataset: whose it is, how it was made, on what terms, and where it is had. */
import type { CityInfo, FileSource } from '../../../../twin/city.ts'
import type { FeatureLayer } from '../features/layers.ts'
import type { tellFeed } from '../../feeds.ts'

export interface Words {
  readonly en: string
  readonly es?: string
}

export interface Dataset {
  readonly id: string
  readonly title: Words
  readonly description: Words
  readonly owner: { readonly name: string; readonly role?: 'public' | 'private'; readonly contact?: string }
  readonly licence: string
  /** How it came to be what it is. */
  readonly made: Words
  /** Of the snapshot, ISO 8601 year and month. */
  readonly month?: string
  /** How often it is made anew, seconds; of what does not change left out. */
  readonly everyS?: number
  readonly from: readonly Access[]
}

/** One way to it. */
export interface Access {
  /** Under the server's own address. */
  readonly path: string
  readonly mediaType: string
  /** The standard that it speaks, by its page. */
  readonly standard?: string
}

const made: Readonly<Record<FileSource['kind'], Words>> = {
  real: { en: 'as published', es: 'tal como se publicó' },
  synthesised: { en: 'made from what is published', es: 'hecho a partir de lo publicado' },
  simulated: { en: 'simulated', es: 'simulado' },
}
const FEATURES = 'http://www.opengis.net/spec/ogcapi-features-1/1.0'
const GTFS_RT = 'https://gtfs.org/documentation/realtime/reference/'
const GTFS = 'https://gtfs.org/documentation/schedule/reference/'
const OPEN311 = 'http://wiki.open311.org/GeoReport_v2'
const CAP = 'http://docs.oasis-open.org/emergency/cap/v1.2/CAP-v1.2.html'
const MODEL = { name: 'Citytwin, the model of this city' }
const FRAME_S = 1

/** A file of the city; `isServed` says whether anybody may fetch it under its name. */
export function ofFile(
  { file, what, kind, source, date, licence, how }: FileSource,
  isServed: (name: string) => boolean,
): Dataset {
  const id = file.split('.')[0]
  return {
    id: `file-${id}`,
    title: what,
    description: how ? { en: `${what.en}: ${how.en}`, es: `${what.es}: ${how.es}` } : what,
    owner: { name: source },
    licence,
    made: made[kind],
    ...(date !== undefined && { month: date }),
    from: isServed(id)
      ? [{ path: `/city/${id}`, mediaType: 'application/octet-stream' }]
      : (otherwise[file] ?? []),
  }
}

const otherwise: Readonly<Record<string, readonly Access[]>> = {
  'city.json': [{ path: '/api/city', mediaType: 'application/json' }],
  'gtfs.zip': [{ path: '/sim/gtfs.zip', mediaType: 'application/zip', standard: GTFS }],
}

/** What the twin says of a layer now. */
export function ofLayer({ id, title, description }: FeatureLayer, licence: string): Dataset {
  return {
    id: `live-${id}`,
    title: { en: `${title}, now` },
    description: { en: description },
    owner: MODEL,
    licence,
    made: { en: 'the twin’s own, corrected by feeds where there are any; each value says which it is' },
    everyS: FRAME_S,
    from: [
      {
        path: `/ogc/collections/${id}/items`,
        mediaType: 'application/geo+json',
        standard: FEATURES,
      },
    ],
  }
}

export function ofBuses(licence: string): Dataset {
  return {
    id: 'live-buses',
    title: { en: 'Buses, now', es: 'Ómnibus, ahora' },
    description: { en: 'Every bus on the road, with the calls still to come, their times and delays' },
    owner: MODEL,
    licence,
    made: made.simulated,
    everyS: FRAME_S,
    from: ['trip-updates', 'vehicle-positions', 'alerts'].map((name) => ({
      path: `/sim/gtfs-rt/${name}.pb`,
      mediaType: 'application/octet-stream',
      standard: GTFS_RT,
    })),
  }
}

export function ofAlarms(licence: string): Dataset {
  return {
    id: 'live-alarms',
    title: { en: 'Alarms, now', es: 'Alarmas, ahora' },
    description: { en: 'What is wrong in the city and asks for somebody: how grave, where, who acts' },
    owner: MODEL,
    licence,
    made: made.simulated,
    everyS: FRAME_S,
    from: [{ path: '/cap/alerts.atom', mediaType: 'application/atom+xml', standard: CAP }],
  }
}

/** What people filed here. */
export function ofReports({ name }: CityInfo, licence: string): Dataset {
  return {
    id: 'reports',
    title: { en: 'What people have reported', es: 'Lo que la gente ha reportado' },
    description: {
      en: 'Kind, place, time and what has become of it; what people wrote is for who works on it',
    },
    owner: { name: `whoever runs this server of ${name}` },
    licence,
    made: { en: 'filed by people, on this page or by Open311', es: 'reportado por la gente' },
    from: ['json', 'xml'].map((format) => ({
      path: `/open311/v2/requests.${format}`,
      mediaType: format === 'json' ? 'application/json' : 'application/xml',
      standard: OPEN311,
    })),
  }
}

/** What a feed is of; only how it stands is given out, what it says goes into the twin. */
export function ofFeed({ id, title, owner, licence, promise }: ReturnType<typeof tellFeed>): Dataset {
  return {
    id: `feed-${id}`,
    title: { en: title },
    description: {
      en: `A feed of ${owner.name}, looked at every ${promise.cadenceS} s; nothing that is shown of it is to be older than ${promise.freshnessS} s`,
    },
    owner,
    licence,
    made: { en: 'as its owner sends it' },
    everyS: promise.cadenceS,
    from: [{ path: '/api/feeds', mediaType: 'application/json' }],
  }
}
