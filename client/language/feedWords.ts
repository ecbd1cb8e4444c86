/** What is said of feeds from outside, in the reader's language. Comes with the list of them. */
import { enFeeds } from './enFeeds.ts'
import { esFeeds } from './esFeeds.ts'
import { formatDuration, formatNumber } from './format.ts'
import { currentLanguage, fill } from './language.ts'

/** Promises are often of a minute and a half: what is not two minutes yet is told in seconds. */
const IN_SECONDS_S = 120

export type FeedKey = keyof typeof enFeeds

/** The message with each {name} replaced by the value of that name. */
export function sayFeed(key: FeedKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill((currentLanguage() === 'es' ? esFeeds : enFeeds)[key], values)
}

/** What a reading holds is counted by the server in English; the same in Spanish. */
const spanishShown: Readonly<Record<string, string>> = {
  vehicles: 'vehículos',
  'calls with a delay': 'paradas con atraso',
  'trips that do not run': 'viajes que no circulan',
  'traffic measurements': 'mediciones de tránsito',
  'road events': 'sucesos en las calles',
  notices: 'avisos',
  'sharing stations': 'estaciones compartidas',
  'shared vehicles': 'vehículos compartidos',
  "residents' reports": 'reclamos de vecinos',
  'things that can be reported': 'motivos de reclamo',
  'meter readings': 'lecturas de medidores',
  places: 'lugares',
  'other documents of the feed': 'otros documentos de la fuente',
  'trips of a timetable': 'viajes de un horario',
  'stops of a timetable': 'paradas de un horario',
  'routes of a timetable': 'líneas de un horario',
}

/** «vehicles» in the reader's language; what is not known here stays as it came. */
export function shownWord(what: string): string {
  return currentLanguage() === 'es' ? (spanishShown[what] ?? what) : what
}

/** An age or a promise, as exactly as it is meant. */
export function feedTime(durationS: number): string {
  return durationS < IN_SECONDS_S ? `${formatNumber(durationS)} s` : formatDuration(durationS)
}
