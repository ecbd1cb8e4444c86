/** What a city's people look for by name: streets with their house numbers, places, points of interest, stops. */
import { foldText } from '../../twin/geo/foldText.ts'
import { localFromLngLat, type Local, type LngLat, type Projection } from '../../twin/geo/projection.ts'
import { searchKinds, type SearchTables } from '../../twin/geo/searchTables.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { Timetable } from '../../twin/transit/timetable.ts'
import { readAddresses, type Address } from './addresses.ts'
import { isClosed } from './joinPieces.ts'
import type { OsmExtract, Tags } from './osm.ts'
import { boxOf } from './polygons.ts'

interface Entry {
  readonly name: string
  readonly detail: string
  readonly kind: (typeof searchKinds)[number]
  readonly at: Local
  readonly houses: readonly House[]
}

interface House {
  readonly number: number
  readonly at: Local
}

/** Keys whose value says what a named thing is, in the order they are asked. */
const POI_KEYS = ['amenity', 'shop', 'tourism', 'leisure', 'office', 'healthcare', 'historic', 'craft', 'railway', 'aeroway', 'emergency'] // prettier-ignore

export function makeSearchTables(
  extract: OsmExtract,
  network: RoadNetwork,
  timetable: Timetable | undefined,
  projection: Projection,
): SearchTables {
  const entries = [
    ...streetEntries(network, readAddresses(extract, projection)),
    ...namedEntries(extract, projection),
    ...stopEntries(timetable),
  ]
  const houses = entries.flatMap((entry) => entry.houses)
  let first = 0
  const firstAddress = entries.map((entry) => {
    const at = first
    first += entry.houses.length
    return at
  })
  return {
    entries: {
      name: entries.map((entry) => entry.name),
      detail: entries.map((entry) => entry.detail),
      kind: Uint8Array.from(entries, (entry) => searchKinds.indexOf(entry.kind)),
      xM: Float32Array.from(entries, (entry) => Math.round(entry.at[0])),
      yM: Float32Array.from(entries, (entry) => Math.round(entry.at[1])),
      firstAddress: Uint32Array.from(firstAddress),
      addressCount: Uint32Array.from(entries, (entry) => entry.houses.length),
    },
    addresses: {
      number: Float32Array.from(houses, (house) => house.number),
      xM: Float32Array.from(houses, (house) => Math.round(house.at[0])),
      yM: Float32Array.from(houses, (house) => Math.round(house.at[1])),
    },
  }
}

/** One entry a name, at the point of the street nearest to its middle; names that only addresses know come too. */
function streetEntries({ links, shape, names }: RoadNetwork, addresses: readonly Address[]): Entry[] {
  const byName = new Map<string, { name: string; points: Local[]; houses: House[] }>()
  const streetOf = (name: string) => {
    const key = foldText(name)
    let street = byName.get(key)
    if (street === undefined) byName.set(key, (street = { name, points: [], houses: [] }))
    return street
  }
  for (let link = 0; link < links.name.length; link++) {
    if (links.name[link] === 0) continue
    const middle = links.shapeStart[link] + (links.shapeCount[link] >> 1)
    streetOf(names.text[links.name[link]]).points.push([shape.xM[middle], shape.yM[middle]])
  }
  for (const address of addresses) {
    const street = streetOf(address.street)
    for (const number of numbersOf(address.number)) street.houses.push({ number, at: address.at })
  }
  return [...byName.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, points, houses }) => ({
      name: oneLine(name),
      detail: '',
      kind: 'street',
      at: middleMost(points.length > 0 ? points : houses.map((house) => house.at)),
      houses: distinct(houses),
    }))
}

/** «1516,1518» and «12/3» give 1516 and 1518, and 12. */
function numbersOf(text: string): number[] {
  return text
    .split(/[,;]/)
    .map((part) => Number.parseInt(part, 10))
    .filter((number) => number > 0 && number < 1_000_000)
}

/** By number, one of each. */
function distinct(houses: readonly House[]): House[] {
  const sorted = [...houses].sort((a, b) => a.number - b.number || a.at[0] - b.at[0] || a.at[1] - b.at[1])
  return sorted.filter((house, i) => i === 0 || house.number !== sorted[i - 1].number)
}

function middleMost(points: readonly Local[]): Local {
  if (points.length === 0) return [0, 0]
  const meanX = points.reduce((sum, at) => sum + at[0], 0) / points.length
  const meanY = points.reduce((sum, at) => sum + at[1], 0) / points.length
  const awayM2 = (at: Local) => (at[0] - meanX) ** 2 + (at[1] - meanY) ** 2
  return points.reduce((best, at) => (awayM2(at) < awayM2(best) ? at : best))
}

function namedEntries(extract: OsmExtract, projection: Projection): Entry[] {
  const entries: Entry[] = []
  const add = (tags: Tags, lngLat: LngLat) => {
    const name = oneLine(tags.name ?? '')
    if (name === '') return
    const at = localFromLngLat(projection, lngLat)
    if (tags.place !== undefined)
      return void entries.push({ name, detail: tags.place, kind: 'place', at, houses: [] })
    const detail = poiKindOf(tags)
    if (detail !== undefined) entries.push({ name, detail, kind: 'poi', at, houses: [] })
  }
  for (const node of extract.nodes) add(node.tags, node.at)
  for (const { tags, course } of extract.ways) if (isClosed(course)) add(tags, middleOf(course))
  for (const { tags, outer } of extract.areas) if (outer.length > 0) add(tags, middleOf(outer[0]))
  return entries
}

/** What a named thing is: «pharmacy», «park»; a plain «yes» says nothing, so its key does. */
export function poiKindOf(tags: Tags): string | undefined {
  const key = POI_KEYS.find((each) => tags[each] !== undefined)
  if (key === undefined || isStreetFurniture(tags)) return undefined
  return oneLine(tags[key] === 'yes' ? key : tags[key])
}

function isStreetFurniture(tags: Tags): boolean {
  return (
    tags.railway === 'rail' ||
    tags.railway === 'disused' ||
    tags.railway === 'abandoned' ||
    tags.public_transport !== undefined
  )
}

function stopEntries(timetable: Timetable | undefined): Entry[] {
  if (timetable === undefined) return []
  const { stops } = timetable
  return stops.name.flatMap((name, i) =>
    name === ''
      ? []
      : [
          {
            name: oneLine(name),
            detail: stops.code[i],
            kind: 'stop' as const,
            at: [stops.xM[i], stops.yM[i]] as const,
            houses: [],
          },
        ],
  )
}

function middleOf(ring: readonly LngLat[]): LngLat {
  const [west, south, east, north] = boxOf(ring)
  return [(west + east) / 2, (south + north) / 2]
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
