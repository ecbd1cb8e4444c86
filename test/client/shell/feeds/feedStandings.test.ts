/** Feeds on the page: the worst is read first, and what a reading holds is said in the reader's language. */
import { afterEach, beforeAll, expect, it } from 'vitest'
import { feedTime, shownWord } from '../../../../client/language/feedWords.ts'
import { loadLanguage, setLanguage } from '../../../../client/language/language.ts'
import { liveCount, worstFirst, type FeedTold } from '../../../../client/shell/feeds/feedStandings.ts'
import { wordsOfUse } from '../../../../client/shell/feeds/wordsOfUse.ts'
import { feedStates } from '../../../../twin/protocol/feedMessages.ts'
import { shownOf } from '../../../../server/feeds/shown.ts'
import { samples, NOW_MS } from '../../../prove/feeds/samples.ts'
import { readFeed } from '../../../../server/feeds/readFeed.ts'

beforeAll(() => loadLanguage('es'))
afterEach(() => setLanguage('en'))

const feed = (id: string, state: FeedTold['state']) => ({ id, state }) as FeedTold

it('every state has its rank: what cannot be relied on stands before what is live', () => {
  const sorted = worstFirst(feedStates.map((state) => feed(state, state)))
  expect(sorted.map(({ state }) => state)).toEqual(['down', 'malformed', 'stale', 'late', 'waiting', 'live'])
})

it('the worst stands first, and those that stand alike keep their order', () => {
  const feeds = [feed('a', 'live'), feed('b', 'late'), feed('c', 'down'), feed('d', 'live')]
  expect(worstFirst(feeds).map(({ id }) => id)).toEqual(['c', 'b', 'a', 'd'])
  expect(liveCount(feeds)).toBe(2)
})

it('what every kind of feed holds has a Spanish word', () => {
  const kinds = new Set(
    samples.flatMap(({ format, name, bytes }) => {
      const { content } = readFeed({ name, bytes }, { nowMs: NOW_MS, utcOffsetS: 0 }, format)
      return shownOf(content).map(({ what }) => what)
    }),
  )
  expect(kinds.size).toBeGreaterThan(8)
  setLanguage('es')
  for (const what of kinds) expect(shownWord(what), what).not.toBe(what)
})

it('what is promised in seconds is told in seconds', () => {
  expect([12, 90, 119, 120, 600].map(feedTime)).toEqual(['12 s', '90 s', '119 s', '2 min', '10 min'])
})

it('what became of closures and reports is told with its number, and nothing that there is none of', () => {
  const closures = { inForce: 0, notNow: 0, unmatched: 3, waiting: 0, tooMany: 0, list: [] }
  const requests = { joined: 12, waiting: 0, closed: 0, old: 1, noService: 0, outside: 0, tooMany: 0 }
  expect(wordsOfUse({ closures, requests })).toEqual([
    'Closures in force on streets here: 0',
    'Closures that lie on no street here: 3',
    'Reports that joined those here: 12',
    'Reports older than a day: 1',
  ])
  expect(wordsOfUse({})).toEqual([])
})
