/** Reading .osm.pbf: what was written is read, users are not, and broken bytes end in one sentence. */
import { describe, expect, it } from 'vitest'
import { readOsmPbf } from '../../../data/recipes/osmPbf.ts'
import { osmPbfBytes } from '../../fixtures/osmBytes.ts'
import { brokenBytes, outcomeOf } from '../../fixtures/outsideBytes.ts'

const square = [
  { id: 1, lng: 7, lat: 43, tags: { highway: 'traffic_signals' } },
  { id: 2, lng: 7.001, lat: 43 },
  { id: 3, lng: 7.001, lat: 43.001 },
  { id: 4, lng: 7, lat: 43.001 },
  { id: 11, lng: 7.0002, lat: 43.0002 },
  { id: 12, lng: 7.0004, lat: 43.0002 },
  { id: 13, lng: 7.0004, lat: 43.0004 },
]
const map = {
  nodes: square,
  ways: [
    { id: 21, refs: [1, 2], tags: { highway: 'residential', name: 'Rue Émile' } },
    { id: 22, refs: [1, 2, 3] },
    { id: 23, refs: [1, 4, 3] },
    { id: 24, refs: [11, 12, 13, 11] },
  ],
  relations: [
    {
      id: 31,
      tags: { type: 'multipolygon', leisure: 'park' },
      members: [
        { way: 22, role: 'outer' },
        { way: 23, role: 'outer' },
        { way: 24, role: 'inner' },
      ],
    },
  ],
}

describe('an .osm.pbf', () => {
  it.each([true, false])('gives nodes with tags, ways with their course (packed: %s)', (isPacked) => {
    const extract = readOsmPbf(osmPbfBytes(map, isPacked))
    expect(extract.nodes).toEqual([{ id: 1, at: [7, 43], tags: { highway: 'traffic_signals' } }])
    expect(extract.ways).toEqual([
      {
        id: 21,
        tags: { highway: 'residential', name: 'Rue Émile' },
        course: [
          [7, 43],
          [7.001, 43],
        ],
      },
    ])
  })

  it('chains the ways of a multipolygon into an outer ring and a hole', () => {
    const { areas } = readOsmPbf(osmPbfBytes(map))
    expect(areas).toHaveLength(1)
    expect(areas[0].tags).toEqual({ leisure: 'park' })
    expect(areas[0].outer[0]).toHaveLength(5)
    expect(areas[0].inner[0]).toHaveLength(4)
  })

  it('takes bounds from the nodes and the date from the newest edit when the header has neither', () => {
    const { bounds, date } = readOsmPbf(osmPbfBytes(map))
    expect(bounds).toEqual([7, 43, 7.001, 43.001])
    expect(date).toBe('2020-02-01')
  })

  it('keeps no user', () => {
    expect(JSON.stringify(readOsmPbf(osmPbfBytes(map)))).not.toContain('mallory')
  })

  it('refuses a node that is nowhere on Earth', () => {
    const nodes = [...square, { id: 99, lng: 200, lat: 43 }]
    expect(() => readOsmPbf(osmPbfBytes({ ...map, nodes }))).toThrow(/node 99 lies at longitude 200/)
  })

  it('says that it is cut short, wherever it ends', () => {
    const bytes = osmPbfBytes(map)
    for (let length = 5; length < bytes.length; length++) {
      expect(outcomeOf(() => readOsmPbf(bytes.slice(0, length)))).not.toBe('read')
    }
  })

  it('notices a wrong checksum', () => {
    const bytes = osmPbfBytes(map)
    bytes[bytes.length - 1] ^= 1
    expect(() => readOsmPbf(bytes)).toThrow(/checksum is wrong/)
  })

  it.each([true, false])('ends in a reading or an Error for 1,500 broken files (packed: %s)', (isPacked) => {
    const outcomes = [...brokenBytes(osmPbfBytes(map, isPacked), 1500)].map((bytes) =>
      outcomeOf(() => readOsmPbf(bytes)),
    )
    expect(outcomes.filter((outcome) => outcome.includes('\n'))).toEqual([])
    expect(outcomes.filter((outcome) => outcome !== 'read').length).toBeGreaterThan(500)
  })
})
