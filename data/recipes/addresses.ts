/** House numbers of the map: points of their own, or tags on a building. */
import { localFromLngLat, type LngLat, type Local, type Projection } from '../../twin/geo/projection.ts'
import { isClosed } from './joinPieces.ts'
import type { OsmExtract, Tags } from './osm.ts'
import { boxOf } from './polygons.ts'

export interface Address {
  readonly street: string
  /** As written: «1516,1518», «12/3». */
  readonly number: string
  readonly lngLat: LngLat
  readonly at: Local
  /** Whether it is a point of its own and not a building's tag. */
  readonly isPoint: boolean
}

/** All addresses with street and number, points first. */
export function readAddresses(extract: OsmExtract, projection: Projection): Address[] {
  const addresses: Address[] = []
  const add = (tags: Tags, lngLat: LngLat, isPoint: boolean) => {
    const street = clean(tags['addr:street'] ?? tags['addr:place'])
    const number = clean(tags['addr:housenumber'])
    if (street === '' || number === '') return
    addresses.push({ street, number, lngLat, at: localFromLngLat(projection, lngLat), isPoint })
  }
  for (const node of extract.nodes) add(node.tags, node.at, true)
  for (const way of extract.ways) {
    if (way.tags['addr:housenumber'] !== undefined && isClosed(way.course))
      add(way.tags, middleOf(way.course), false)
  }
  for (const area of extract.areas) {
    if (area.tags['addr:housenumber'] !== undefined && area.outer.length > 0)
      add(area.tags, middleOf(area.outer[0]), false)
  }
  return addresses
}

function clean(text: string | undefined): string {
  return (text ?? '').replaceAll(/\s+/g, ' ').trim()
}

function middleOf(ring: readonly LngLat[]): LngLat {
  const [west, south, east, north] = boxOf(ring)
  return [(west + east) / 2, (south + north) / 2]
}
