/** What a place that a search has found is, so that two of one name are told apart. */
import type { City } from '../../twin/city.ts'
import { say } from '../language/language.ts'
import { sayPlaceKind } from '../language/placeKinds.ts'
import { stopLines, stopTowards } from '../layers/transit/stops.ts'
import type { Place } from './api.ts'

/** Of a stop where many call, as many lines as stand in one row. */
const MOST_LINES = 4

/** Of a stop its lines and where they go, as soon as the city is here, and its number. */
export function wordsOfPlace({ kind, detail, row }: Place, city: City | undefined): string {
  if (kind !== 'stop') return (detail && sayPlaceKind(detail)) ?? say(`place.${kind}`)
  return [wordsOfStop(city, row), detail].filter(Boolean).join(' · ')
}

function wordsOfStop(city: City | undefined, row: number | undefined): string {
  if (city === undefined || row === undefined) return say('place.stop')
  const lines = stopLines(city, row)
  const headsign = stopTowards(city, row)
  if (headsign === undefined) return say('place.stop')
  const some = lines.slice(0, MOST_LINES).join(', ')
  return say('place.stopOf', { lines: lines.length > MOST_LINES ? `${some} …` : some, headsign })
}
