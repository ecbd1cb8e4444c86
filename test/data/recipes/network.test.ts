/** From ways to a network: junctions, directions, signals, signs, and that every link reaches every other. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeNetwork } from '../../../data/recipes/network.ts'
import type { OsmExtract, Tags } from '../../../data/recipes/osm.ts'
import { linkControls, roadClasses, type RoadNetwork } from '../../../twin/traffic/network.ts'
import { gridStreets, mapProjection, osmMap } from '../../fixtures/osmMap.ts'

const network = (extract: OsmExtract) => makeNetwork(extract, mapProjection)

/** A block of four streets, so that all is connected, and what the test adds. */
const block = (...more: Parameters<typeof osmMap>[0]) => [...gridStreets(2, 200), ...more]

function rowsOfWay(net: RoadNetwork, wayId: number): number[] {
  return [...net.links.osmWayId.keys()].filter((row) => net.links.osmWayId[row] === wayId)
}

/** Whether each link leads east, by way. */
function headings(net: RoadNetwork, wayId: number): number[] {
  return rowsOfWay(net, wayId).map((row) =>
    Math.sign(net.nodes.xM[net.links.toNode[row]] - net.nodes.xM[net.links.fromNode[row]]),
  )
}

function controlsInto(net: RoadNetwork, xM: number, yM: number): string[] {
  return [...net.links.toNode.keys()]
    .filter(
      (row) =>
        Math.abs(net.nodes.xM[net.links.toNode[row]] - xM) < 1 &&
        Math.abs(net.nodes.yM[net.links.toNode[row]] - yM) < 1,
    )
    .map((row) => linkControls[net.links.control[row]])
}

describe('a network made of ways', () => {
  it('has a node where streets meet, and none where one only bends', () => {
    const net = network(osmMap([...gridStreets(3, 100)]))
    // A 3 by 3 lattice: its corners are bends of no consequence but for the change of name.
    expect(net.nodes.xM.length).toBe(9)
    expect(net.links.fromNode.length).toBe(24)
  })

  it('drops proposed roads, roads under construction, footways and closed ones', () => {
    const tags: Tags[] = [{ highway: 'proposed' }, { highway: 'construction' }, { highway: 'footway' }, { highway: 'primary', access: 'no' }, { highway: 'service' }] // prettier-ignore
    const net = network(osmMap(block(...tags.map((each, i) => [each, [[0, 20 * i], [200, 20 * i]]] as const)))) // prettier-ignore
    expect(new Set(net.links.osmWayId).size).toBe(4)
  })

  it.each([
    [{ oneway: 'yes' }, [1]],
    [{ oneway: '-1' }, [-1]],
    [{ oneway: 'no' }, [1, -1]],
    [{ junction: 'roundabout' }, [1]],
    [{}, [1, -1]],
  ] as const)('drives %o as %o', (tags, due) => {
    const net = network(osmMap(block([{ highway: 'secondary', ...tags }, [[0, 0], [100, 50], [200, 0]]]))) // prettier-ignore
    expect(headings(net, 5)).toEqual([...due])
  })

  it('takes lanes and speed from tags, and says which came from them', () => {
    const net = network(osmMap(block([{ highway: 'primary', lanes: '4', maxspeed: '40 mph' }, [[0, 0], [100, 50], [200, 0]]]))) // prettier-ignore
    const [row] = rowsOfWay(net, 5)
    expect(net.links.lanes[row]).toBe(2)
    expect(net.links.freeSpeedMps[row]).toBeCloseTo((40 * 1.609344) / 3.6, 4)
    expect(net.links.isTagged[row]).toBe(3)
    expect(net.links.isTagged[rowsOfWay(net, 1)[0]]).toBe(0)
  })

  it('folds ramps into the class of their road, and unclassified roads into residential', () => {
    const net = network(
      osmMap(
        block(
          [{ highway: 'trunk_link', oneway: 'no' }, [[0, 0], [100, 50], [200, 0]]], // prettier-ignore
          [{ highway: 'unclassified' }, [[0, 0], [100, 90], [200, 0]]], // prettier-ignore
        ),
      ),
    )
    expect(roadClasses[net.links.roadClass[rowsOfWay(net, 5)[0]]]).toBe('trunk')
    expect(roadClasses[net.links.roadClass[rowsOfWay(net, 6)[0]]]).toBe('residential')
  })

  it('joins ways end to end where nothing changes between them', () => {
    const tags = { highway: 'tertiary', name: 'Long' }
    const net = network(osmMap(block([tags, [[0, 0], [50, 50]]], [tags, [[150, 50], [50, 50]]], [tags, [[150, 50], [200, 0]]]))) // prettier-ignore
    const rows = [...net.links.name.keys()].filter((row) => net.names.text[net.links.name[row]] === 'Long')
    expect(rows).toHaveLength(2)
    expect(net.links.lengthM[rows[0]]).toBeCloseTo(100 + 2 * Math.sqrt(5000), 0)
  })

  it('makes one signal of the signal nodes of one crossing, and lets none stand inside it', () => {
    const oneWay = { highway: 'primary', oneway: 'yes' }
    const extract = osmMap(
      [
        [oneWay, [[0, 0], [100, 0], [200, 0]]], // prettier-ignore
        [oneWay, [[200, 15], [100, 15], [0, 15]]], // prettier-ignore
        [{ highway: 'secondary' }, [[100, -100], [100, 0], [100, 15], [100, 100]]], // prettier-ignore
        [{ highway: 'secondary' }, [[0, 0], [0, 15]]], // prettier-ignore
        [{ highway: 'secondary' }, [[200, 0], [200, 15]]], // prettier-ignore
      ],
      [
        [{ highway: 'traffic_signals' }, [100, 0]],
        [{ highway: 'traffic_signals' }, [100, 15]],
      ],
    )
    const net = network(extract)
    expect(net.signals.xM.length).toBe(1)
    expect([...net.links.signal].filter((signal) => signal >= 0)).toHaveLength(4)
    expect([...controlsInto(net, 100, 0), ...controlsInto(net, 100, 15)].sort()).toEqual(['none', 'none', 'signal', 'signal', 'signal', 'signal']) // prettier-ignore
  })

  it('gives a signal mapped at the stop line to the junction behind it, and makes a crossing of a lone one', () => {
    const near = osmMap(
      block([{ highway: 'tertiary' }, [[0, 0], [70, 60], [100, 60], [130, 60], [200, 0]]], [{ highway: 'tertiary' }, [[100, 60], [100, 20], [200, 200]]]), // prettier-ignore
      [[{ highway: 'traffic_signals' }, [70, 60]]],
    )
    expect(controlsInto(network(near), 100, 60)).toEqual(['signal', 'signal', 'signal'])
    const lone = osmMap(block([{ highway: 'tertiary' }, [[0, 0], [100, 90], [200, 0]]]), [[{ highway: 'traffic_signals' }, [100, 90]]]) // prettier-ignore
    expect(controlsInto(network(lone), 100, 90)).toEqual(['signal', 'signal'])
  })

  it('gives a sign to the approach it stands on', () => {
    const tee = [
      [{ highway: 'primary' }, [[-200, 0], [0, 0], [200, 0]]], // prettier-ignore
      [{ highway: 'residential' }, [[0, 200], [0, 10], [0, 0]]], // prettier-ignore
    ] as const
    const inner = network(osmMap(tee, [[{ highway: 'stop' }, [0, 10]]]))
    expect(controlsInto(inner, 0, 0).sort()).toEqual(['none', 'none', 'stop'])
    const onJunction = network(osmMap(tee, [[{ highway: 'give_way' }, [0, 0]]]))
    expect(controlsInto(onJunction, 0, 0).sort()).toEqual(['giveWay', 'none', 'none'])
  })

  it('cuts a street at a level crossing, which both ways meet', () => {
    const net = network(osmMap(block([{ highway: 'tertiary' }, [[0, 0], [100, 90], [200, 0]]]), [[{ railway: 'level_crossing' }, [100, 90]]])) // prettier-ignore
    expect(controlsInto(net, 100, 90)).toEqual(['levelCrossing', 'levelCrossing'])
  })

  it('leaves out islands and one-way ends', () => {
    const net = network(
      osmMap(
        block(
          [{ highway: 'primary' }, [[500, 500], [900, 900]]], // prettier-ignore
          [{ highway: 'primary', oneway: 'yes' }, [[200, 200], [600, 200]]], // prettier-ignore
        ),
      ),
    )
    expect(new Set(net.links.osmWayId)).toEqual(new Set([1, 2, 3, 4]))
  })

  it('refuses a map without roads, in one sentence', () => {
    expect(() => network(osmMap([[{ building: 'yes' }, [[0, 0], [9, 9]]]]))).toThrow(/no roads for cars/) // prettier-ignore
  })

  it('is sound for any map: wide roads first, courses end to end, reverses mutual, all reach all', () => {
    const classes = ['primary', 'residential', 'tertiary', 'trunk_link', 'living_street']
    const way = fc.record({
      highway: fc.constantFrom(...classes),
      oneway: fc.constantFrom('yes', 'no', '-1'),
      points: fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
        minLength: 2,
        maxLength: 6,
      }),
    })
    fc.assert(
      fc.property(fc.array(way, { maxLength: 12 }), (ways) => {
        const added = ways.map(
          ({ points, ...tags }) => [tags, points.map(([x, y]) => [x * 100, y * 100] as const)] as const,
        )
        checkSound(network(osmMap([...gridStreets(2, 300), ...added])))
      }),
      { numRuns: 60, seed: 4 },
    )
  })
})

