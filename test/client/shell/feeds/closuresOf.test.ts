/** Who closes a street: every feed that does, in the reader's language where it has it. */
import { afterEach, beforeAll, expect, it } from 'vitest'
import { loadLanguage, setLanguage } from '../../../../client/language/language.ts'
import { closuresOf } from '../../../../client/shell/feeds/closuresOf.ts'
import type { FeedTold } from '../../../../client/shell/feeds/feedStandings.ts'

beforeAll(() => loadLanguage('es'))
afterEach(() => setLanguage('en'))

const closure = (id: string, links: number[], text: Record<string, string>) => ({
  id,
  roadName: '',
  text,
  links,
  fromMs: null,
  untilMs: null,
})
const feedOf = (title: string, ...list: ReturnType<typeof closure>[]) =>
  ({ title, use: { closures: { list } } }) as unknown as FeedTold

it('every feed that closes the street is named, and no other', () => {
  const feeds = [
    feedOf('Works', closure('a', [1, 2], { en: 'A burst main' }), closure('b', [3], { en: 'Elsewhere' })),
    feedOf('Police', closure('c', [2], { '': 'Marathon' })),
    { title: 'Buses', use: {} } as unknown as FeedTold,
  ]
  expect(closuresOf(feeds, 2)).toEqual([
    { id: 'a', feed: 'Works', words: 'A burst main', language: undefined, untilMs: null },
    { id: 'c', feed: 'Police', words: 'Marathon', language: undefined, untilMs: null },
  ])
  expect(closuresOf(feeds, 9)).toEqual([])
})

it('words in another language than the reader’s say which it is', () => {
  const feeds = [feedOf('Works', closure('a', [1], { fr: 'Travaux', 'es-UY': 'Obras' }))]
  expect(closuresOf(feeds, 1)[0]).toMatchObject({ words: 'Travaux', language: 'fr' })
  setLanguage('es')
  expect(closuresOf(feeds, 1)[0]).toMatchObject({ words: 'Obras', language: undefined })
})
