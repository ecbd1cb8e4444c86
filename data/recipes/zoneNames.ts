/** Names for zones: the nearest place, and where several zones share one, their own main street beside it. */
import { localFromLngLat, type Projection } from '../../twin/geo/projection.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import { taggedPlaces } from './activity.ts'
import type { OsmExtract } from './osm.ts'

export interface NamedPlace {
  readonly name: string
  readonly xM: number
  readonly yM: number
}

const PLACE_KINDS = ['suburb', 'neighbourhood', 'quarter', 'borough', 'village', 'town', 'hamlet']

/** A place further away than this, metres, says nothing about a zone; assumed. */
const PLACE_REACH_M = 4000

/** How much more a metre of a wide street counts for a zone's name, by class (roadClasses); assumed. */
const STREET_WEIGHT = [1, 3, 4, 3, 2, 1, 0.5]

/** Names of the first `count` zones, no two alike. */
export function nameZones(
  count: number,
  zoneOfNode: Uint16Array,
  centre: { readonly xM: Float32Array; readonly yM: Float32Array },
  network: RoadNetwork,
  places: readonly NamedPlace[],
): string[] {
  const streets = mainStreets(count, zoneOfNode, network)
  const place = Array.from({ length: count }, (_, zone) =>
    nearestPlace(places, centre.xM[zone], centre.yM[zone]),
  )
  const shared = new Map<string, number>()
  for (const name of place) shared.set(name, (shared.get(name) ?? 0) + 1)
  const taken = new Map<string, number>()
  return place.map((name, zone) => {
    const street = streets[zone].find((street) => !taken.has(join(name, street))) ?? streets[zone][0] ?? ''
    const full = name !== '' && shared.get(name) === 1 ? name : join(name, street) || `Zone ${zone + 1}`
    const before = taken.get(full) ?? 0
    taken.set(full, before + 1)
    return before === 0 ? full : `${full} ${before + 1}`
  })
}

/** The named parts and settlements of an extract. */
export function namedPlaces(extract: OsmExtract, projection: Projection): NamedPlace[] {
  const places: NamedPlace[] = []
  for (const { at, tags } of taggedPlaces(extract)) {
    if (!tags.name || !PLACE_KINDS.includes(tags.place ?? '')) continue
    const [xM, yM] = localFromLngLat(projection, at)
    places.push({ name: tags.name, xM, yM })
  }
  return places
}

/** The name of the place nearest to a position, '' when none is in reach. */
export function nearestPlace(places: readonly NamedPlace[], xM: number, yM: number): string {
  let name = ''
  let best = PLACE_REACH_M * PLACE_REACH_M
  for (const place of places) {
    const off = (place.xM - xM) ** 2 + (place.yM - yM) ** 2
    if (off < best) {
      best = off
      name = place.name
    }
  }
  return name
}

function join(place: string, street: string): string {
  return place && street ? `${place} · ${street}` : place || street
}

/** The named streets of each zone, longest and widest first. */
function mainStreets(count: number, zoneOfNode: Uint16Array, network: RoadNetwork): string[][] {
  const { fromNode, toNode, lengthM, roadClass, name } = network.links
  const weights = Array.from({ length: count }, () => new Map<string, number>())
  for (let link = 0; link < fromNode.length; link++) {
    const zone = zoneOfNode[fromNode[link]]
    const street = network.names.text[name[link]]
    if (zone >= count || zone !== zoneOfNode[toNode[link]] || street === '') continue
    const weight = lengthM[link] * STREET_WEIGHT[roadClass[link]]
    weights[zone].set(street, (weights[zone].get(street) ?? 0) + weight)
  }
  return weights.map((streets) =>
    [...streets].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([street]) => street),
  )
}
