/** Where on the streets something lies: by its line, its point, its name. The town is a square of streets 250 m apart. */
import { describe, expect, it } from 'vitest'
import { makeStreetMatch, NAMED_NEAR_M, NEAR_M } from '../../../../server/feeds/correction/streetMatch.ts'
import { lngLatFromLocal, type Local } from '../../../../twin/geo/projection.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const { network, projection } = smallCity()
const match = makeStreetMatch(network, projection)
const at = (...line: readonly Local[]) => line.map((local) => lngLatFromLocal(projection, local))
const linksOf = (line: readonly Local[], roadName = '') => match({ path: at(...line), roadName })

/** Each link as `from-to`, by its nodes' places in the square. */
function named(links: readonly number[]): string[] {
  const { fromNode, toNode } = network.links
  return links.map((link) => `${fromNode[link]}-${toNode[link]}`).sort()
}

describe('a line along a street', () => {
  it('lies on the links it runs along, both ways, and on none that it crosses', () => {
    const links = linksOf([
      [10, 3],
      [740, 3],
    ])
    expect(named(links)).toEqual(['0-1', '1-0', '1-2', '2-1', '2-3', '3-2'])
  })

  it('drawn the other way round lies on the same links', () => {
    const there = linksOf([
      [0, 252],
      [400, 248],
    ])
    const back = linksOf([
      [400, 248],
      [0, 252],
    ])
    expect(back).toEqual(there)
    expect(named(there)).toEqual(['7-8', '8-7', '8-9', '9-8'])
  })

  it('in the middle of a long link lies on that link alone', () => {
    expect(
      named(
        linksOf([
          [100, 0],
          [140, 0],
        ]),
      ),
    ).toEqual(['0-1', '1-0'])
  })

  it('that reaches a few metres into the next link does not close it', () => {
    expect(
      named(
        linksOf([
          [5, 0],
          [256, 0],
        ]),
      ),
    ).toEqual(['0-1', '1-0'])
  })

  it('turns with the street it follows', () => {
    const links = linksOf([
      [0, 0],
      [250, 0],
      [250, 250],
    ])
    expect(named(links)).toEqual(['0-1', '1-0', '1-8', '8-1'])
  })

  it('of an endless many corners is walked in bounded time, and lies where it lies', () => {
    const corners = Array.from({ length: 20_000 }, (_, i): Local => [(i / 20_000) * 1500, 1])
    const before = performance.now()
    expect(named(linksOf(corners))).toHaveLength(12)
    expect(performance.now() - before).toBeLessThan(1000)
  })
})

describe('a point', () => {
  it('lies on the nearest street, both ways', () => {
    expect(named(linksOf([[120, -8]]))).toEqual(['0-1', '1-0'])
  })

  it('lies on the street that is named, though another is nearer', () => {
    const across = network.names.text[network.links.name[linksOf([[0, 120]])[0]]]
    expect(named(linksOf([[40, 5]]))).toEqual(['0-1', '1-0'])
    expect(named(linksOf([[40, 5]], `Avenida ${across}`))).toEqual(['0-7', '7-0'])
  })

  it('with a name that no street near it has lies on the nearest', () => {
    expect(named(linksOf([[120, 8]], 'Elsewhere Road'))).toEqual(['0-1', '1-0'])
  })
})

describe('what is too far off', () => {
  it('lies on no street', () => {
    expect(linksOf([[120, NEAR_M + 1]])).toEqual([])
    expect(linksOf([[120, NAMED_NEAR_M + 1]], 'Street 1')).toEqual([])
    expect(
      linksOf([
        [20, 100],
        [200, 100],
      ]),
    ).toEqual([])
    expect(match({ path: [], roadName: 'Street 1' })).toEqual([])
  })
})

it('a carriageway of its own further off is not closed with the one that is meant', () => {
  const apart = structuredClone(network)
  const [there, back] = linksOf([[120, 0]])
  // the way back is drawn 12 m north
  for (const v of [0, 1]) apart.shape.yM[apart.links.shapeStart[back] + v] += 12
  const matchApart = makeStreetMatch(apart, projection)
  expect(matchApart({ path: at([10, 1], [240, 1]), roadName: '' })).toEqual([there])
  expect(matchApart({ path: at([10, 11], [240, 11]), roadName: '' })).toEqual([back])
})
