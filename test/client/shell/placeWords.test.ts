/** What a search has found is told in words: of a stop which lines call there and where to, of all else what it is. */
import { afterEach, beforeAll, expect, test } from 'vitest'
import { loadLanguage, setLanguage } from '../../../client/language/language.ts'
import { stopLines, stopTowards } from '../../../client/layers/transit/stops.ts'
import { wordsOfPlace } from '../../../client/shell/placeWords.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

beforeAll(async () => {
  await loadLanguage('es')
  await loadLanguage('en')
})
afterEach(() => setLanguage('en'))

const city = smallCity()
const { stops, patterns, patternStops } = city.timetable!
const at = { lng: 0, lat: 0 }

test('where a stop’s buses go is where one of the patterns goes that call there', () => {
  for (let stop = 0; stop < stops.name.length; stop++) {
    const headsigns = patterns.headsign.filter((_, pattern) => {
      const first = patterns.firstStop[pattern]
      return patternStops.stop.subarray(first, first + patterns.stopCount[pattern]).includes(stop)
    })
    const towards = stopTowards(city, stop)
    expect(headsigns.length === 0 ? towards === undefined : headsigns.includes(towards!)).toBe(true)
  }
})

test('a stop says its lines, where they go and its number; before the city is here, that it is one', () => {
  const row = stops.name.findIndex((_, stop) => stopTowards(city, stop) !== undefined)
  const place = { kind: 'stop', name: 'Plaza', detail: '4711', row, ...at } as const
  expect(wordsOfPlace(place, city)).toBe(
    `stop of ${stopLines(city, row).join(', ')}, towards ${stopTowards(city, row)} · 4711`,
  )
  expect(wordsOfPlace(place, undefined)).toBe('stop · 4711')
})

test('what else there is has its kind in the reader’s words', () => {
  const shop = { kind: 'poi', name: 'Ruta', detail: 'car_repair', ...at } as const
  expect(wordsOfPlace(shop, city)).toBe('car repair')
  setLanguage('es')
  expect(wordsOfPlace(shop, city)).toBe('taller mecánico')
  expect(wordsOfPlace({ ...shop, detail: 'never_heard_of' }, city)).toBe('punto de interés')
  expect(wordsOfPlace({ kind: 'street', name: 'Rambla', ...at }, city)).toBe('calle')
})
