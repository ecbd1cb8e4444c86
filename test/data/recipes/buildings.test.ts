/** Buildings: what is mapped stays as mapped; houses laid from addresses keep off the street and off each other. */
import { describe, expect, it } from 'vitest'
import { makeBuildings } from '../../../data/recipes/buildings.ts'
import { makeNetwork } from '../../../data/recipes/network.ts'
import { overlap, type Ring } from '../../../data/recipes/polygons.ts'
import { localFromLngLat } from '../../../twin/geo/projection.ts'
import { buildingClasses } from '../../../twin/power/grid.ts'
import { gridStreets, mapProjection, osmMap } from '../../fixtures/osmMap.ts'

type Ways = Parameters<typeof osmMap>[0]
type Nodes = NonNullable<Parameters<typeof osmMap>[1]>

function build(ways: Ways, nodes: Nodes = []) {
  const extract = osmMap([...gridStreets(2, 200), ...ways], nodes)
  return makeBuildings(extract, makeNetwork(extract, mapProjection), mapProjection, 1)
}

const box = (x: number, y: number, side: number) => [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]] as const // prettier-ignore

/** Doors every 10 m along the south street, on its north side. */
const doors: Nodes = Array.from({ length: 18 }, (_, i) => [
  { 'addr:street': 'Street 0', 'addr:housenumber': `${100 + 2 * i}` },
  [15 + 10 * i, 8],
])

const localRings = (footprints: ReturnType<typeof build>['footprints']): Ring[] =>
  footprints.map(([ring]) => ring.map((at) => localFromLngLat(mapProjection, at)))

describe('buildings', () => {
  it('keep footprint, height and use as mapped', () => {
    const made = build([[{ building: 'school', 'building:levels': '4', height: '15 m' }, box(60, 60, 20)]])
    expect([...made.isReal]).toEqual([1])
    expect(made.heightM[0]).toBeCloseTo(15, 3)
    expect(made.floorAreaM2[0]).toBeCloseTo(1600, -1)
    expect(buildingClasses[made.buildingClass[0]]).toBe('public')
  })

  it('are as high as their levels where no height is tagged', () => {
    const made = build([[{ building: 'apartments', 'building:levels': '10' }, box(60, 60, 20)]])
    expect(made.heightM[0]).toBeCloseTo(31, 3)
  })

  it('take their use from a shop inside, or from the land they stand on', () => {
    const inShop = build([[{ building: 'yes' }, box(60, 60, 20)]], [[{ shop: 'bakery' }, [70, 70]]])
    expect(buildingClasses[inShop.buildingClass[0]]).toBe('commercial')
    const onLand = build([[{ building: 'yes' }, box(60, 60, 20)], [{ landuse: 'industrial' }, box(40, 40, 90)]]) // prettier-ignore
    expect(buildingClasses[onLand.buildingClass[0]]).toBe('industrial')
  })

  it('are laid one to a door where there are only addresses, and marked so', () => {
    const made = build([], doors)
    expect(made.xM.length).toBe(doors.length)
    expect(made.isReal.every((value) => value === 0)).toBe(true)
    expect(made.yM.every((yM) => yM > 8 && yM < 30)).toBe(true)
  })

  it('laid from addresses, overlap neither each other, nor the street, nor what is mapped', () => {
    const made = build([[{ building: 'yes' }, box(80, 10, 25)]], doors)
    const rings = localRings(made.footprints)
    rings.forEach((ring, i) => {
      for (let j = 0; j < i; j++) expect(overlap(ring, rings[j])).toBe(false)
      for (const [, yM] of ring) expect(yM).toBeGreaterThan(3)
    })
    expect(made.isReal.filter((value) => value === 1)).toHaveLength(1)
  })

  it('laid from addresses, share the gap to the next door', () => {
    const [ring] = localRings(build([], doors).footprints)
    const xs = ring.map(([xM]) => xM)
    expect(Math.max(...xs) - Math.min(...xs)).toBeCloseTo(10, 0)
  })

  it('are not laid again where an address lies in a mapped building', () => {
    const made = build([[{ building: 'yes' }, box(60, 5, 20)]], [[{ 'addr:street': 'Street 0', 'addr:housenumber': '9' }, [70, 8]]]) // prettier-ignore
    expect([...made.isReal]).toEqual([1])
  })
})
