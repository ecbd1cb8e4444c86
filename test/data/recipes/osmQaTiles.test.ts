/** Reading OSM-QA tiles: cut ways are whole again, users are gone, broken tiles end in one sentence. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isClosed } from '../../../data/recipes/joinPieces.ts'
import { readOsmQaTiles } from '../../../data/recipes/osmQaTiles.ts'
import { qaTileBytes } from '../../fixtures/osmBytes.ts'
import { brokenBytes, outcomeOf } from '../../fixtures/outsideBytes.ts'

const edit = { '@type': 'way', '@user': 'mallory', '@uid': 7, '@changeset': 8, '@timestamp': 1512345600 }
const street = { ...edit, '@id': 5, highway: 'residential', lanes: 2 }
const park = { ...edit, '@id': 6, leisure: 'park' }
const west = qaTileBytes([
  { type: 2, tags: street, parts: [[[4000, 100], [4096, 100]]] }, // prettier-ignore
  { type: 3, tags: park, parts: [[[4000, 500], [4096, 500], [4096, 700], [4000, 700], [4000, 500]]] }, // prettier-ignore
  { type: 1, tags: { ...edit, '@type': 'node', '@id': 5, name: 'Kiosk' }, parts: [[[10, 10]]] },
])
const east = qaTileBytes([
  { type: 2, tags: street, parts: [[[0, 100], [50, 100], [90, 140]]] }, // prettier-ignore
  { type: 3, tags: park, parts: [[[0, 500], [80, 500], [80, 700], [0, 700], [0, 500]]] }, // prettier-ignore
])
const tiles = [
  { z: 12, x: 1407, y: 2471, bytes: west },
  { z: 12, x: 1408, y: 2471, bytes: east },
]

describe('OSM-QA tiles', () => {
  it('join a way that the tile edge cut, by its id and the point they share', () => {
    const ways = readOsmQaTiles(tiles).ways.filter((way) => way.id === 5)
    expect(ways).toHaveLength(1)
    expect(ways[0].course).toHaveLength(4)
    expect(ways[0].course.map(([lng]) => lng)).toEqual(
      ways[0].course.map(([lng]) => lng).sort((a, b) => a - b),
    )
  })

  it('join an area that the tile edge cut into one ring without the cut', () => {
    const rings = readOsmQaTiles(tiles).ways.filter((way) => way.id === 6)
    expect(rings).toHaveLength(1)
    expect(isClosed(rings[0].course)).toBe(true)
    const edge = readOsmQaTiles([tiles[1]]).bounds[0]
    // Two points of the ring lie on the edge, where its long sides cross it; no side runs along it.
    expect(
      rings[0].course.slice(1).filter(([lng], i) => lng === edge && rings[0].course[i][0] === edge),
    ).toEqual([])
  })

  it('keep a node and a way of the same number apart', () => {
    const { nodes } = readOsmQaTiles(tiles)
    expect(nodes.map(({ id, tags }) => ({ id, tags }))).toEqual([{ id: 5, tags: { name: 'Kiosk' } }])
  })

  it('keep no user, changeset or time of an edit, only the newest day', () => {
    const extract = readOsmQaTiles(tiles)
    expect(JSON.stringify(extract)).not.toMatch(/mallory|@/)
    expect(extract.date).toBe('2017-12-04')
  })

  it('take their bounds from the tiles, whole', () => {
    const due = [-56.3378906, -34.885931, -56.1621094, -34.8138033]
    readOsmQaTiles(tiles).bounds.forEach((degrees, i) => expect(degrees).toBeCloseTo(due[i], 6))
  })

  it('are refused when they lack the layer', () => {
    const other = { ...tiles[0], bytes: qaTileBytes([], 'roads') }
    expect(() => readOsmQaTiles([other])).toThrow('tile 12-1407-2471: has no layer "osm"')
  })

  it('are refused when they lie nowhere on Earth', () => {
    expect(() => readOsmQaTiles([{ ...tiles[0], x: 4096 }])).toThrow(/nowhere/)
  })

  it('end in a reading or an Error for 2,000 broken tiles', () => {
    const folder = new URL(
      '../../../node_modules/@mapbox/mvt-fixtures/real-world/osm-qa-astana/',
      import.meta.url,
    )
    const real = new Uint8Array(readFileSync(new URL('12-2861-1366.mvt', folder)))
    for (const bytes of [west, real]) {
      const outcomes = [...brokenBytes(bytes, 1000)].map((broken) =>
        outcomeOf(() => readOsmQaTiles([{ ...tiles[0], bytes: broken }])),
      )
      expect(outcomes.filter((outcome) => outcome !== 'read').length).toBeGreaterThan(200)
    }
  })
})
