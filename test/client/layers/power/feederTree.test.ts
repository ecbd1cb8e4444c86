/** A feeder to be drawn holds all of the feeder: every bus and transformer once, lengths that grow outwards, breakers in their lines. */
import { describe, expect, it } from 'vitest'
import { BUSBAR, feederTree } from '../../../../client/layers/power/feederTree.ts'
import { shortName } from '../../../../client/layers/power/gridNodes.ts'
import { findBus } from '../../../../client/layers/power/pointPower.ts'
import { joined } from '../../../../client/layers/power/SubstationCharts.tsx'
import { lngLatFromLocal } from '../../../../twin/geo/projection.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const city = smallCity()
const grid = city.grid!
const feeders = grid.feeders.name.map((_, feeder) => feeder)

describe('the tree of a feeder', () => {
  it.each(feeders)('holds each bus of feeder %d once, below the busbar', (feeder) => {
    const { buses, parents } = feederTree(city, feeder)
    const first = grid.feeders.firstBus[feeder]
    expect(buses).toEqual([
      BUSBAR,
      ...Array.from({ length: grid.feeders.busCount[feeder] }, (_, i) => first + i),
    ])
    parents.slice(1).forEach((parent, i) => {
      const above = grid.buses.parentBus[buses[i + 1]]
      expect(buses[parent]).toBe(above < 0 ? BUSBAR : above)
    })
  })

  it('holds each transformer and each breaker of the city once, over all feeders', () => {
    const trees = feeders.map((feeder) => feederTree(city, feeder))
    const transformers = trees.flatMap((tree) => tree.transformers.flat()).toSorted((a, b) => a - b)
    expect(transformers).toEqual([...grid.transformers.bus.keys()])
    const breakers = trees.flatMap((tree) => tree.breakers.filter((row) => row !== undefined))
    expect(breakers.toSorted((a, b) => a - b)).toEqual([...grid.breakers.bus.keys()])
  })

  it('lies further along with every piece of cable', () => {
    const { parents, alongM } = feederTree(city, 0)
    parents.forEach((parent, node) => {
      if (parent > 0) expect(alongM[node]).toBeGreaterThan(alongM[parent])
    })
  })

  it('refuses a feeder that is not there', () => {
    expect(() => feederTree(city, feeders.length)).toThrow(`there is no feeder ${feeders.length}`)
  })
})

describe('the feeders of a substation', () => {
  it('stand side by side as they stand alone', () => {
    const trees = feeders.map((feeder) => feederTree(city, feeder))
    const forest = joined(trees)
    expect(forest.buses).toEqual(trees.flatMap(({ buses }) => buses.slice(1)))
    forest.parents.forEach((parent, node) => {
      const above = grid.buses.parentBus[forest.buses[node]]
      expect(parent < 0 ? -1 : forest.buses[parent]).toBe(above)
    })
  })
})

it.each([
  ['Norte 03', 'Norte', '03'],
  ['F1', 'South', 'F1'],
  ['Norte', 'Norte', 'Norte'],
])('feeder %s of substation %s is called %s under its busbar', (feeder, substation, short) => {
  expect(shortName(feeder, substation)).toBe(short)
})

describe('a hand on the map', () => {
  it('finds the bus it lies on, of the feeders that are drawn and no other', () => {
    const bus = grid.feeders.firstBus[1] + 3
    const at = lngLatFromLocal(city.projection, [grid.buses.xM[bus], grid.buses.yM[bus]])
    expect(findBus({ city }, [1])(at, 50)?.rows).toEqual([bus])
    expect(findBus({ city }, [0])(at, 50)).toBeUndefined()
  })

  it('is shown the bus with the cable that leads to it', () => {
    const bus = grid.feeders.firstBus[0] + 2
    const at = lngLatFromLocal(city.projection, [grid.buses.xM[bus], grid.buses.yM[bus]])
    const { points, paths } = findBus({ city }, [0])(at, 50)!.shape()
    expect(points[0][0]).toBeCloseTo(at[0], 9)
    expect(paths[0].at(-1)![0]).toBeCloseTo(at[0], 6)
  })
})
