/** Search: accents, order and short forms forgiven, house numbers found or their nearest. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeNetwork } from '../../../data/recipes/network.ts'
import { makeSearchTables } from '../../../data/recipes/searchIndex.ts'
import { makeSearch } from '../../../twin/geo/search.ts'
import { at, gridStreets, mapProjection, osmMap } from '../../fixtures/osmMap.ts'

const extract = osmMap(
  [
    ...gridStreets(2, 400),
    [{ highway: 'primary', name: 'Avenida Italia' }, [[0, 0], [200, 90], [400, 0]]], // prettier-ignore
    [{ highway: 'residential', name: '18 de Julio' }, [[0, 400], [200, 300], [400, 400]]], // prettier-ignore
  ],
  [
    [{ 'addr:street': 'Avenida Italia', 'addr:housenumber': '2498' }, [150, 60]],
    [{ 'addr:street': 'Avenida Italia', 'addr:housenumber': '2501,2503' }, [180, 60]],
    [{ name: 'Peñarol', place: 'suburb' }, [10, 10]],
    [{ name: 'Farmacia Avenida', amenity: 'pharmacy' }, [300, 300]],
    [{ name: 'Farmacia Avenida', amenity: 'pharmacy' }, [20, 20]],
  ],
)
const search = makeSearch(
  makeSearchTables(extract, makeNetwork(extract, mapProjection), undefined, mapProjection),
  mapProjection,
)
const first = (query: string) => search(query, 5)[0]

describe('search', () => {
  it.each([
    ['italia', 'street', 'Avenida Italia'],
    ['Av Italia', 'street', 'Avenida Italia'],
    ['avda. ITALIA', 'street', 'Avenida Italia'],
    ['italia avenida', 'street', 'Avenida Italia'],
    ['18 de julio', 'street', '18 de Julio'],
    ['penarol', 'place', 'Peñarol'],
    ['peñ', 'place', 'Peñarol'],
    ['farm', 'poi', 'Farmacia Avenida'],
    ['Av Italia 2498', 'address', 'Avenida Italia 2498'],
    ['2503 av italia', 'address', 'Avenida Italia 2503'],
    ['Av Italia 2500', 'address', 'Avenida Italia 2498'],
  ])('finds for «%s» the %s %s', (query, kind, name) => {
    expect(first(query)).toMatchObject({ kind, name })
  })

  it('gives the place of the house, to the metre', () => {
    const [lng, lat] = at([150, 60])
    expect(first('Avenida Italia 2498').lng).toBeCloseTo(lng, 4)
    expect(first('Avenida Italia 2498').lat).toBeCloseTo(lat, 4)
  })

  it('prefers, of two alike, the nearer', () => {
    const [lng] = at([300, 300])
    expect(search('farmacia', 1, at([310, 310]))[0].lng).toBeCloseTo(lng, 4)
  })

  it('finds no house far from any number of the street', () => {
    expect(search('Avenida Italia 9000', 5).filter((hit) => hit.kind === 'address')).toEqual([])
  })

  it('bears any query, and never gives more than asked', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 0, max: 4 }), (query, limit) => {
        expect(search(query, limit).length).toBeLessThanOrEqual(limit)
      }),
      { numRuns: 300, seed: 1 },
    )
  })
})
