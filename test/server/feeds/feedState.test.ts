/** How a feed stands, by what came and what is promised. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDeclarations } from '../../../server/feeds/declaration.ts'
import { FeedWatch, type Look } from '../../../server/feeds/feedState.ts'
import { nextLookMs } from '../../../server/feeds/pace.ts'

const T0 = 1_785_000_000_000
const read = (atS: number, newestS: number): Look => ({
  kind: 'read',
  atMs: T0 + atS * 1000,
  newestMs: T0 + newestS * 1000,
  kept: 9,
  noted: 1,
})
const failed = (atS: number): Look => ({ kind: 'failed', atMs: T0 + atS * 1000, why: 'answered 503' })
const garbled = (atS: number): Look => ({ kind: 'malformed', atMs: T0 + atS * 1000, why: 'xml: line 1' })

function standing(looks: readonly Look[], atS: number, freshnessS = 30) {
  const watch = new FeedWatch(freshnessS)
  for (const look of looks) watch.note(look)
  return watch.at(T0 + atS * 1000)
}

describe('a feed whose values are to be no older than 30 s', () => {
  it.each<[state: string, what: string, looks: readonly Look[], atS: number]>([
    ['waiting', 'before anything came', [], 0],
    ['live', 'as new as promised', [read(0, 0)], 30],
    ['live', 'that fails while what is known is new enough', [read(0, 0), failed(10)], 20],
    ['late', 'older than promised, though it answers', [read(0, 0), read(31, 0)], 31],
    ['stale', 'three times as old', [read(0, 0), read(91, 0)], 91],
    ['down', 'that does not answer, once what is known is too old', [read(0, 0), failed(10)], 30.001],
    ['down', 'that never answered', [failed(0)], 0],
    ['malformed', 'that cannot be read, at once', [read(0, 0), garbled(1)], 1],
    ['live', 'that is whole again', [garbled(0), read(1, 1)], 1],
  ])('is %s %s', (state, _, looks, atS) => {
    const { state: is, why } = standing(looks, atS)
    expect(is).toBe(state)
    expect(why === '').toBe(state === 'live')
  })

  it('does not become newer by an old reading, nor is older than its newest', () => {
    expect(standing([read(0, 0), read(5, -100)], 10)).toMatchObject({ state: 'live', ageS: 10 })
  })

  it('is told by shares of its looks', () => {
    const { quality } = standing([read(0, 0), failed(10), garbled(20), read(100, 0)], 100)
    expect(quality).toEqual({ uptime: 3 / 4, validity: 2 / 3, completeness: 9 / 10, freshness: 3 / 4 })
    expect(standing([], 0).quality).toEqual({
      uptime: NaN,
      validity: NaN,
      completeness: NaN,
      freshness: NaN,
    })
  })

  it('forgets looks of more than a day ago', () => {
    expect(standing([failed(0), read(86_401, 86_401)], 86_401).quality.uptime).toBe(1)
  })
})

describe('the pace of looks', () => {
  it('is the cadence, and doubles with every failure up to five minutes', () => {
    const at = (failures: number) => nextLookMs(20, failures, 0.5)
    expect([0, 1, 2, 3, 4, 50].map(at)).toEqual([20_000, 40_000, 80_000, 160_000, 300_000, 300_000])
    expect(nextLookMs(600, 9, 0.5)).toBe(600_000)
    expect(nextLookMs(20, 0, 0.5, 90)).toBe(90_000)
  })

  it('is never off by more than a tenth', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (dice) => {
        const ms = nextLookMs(100, 0, dice)
        expect(ms).toBeGreaterThanOrEqual(90_000 - 1e-6)
        expect(ms).toBeLessThanOrEqual(110_000 + 1e-6)
      }),
    )
  })
})

describe('a list of feeds', () => {
  const one = {
    id: 'buses',
    title: 'Buses',
    format: 'gtfsRealtime',
    from: 'https://example.org/vp.pb',
    cadenceS: 15,
    freshnessS: 90,
    owner: { name: 'Bus Company', role: 'private', contact: 'data@example.org' },
    licence: 'CC-BY-4.0',
  }
  const parse = (...feeds: object[]) => parseDeclarations(JSON.stringify({ feeds }), 'feeds.json')

  it('is taken as it is written', () => {
    expect(parse(one)).toEqual([one])
  })

  it.each<[fault: RegExp, feeds: object[]]>([
    [/two feeds are called buses/, [one, one]],
    [/feeds\.json: feeds\.0\.format: .*gtfsRealtime/, [{ ...one, format: 'gtfs-rt' }]],
    [/feeds\.0\.cadenceS/, [{ ...one, cadenceS: 0 }]],
    [/feeds\.0\.owner/, [{ ...one, owner: 'Bus Company' }]],
    [/feeds\.0\.key/, [{ ...one, key: 'secret' }]],
  ])('that cannot be says where: %s', (fault, feeds) => {
    expect(() => parse(...feeds)).toThrow(fault)
    expect(() => parseDeclarations('{', 'feeds.json')).toThrow(/^feeds\.json: /)
  })
})
