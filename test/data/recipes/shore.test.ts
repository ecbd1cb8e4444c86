/** The sea: closed along the bounds on the side without roads, whatever way its shore was drawn. */
import { describe, expect, it } from 'vitest'
import { chainUndirected, clipLine, seaPolygons } from '../../../data/recipes/shore.ts'
import { isInside } from '../../../data/recipes/polygons.ts'
import type { LngLat } from '../../../twin/geo/projection.ts'
import { at, osmMap } from '../../fixtures/osmMap.ts'

const coastline = { natural: 'coastline' }
/** A shore from west to east through the middle, in three pieces that run unlike ways. */
const shore = [
  [coastline, [[-1000, 0], [-300, 50]]], // prettier-ignore
  [coastline, [[200, -80], [-300, 50]]], // prettier-ignore
  [coastline, [[200, -80], [1000, 0]]], // prettier-ignore
] as const
const north: LngLat[] = [at([0, 500])]
const south: LngLat[] = [at([0, -500])]
const isSea = (where: LngLat, sea: LngLat[][][]) => sea.some((rings) => isInside(where, rings))

describe('the sea', () => {
  it('lies on the side of its shore that has no roads', () => {
    const map = osmMap(shore)
    expect([isSea(south[0], seaPolygons(map, north)), isSea(north[0], seaPolygons(map, north))]).toEqual([
      true,
      false,
    ])
    expect([isSea(south[0], seaPolygons(map, south)), isSea(north[0], seaPolygons(map, south))]).toEqual([
      false,
      true,
    ])
  })

  it('is closed from a shore that only a note tells of', () => {
    const note = { note: "Please don't tag as coastline." }
    expect(seaPolygons(osmMap(shore.map(([, points]) => [note, points] as const)), north)).toHaveLength(1)
  })

  it('leaves islands dry', () => {
    const island = [[-50, -400], [50, -400], [0, -300], [-50, -400]] as const // prettier-ignore
    const sea = seaPolygons(osmMap([...shore, [coastline, island]]), north)
    expect(isSea(at([0, -380]), sea)).toBe(false)
    expect(isSea(at([0, -700]), sea)).toBe(true)
  })

  it('can have two shores with land between them', () => {
    const upper = [coastline, [[-1000, 700], [1000, 700]]] as const // prettier-ignore
    const sea = seaPolygons(osmMap([[coastline, [[1000, 0], [-1000, 0]]], upper].map(([tags, points]) => [tags, [...(points as [number, number][])].reverse()]) as never), [at([0, 300])]) // prettier-ignore
    expect([isSea(at([0, -500]), sea), isSea(at([0, 300]), sea), isSea(at([0, 900]), sea)]).toEqual([
      true,
      false,
      true,
    ])
  })

  it('is not there where the map has no shore', () => {
    expect(seaPolygons(osmMap([]), north)).toEqual([])
  })
})

describe('lines', () => {
  it('are chained whatever way each runs', () => {
    const lines: LngLat[][] = [[[0, 0], [1, 0]], [[2, 0], [1, 0]], [[5, 5], [6, 6]]] // prettier-ignore
    expect(chainUndirected(lines).map((chain) => chain.length)).toEqual([3, 2])
  })

  it('are clipped to a box, into as many pieces as lie inside', () => {
    const zigzag: LngLat[] = [[-1, 0.5], [0.5, 0.5], [0.5, 2], [0.8, 2], [0.8, 0.5]] // prettier-ignore
    expect(clipLine(zigzag, [0, 0, 1, 1])).toEqual([[[0, 0.5], [0.5, 0.5], [0.5, 1]], [[0.8, 1], [0.8, 0.5]]]) // prettier-ignore
  })
})