function checkSound({ nodes, links, shape }: RoadNetwork): void {
  const count = links.fromNode.length
  for (let row = 0; row < count; row++) {
    if (row > 0) expect(links.roadClass[row]).toBeGreaterThanOrEqual(links.roadClass[row - 1])
    expect(links.fromNode[row]).not.toBe(links.toNode[row])
    expect(links.lanes[row]).toBeGreaterThan(0)
    expect(links.lengthM[row]).toBeGreaterThan(0)
    const first = links.shapeStart[row]
    const last = first + links.shapeCount[row] - 1
    expect([shape.xM[first], shape.yM[first]]).toEqual([
      nodes.xM[links.fromNode[row]],
      nodes.yM[links.fromNode[row]],
    ])
    expect([shape.xM[last], shape.yM[last]]).toEqual([
      nodes.xM[links.toNode[row]],
      nodes.yM[links.toNode[row]],
    ])
    const reverse = links.reverseLink[row]
    if (reverse < 0) continue
    expect(links.reverseLink[reverse]).toBe(row)
    expect([links.fromNode[reverse], links.toNode[reverse]]).toEqual([links.toNode[row], links.fromNode[row]])
  }
  for (const [from, to] of [
    [links.fromNode, links.toNode],
    [links.toNode, links.fromNode],
  ]) {
    expect(reached(nodes.xM.length, from, to)).toBe(nodes.xM.length)
  }
}

/** How many nodes the first one reaches. */
function reached(nodeCount: number, from: Uint32Array, to: Uint32Array): number {
  const seen = new Set([0])
  for (const node of seen) from.forEach((start, row) => start === node && seen.add(to[row]))
  return Math.min(seen.size, nodeCount)
}
