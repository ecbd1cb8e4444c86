/** A provenance in words: the kind, the quality, the age, the source and the licence, in the reader's language. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loadLanguage, setLanguage } from '../../../client/language/language.ts'
import { provenanceWords, staticWords, type Told } from '../../../client/layers/provenanceWords.ts'
import { AS_OF_NOW, FOREVER, sourceSet, type Provenance } from '../../../twin/kernel/provenance.ts'

const osm = { what: { en: '', es: '' }, kind: 'real', source: 'OpenStreetMap', licence: 'ODbL 1.0' } as const
const info = {
  files: [
    { file: 'network.bin.gz', date: '2017-12', ...osm },
    { file: 'zones.bin.gz', ...osm },
    { file: 'grid.bin.gz', ...osm, source: 'City Grid Ltd', licence: 'CC BY 4.0' },
    {
      file: 'weather.bin.gz',
      ...osm,
      source: 'monthly means in whole degrees, as they were published by somebody',
    },
  ],
}
const simulated: Provenance = {
  kind: 'simulated',
  quality: 'good',
  sources: sourceSet(['model', 'network', 'zones']),
  observedTick: AS_OF_NOW,
  validUntilTick: FOREVER,
}
const told = (change: Partial<Provenance>, showing: Told['showing'] = { kind: 'live' }): string =>
  provenanceWords({ provenance: { ...simulated, ...change }, tick: 10_000, showing, info }).join(' · ')

beforeAll(() => loadLanguage('es'))
afterEach(() => setLanguage('en'))

describe('of the present', () => {
  it('names each source and each licence once', () => {
    expect(told({})).toBe('simulated · this second · Citytwin model, OpenStreetMap · ODbL 1.0')
  })

  it('tells the age of what an operator set', () => {
    const set = { kind: 'manual', sources: sourceSet(['operator']), observedTick: 1000 } as const
    expect(told(set)).toBe('entered by hand · 3 min ago · operator')
    setLanguage('es')
    expect(told(set)).toBe('ingresado a mano · hace 3 min · operador')
  })

  it('says in words what is not good, and what was not renewed in time', () => {
    expect(told({ quality: 'bad' })).toMatch(/^simulated · no reliable value · /)
    const old = { kind: 'measured', quality: 'uncertain', observedTick: 0, validUntilTick: 5000 } as const
    expect(told(old)).toMatch(/^measured · uncertain · not renewed in time · 3 min ago/)
  })

  it('shortens the name of a source at a word, and passes over what the city has not', () => {
    expect(told({ sources: sourceSet(['weather', 'transit']) })).toContain(
      'monthly means in whole degrees, as they were… · ODbL',
    )
    expect(told({ sources: sourceSet(['grid']) })).toMatch(/City Grid Ltd · CC BY 4\.0$/)
  })
})

describe('of another time', () => {
  it('a moment of the past says what it was, how old it was then, and how long ago that is', () => {
    const past = { kind: 'replayed', agoS: 7200 } as const
    expect(told({}, past)).toMatch(/^replayed, simulated · at the moment shown · 2 h ago · /)
    expect(told({ kind: 'manual', observedTick: 1000 }, past)).toMatch(
      /^replayed, entered by hand · 3 min before the moment shown · 2 h 3 min ago · /,
    )
  })

  it('a run of its own is named first', () => {
    expect(told({}, { kind: 'run', run: 'ab12cd34ef.base' })).toMatch(
      /^scenario ab12cd34 · simulated · this second/,
    )
  })
})

it('what does not change says how it was come by, and of when its file is', () => {
  const words = staticWords({ how: 'map', file: 'network', info })
  expect(words).toEqual(['from the map', 'December 2017', 'OpenStreetMap', 'ODbL 1.0'])
})
