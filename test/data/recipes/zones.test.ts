/** Zones hold every node, all residents and all jobs. */
import { expect, test } from 'vitest'
import { makeZoneFinder, makeZones, GATEWAY_MARK } from '../../../data/recipes/zones.ts'
import type { FloorSpace } from '../../../data/recipes/activity.ts'
import type { OsmExtract } from '../../../data/recipes/osm.ts'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import { randomUnit } from '../../../twin/kernel/random.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const SIDE = 20
const { network, projection } = smallCity({ side: SIDE })
const edgeM = 250 * (SIDE - 1)

/** Houses strewn over the town, twice as dense in its east. */
function houses(count: number): FloorSpace {
  const rows = Array.from({ length: count }, (_, i) => i)
  const east = (i: number) => Math.sqrt(randomUnit(1, i))
  return {
    xM: Float32Array.from(rows, (i) => east(i) * edgeM),
    yM: Float32Array.from(rows, (i) => randomUnit(2, i) * edgeM),
    buildingClass: Uint8Array.from(rows, (i) => (i % 5 === 0 ? 1 : 0)),
    floorAreaM2: Float32Array.from(rows, () => 120),
  }
}

/** The town's first main street alone, running from the western edge to the eastern one. */
function extractOf(): OsmExtract {
  const at = (xM: number, yM: number) => lngLatFromLocal(projection, [xM, yM])
  const [west, south] = at(0, 0)
  const [east, north] = at(edgeM, edgeM)
  return {
    nodes: [
      { id: 1, at: at(0, 0), tags: { place: 'suburb', name: 'West End' } },
      { id: 2, at: at(edgeM, 0), tags: { place: 'suburb', name: 'East End' } },
      { id: 3, at: at(2000, 2000), tags: { amenity: 'hospital', name: 'Hospital' } },
    ],
    ways: [{ id: 1, tags: { highway: 'primary', name: 'Main' }, course: [at(0, 750), at(edgeM, 750)] }],
    areas: [],
    bounds: [west, south, east, north],
    date: '2017-12-04',
  }
}

const zones = makeZones(extractOf(), network, houses(4000), projection, { population: 30_000 })
const count = zones.zones.name.length
const isGateway = zones.zones.name.map((name) => name.startsWith(GATEWAY_MARK))
const inner = (column: Float32Array) => column.filter((_, zone) => !isGateway[zone])
const total = (column: Float32Array) => column.reduce((sum, value) => sum + value, 0)

test('every node lies in a zone, and every zone has a node', () => {
  const used = new Set(zones.nodes.zone)
  expect(zones.nodes.zone.length).toBe(network.nodes.xM.length)
  expect(used.size).toBe(count)
  expect(Math.max(...used)).toBe(count - 1)
})

test('the residents add up to the population', () => {
  expect(total(inner(zones.zones.residents)) / 30_000).toBeCloseTo(1, 1)
})

test('zones have about equal residents and jobs', () => {
  const residents = inner(zones.zones.residents)
  const jobs = inner(zones.zones.jobs)
  const load = residents.map((people, zone) => people / total(residents) + jobs[zone] / total(jobs))
  // The hospital's node alone may weigh more than a zone's share.
  const sorted = [...load].sort((a, b) => a - b)
  expect(sorted[sorted.length - 2] / sorted[0]).toBeLessThan(2.5)
})

test('a wide road gives a gateway at each edge it leaves by', () => {
  expect(zones.zones.name.filter((_, zone) => isGateway[zone])).toEqual(['→ Main', '→ Main'])
  const share = total(zones.zones.residents.filter((_, zone) => isGateway[zone])) / 30_000
  expect(share).toBeGreaterThan(0)
  // 12 % of commuters, and the few who live at the gateway itself.
  expect(share).toBeLessThan(0.13)
})

test('zones are compact: few nodes lie nearer to a far zone than to their own neighbourhood', () => {
  const { xM, yM } = zones.zones
  let far = 0
  zones.nodes.zone.forEach((zone, node) => {
    const off = Array.from(
      xM,
      (x, other) => (x - network.nodes.xM[node]) ** 2 + (yM[other] - network.nodes.yM[node]) ** 2,
    )
    const nearer = off.filter((value, other) => !isGateway[other] && value < off[zone]).length
    if (nearer > 3) far++
  })
  expect(far / zones.nodes.zone.length).toBeLessThan(0.02)
})

test('names are of the nearest place, and unique but for gateways', () => {
  const names = zones.zones.name.filter((_, zone) => !isGateway[zone])
  expect(new Set(names).size).toBe(names.length)
  const zoneAt = makeZoneFinder(network, zones)
  expect(zones.zones.name[zoneAt(10, 10)]).toContain('West End')
})

test('the same input gives the same zones', () => {
  const again = makeZones(extractOf(), network, houses(4000), projection, { population: 30_000 })
  expect(again).toEqual(zones)
})

test('a place without buildings still gets zones', () => {
  const bare = makeZones(extractOf(), network, houses(0), projection, {})
  expect(total(bare.zones.residents)).toBeGreaterThan(0)
  expect(new Set(bare.nodes.zone).size).toBe(bare.zones.name.length)
})
