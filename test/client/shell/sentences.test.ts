/** What matters now is always two whole sentences in either language, and the gravest comes first. */
import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { loadLanguage, setLanguage } from '../../../client/language/language.ts'
import { gistOf, sentencesOf, type Situation } from '../../../client/shell/sentences.ts'

beforeAll(() => loadLanguage('es'))
afterEach(() => setLanguage('en'))

const calm: Situation = {
  indicators: {
    speedRatio: 0.91,
    darkSignals: 0,
    customersOut: 0,
    loadW: 412e6,
    maxFeederLoading: 0.7,
    buses: 420,
    meanDelayS: 40,
    onTimeRatio: 0.94,
    openRequests: 210,
    requestsLastHour: 12,
  },
  mainStreets: {
    count: 212,
    slow: 7,
  },
  slowStreets: [{ name: 'Rambla', speedMps: 3, freeSpeedMps: 16.7, lngLat: [-56.1, -34.9] }],
}

const count = fc.integer({ min: 0, max: 2_000_000 })
const situations: fc.Arbitrary<Situation> = fc.record({
  indicators: fc.record({
    speedRatio: fc.double({ min: 0, max: 1.2, noNaN: true }),
    darkSignals: count,
    customersOut: count,
    loadW: fc.double({ min: 0, max: 3e9, noNaN: true }),
    maxFeederLoading: fc.double({ min: 0, max: 3, noNaN: true }),
    buses: count,
    meanDelayS: fc.double({ min: -600, max: 7200, noNaN: true }),
    onTimeRatio: fc.double({ min: 0, max: 1, noNaN: true }),
    openRequests: count,
    requestsLastHour: count,
  }),
  mainStreets: fc.record({
    count,
    slow: count,
  }),
  slowStreets: fc.array(
    fc.record({
      name: fc.constantFrom('Rambla', 'Av. 18 de Julio'),
      speedMps: fc.double({ min: 0, max: 30, noNaN: true }),
      freeSpeedMps: fc.double({ min: 5, max: 30, noNaN: true }),
      lngLat: fc.constant([0, 0] as const),
    }),
    { maxLength: 3 },
  ),
})

describe.each(['en', 'es'] as const)('in %s', (language) => {
  test('two whole sentences of two domains, gravest first', () => {
    setLanguage(language)
    fc.assert(
      fc.property(situations, (situation) => {
        const said = sentencesOf(situation)
        expect(said).toHaveLength(2)
        expect(said[0].domain).not.toBe(said[1].domain)
        expect(said[0].severity).toBeGreaterThanOrEqual(said[1].severity)
        for (const { text } of said) {
          expect(text).toMatch(/^[\p{Lu}\d].*\.$/u)
          expect(text).not.toMatch(/[{}]|NaN|undefined|Infinity/)
        }
      }),
    )
  })
})

test('a calm city says how it flows, and names the slowest street', () => {
  expect(sentencesOf(calm).map(({ text }) => text)).toEqual([
    'Traffic flows; slow on 7 of 212 main streets, most of all Rambla at 11 km/h.',
    'Buses keep time: 94 % of 420 are on time.',
  ])
  expect(sentencesOf(calm)[0].at).toEqual([-56.1, -34.9])
})

test('an outage comes before everything, and brings its dark signals', () => {
  const out = { ...calm, indicators: { ...calm.indicators, customersOut: 2310, darkSignals: 14 } }
  expect(sentencesOf(out)[0]).toMatchObject({
    domain: 'power',
    text: 'The power is out for 2,310 customers. 14 traffic signals are dark: treat them as all-way stops.',
  })
})

test('who listens is told anew when what matters changes, not with each number', () => {
  const gist = (change: Partial<Situation['indicators']>) =>
    gistOf(sentencesOf({ ...calm, indicators: { ...calm.indicators, ...change } }))
  expect(gist({ speedRatio: 0.9, onTimeRatio: 0.93, meanDelayS: 41 })).toBe(gist({}))
  expect(gist({ customersOut: 2310 })).toBe(gist({ customersOut: 2311 }))
  for (const change of [{ customersOut: 1 }, { speedRatio: 0.4 }, { meanDelayS: 400 }])
    expect(gist(change)).not.toBe(gist({}))
})

test('one is not several, in both languages', () => {
  const out = { ...calm, indicators: { ...calm.indicators, customersOut: 1 } }
  expect(sentencesOf(out)[0].text).toBe('The power is out for 1 customer.')
  setLanguage('es')
  expect(sentencesOf(out)[0].text).toBe('Hay 1 cliente sin electricidad.')
})

test('a city without a domain is spoken of without it', () => {
  const { customersOut: _, loadW: __, maxFeederLoading: ___, ...indicators } = calm.indicators
  expect(sentencesOf({ ...calm, indicators }).every(({ domain }) => domain !== 'power')).toBe(true)
  expect(sentencesOf({ indicators: {}, mainStreets: { count: 0, slow: 0 }, slowStreets: [] })).toEqual([])
})
