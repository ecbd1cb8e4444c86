/** The catalogues say the same things, with the same values to fill in, in every language. */
import { afterEach, beforeAll, expect, test } from 'vitest'
import { english } from '../../../client/language/english.ts'
import {
  currentLanguage,
  inLanguage,
  loadLanguage,
  say,
  sayCount,
  setLanguage,
  type Catalogue,
  type MessageKey,
} from '../../../client/language/language.ts'
import { enFeeds } from '../../../client/language/enFeeds.ts'
import { esFeeds } from '../../../client/language/esFeeds.ts'
import { enPreliminary } from '../../../client/language/enPreliminary.ts'
import { esPreliminary } from '../../../client/language/esPreliminary.ts'
import { enTalk } from '../../../client/language/enTalk.ts'
import { esTalk } from '../../../client/language/esTalk.ts'
import { enTown } from '../../../client/language/enTown.ts'
import { esTown } from '../../../client/language/esTown.ts'
import { enWalls } from '../../../client/language/enWalls.ts'
import { esWalls } from '../../../client/language/esWalls.ts'
import { enWhy } from '../../../client/language/enWhy.ts'
import { esWhy } from '../../../client/language/esWhy.ts'
import { spanish } from '../../../client/language/spanish.ts'

beforeAll(() => loadLanguage('es'))
afterEach(() => setLanguage('en'))

const catalogues: Record<'en' | 'es', Catalogue> = {
  en: english,
  es: spanish,
}
const keys = Object.keys(catalogues.en) as MessageKey[]
const holes = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort()

test('Spanish has every message of English, and no other', () => {
  expect(Object.keys(catalogues.es).sort()).toEqual([...keys].sort())
})

test.each(keys)('%s is filled with the same values in both languages', (key) => {
  expect(holes(catalogues.es[key])).toEqual(holes(catalogues.en[key]))
  expect(catalogues.en[key].trim()).not.toBe('')
  expect(catalogues.es[key].trim()).not.toBe('')
})

test.each(Object.keys(enWalls) as (keyof typeof enWalls)[])(
  'of walls, %s is filled with the same values in both languages',
  (key) => expect(holes(esWalls[key])).toEqual(holes(enWalls[key])),
)

test.each(Object.keys(enFeeds) as (keyof typeof enFeeds)[])(
  'of feeds, %s is filled with the same values in both languages',
  (key) => expect(holes(esFeeds[key])).toEqual(holes(enFeeds[key])),
)

test.each(Object.keys(enTalk) as (keyof typeof enTalk)[])(
  'of reports, %s is filled with the same values in both languages',
  (key) => expect(holes(esTalk[key])).toEqual(holes(enTalk[key])),
)

test.each(Object.keys(enPreliminary) as (keyof typeof enPreliminary)[])(
  'of the first answer, %s is filled with the same values in both languages',
  (key) => expect(holes(esPreliminary[key])).toEqual(holes(enPreliminary[key])),
)

test.each(Object.keys(enWhy) as (keyof typeof enWhy)[])(
  'of causes, %s is filled with the same values in both languages',
  (key) => expect(holes(esWhy[key])).toEqual(holes(enWhy[key])),
)

test.each(Object.keys(enTown) as (keyof typeof enTown)[])(
  'of towns, %s is filled with the same values in both languages',
  (key) => expect(holes(esTown[key])).toEqual(holes(enTown[key])),
)

test('what is said in another language leaves the page in its own', () => {
  expect(inLanguage('es', () => say('layer.traffic'))).toBe(catalogues.es['layer.traffic'])
  expect(() =>
    inLanguage('es', () => {
      throw new Error('in the middle')
    }),
  ).toThrow('in the middle')
  expect(currentLanguage()).toBe('en')
})

test('values are put in, and a missing one shows its name', () => {
  expect(say('chart.limit', { value: '5 %' })).toBe('limit 5 %')
  expect(say('chart.limit')).toBe('limit {value}')
})

test('counts choose their form and are grouped', () => {
  expect(sayCount('now.out', 1)).toContain('1 customer.')
  setLanguage('es')
  expect(sayCount('now.out', 2310)).toContain('2.310 clientes')
})
