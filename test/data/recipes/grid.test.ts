/** The made grid reaches everything once, follows the streets and holds on its worst hour. */
import { beforeAll, describe, expect, it } from 'vitest'
import { makeGrid, type MadeGrid } from '../../../data/recipes/grid.ts'
import type { OsmExtract } from '../../../data/recipes/osm.ts'
import { makeProjection } from '../../../twin/geo/projection.ts'
import { readColumnsFile, writeColumnsFile } from '../../../twin/kernel/columnsFile.ts'
import { gridSchema, NO_TRANSFORMER } from '../../../twin/power/grid.ts'
import { latticeBuildings, latticeNetwork, latticeZones } from '../../fixtures/lattice.ts'

const projection = makeProjection([10, 40])
const network = latticeNetwork(21, 150)
const zones = latticeZones(network, 120_000)
const buildings = latticeBuildings(network, 16)
const extract: OsmExtract = {
  nodes: [
    { id: 1, at: [10.005, 40], tags: { power: 'substation', name: 'Real One', voltage: '150000;15000' } },
    { id: 2, at: [10.0051, 40], tags: { power: 'substation' } },
    { id: 3, at: [10.01, 40], tags: { power: 'substation', substation: 'minor_distribution' } },
    { id: 4, at: [11.5, 41], tags: { power: 'substation', name: 'Far Away' } },
  ],
  ways: [
    { id: 5, tags: { power: 'line', voltage: '150000' }, course: [[10, 40], [10.005, 40]] },
    { id: 6, tags: { power: 'minor_line' }, course: [[10, 40], [10.005, 40]] },
  ],
  areas: [],
  bounds: [9.9, 39.9, 10.1, 40.1],
  date: '2020-01-01',
} // prettier-ignore
const make = (seed = 1) => makeGrid(extract, network, zones, buildings, projection, seed)

describe('a made grid', () => {
  let made: MadeGrid
  beforeAll(() => {
    made = make()
  })

  it('takes the real substations in reach, once each, and says which are made up', () => {
    const { name, isReal, primaryV } = made.grid.substations
    expect(name.filter((_, i) => isReal[i] === 1)).toEqual(['Real One'])
    expect(primaryV[0]).toBe(150_000)
    expect(made.grid.transmission.name).toHaveLength(1)
  })

  it('gives every building exactly one transformer, and every signal one', () => {
    expect(made.transformerOfBuilding).toHaveLength(buildings.xM.length)
    const rows = made.grid.transformers.bus.length
    const isRow = [...made.transformerOfBuilding].every((row) => row !== NO_TRANSFORMER && row < rows)
    expect(isRow).toBe(true)
    expect(new Set(made.transformerOfBuilding).size).toBe(rows)
    expect(made.grid.signals.transformer[0]).toBeLessThan(rows)
  })

  it('shares out all the energy of the residents, 3,200 kWh each', () => {
    const { residentialWhPerYear, commercialWhPerYear, industrialWhPerYear, publicWhPerYear } =
      made.grid.transformers
    const all = [residentialWhPerYear, commercialWhPerYear, industrialWhPerYear, publicWhPerYear]
    const sum = all.reduce((sum, column) => sum + column.reduce((a, b) => a + b, 0), 0)
    expect(sum / 120_000 / 3_200_000).toBeCloseTo(1, 9)
  })

  it('lists the buses of a feeder in depth-first preorder, in one run', () => {
    const { feeders, buses } = made.grid
    let at = 0
    for (let feeder = 0; feeder < feeders.firstBus.length; feeder++) {
      expect(feeders.firstBus[feeder]).toBe(at)
      const path: number[] = []
      for (let bus = at; bus < at + feeders.busCount[feeder]; bus++) {
        expect(buses.feeder[bus]).toBe(feeder)
        const parent = buses.parentBus[bus]
        if (bus === at) expect(parent).toBe(-1)
        else {
          while (path.length > 0 && path[path.length - 1] !== parent) path.pop()
          expect(path.at(-1)).toBe(parent)
        }
        path.push(bus)
      }
      at += feeders.busCount[feeder]
    }
    expect(at).toBe(buses.feeder.length)
  })

  it('leads every line along its streets from its parent to its bus', () => {
    const { buses, shape } = made.grid
    for (let bus = 0; bus < buses.feeder.length; bus++) {
      const parent = buses.parentBus[bus]
      if (parent < 0) continue
      const first = buses.shapeStart[bus]
      const last = first + buses.shapeCount[bus] - 1
      expect([shape.xM[first], shape.yM[first]]).toEqual([buses.xM[parent], buses.yM[parent]])
      expect([shape.xM[last], shape.yM[last]]).toEqual([buses.xM[bus], buses.yM[bus]])
      expect(buses.rOhm[bus]).toBeGreaterThan(0)
      expect(buses.ratedA[bus]).toBeGreaterThan(0)
    }
  })

  it('has a breaker at the head of every feeder, and transformers at transformer buses only', () => {
    const { feeders, breakers, transformers, buses } = made.grid
    for (const firstBus of feeders.firstBus) expect(breakers.bus).toContain(firstBus)
    for (const bus of transformers.bus) expect(buses.kind[bus]).toBe(2)
    expect(breakers.name.every((name) => name.length > 0)).toBe(true)
  })

  it('holds on its worst hour', () => {
    const [, voltage, loading] = /lowest voltage ([\d.]+) pu, most loaded line (\d+) %/.exec(made.summary[0])!
    expect(Number(voltage)).toBeGreaterThanOrEqual(0.95)
    expect(Number(loading)).toBeLessThanOrEqual(100)
  })

  it('is the same for the same seed, and survives its file', () => {
    const bytes = writeColumnsFile(gridSchema, made.grid)
    expect(writeColumnsFile(gridSchema, make().grid)).toEqual(bytes)
    expect(readColumnsFile(gridSchema, bytes).tables.breakers.name).toEqual(made.grid.breakers.name)
  })

  it('has a substation even where the map has none, and none without buildings to supply', () => {
    const empty = { ...extract, nodes: [], ways: [] }
    const alone = makeGrid(empty, network, zones, buildings, projection, 1)
    expect(alone.grid.substations.name.length).toBeGreaterThan(0)
    expect([...alone.grid.substations.isReal].some((is) => is === 1)).toBe(false)
    const none = latticeBuildings(network, 0)
    const bare = makeGrid(empty, network, zones, none, projection, 1)
    expect(bare.grid.transformers.bus).toHaveLength(0)
    expect(bare.grid.signals.transformer[0]).toBe(NO_TRANSFORMER)
  })
})
