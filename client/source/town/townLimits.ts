/**
 * How large a town a browser is asked to bear, and the command that cuts a part out of a larger map. The limits are a little
 * above Montevideo (1.3 million people, 2,931 km of streets), which a browser runs in the demo; `npm run prove -- town` makes and
 * runs the largest that they let through, and prints its seconds and its memory.
 */
import { makeProjection, localFromLngLat, type LngLat } from '../../../twin/geo/projection.ts'
import type { OsmExtract } from '../../../data/recipes/osm.ts'
import { roadFromTags } from '../../../data/recipes/roadTags.ts'
import { TownFault } from './townFault.ts'

export const townLimits = {
  mapBytes: 40e6,
  nodes: 3_000_000,
  /** Of the map's blocks, unpacked: a file that packs a world into a few bytes ends here. */
  contentBytes: 400e6,
  streetKm: 3200,
  areaKm2: 2500,
  feedBytes: 40e6,
  /** Of a timetable's files, unpacked. */
  feedContentBytes: 250e6,
} as const

/** A cut that was made to fit should not be refused for a little more than was reckoned. */
const SPARE = 0.8
const KM_PER_DEG = 111.2

type Bounds = OsmExtract['bounds']

/** Refuses a map that holds more streets, or reaches further, than a browser bears; and one without streets. */
export function checkTownSize(name: string, extract: OsmExtract): void {
  const roads = extract.ways.filter(({ tags }) => roadFromTags(tags) !== undefined)
  if (roads.length === 0) throw new TownFault('noStreets', { name })
  const middle = middleOf(roads.map(({ course }) => course[course.length >> 1]))
  const areaKm2 = areaOf(extract.bounds)
  if (areaKm2 > townLimits.areaKm2) {
    const sideKm = Math.sqrt(SPARE * townLimits.areaKm2)
    throw new TownFault(
      'tooWide',
      { name, came: Math.round(areaKm2), most: townLimits.areaKm2 },
      cutCommand(name, middle, sideKm),
    )
  }
  const streetKm = lengthKm(roads.map(({ course }) => course))
  if (streetKm > townLimits.streetKm) {
    // streets lie closer in the middle than at the edge: a part of the area has more than its share of them
    const sideKm = Math.sqrt(areaKm2) * SPARE * (townLimits.streetKm / streetKm)
    throw new TownFault(
      'tooManyStreets',
      { name, came: Math.round(streetKm), most: townLimits.streetKm },
      cutCommand(name, middle, sideKm),
    )
  }
}

/** The command that cuts a square out of a map; without a place known, one that says where the numbers go. */
export function cutCommand(name: string, middle: LngLat | undefined, sideKm: number): string {
  const box = middle === undefined ? 'WEST,SOUTH,EAST,NORTH' : squareAround(middle, sideKm).join(',')
  return `osmium extract --set-bounds --bbox ${box} ${quoted(name)} -o town.osm.pbf`
}

/** The middle of a box, for a map of which no more is known. */
export function middleOfBounds(bounds: Bounds | undefined): LngLat | undefined {
  return bounds && [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2]
}

function squareAround([lng, lat]: LngLat, sideKm: number): number[] {
  const halfLat = sideKm / 2 / KM_PER_DEG
  const halfLng = halfLat / Math.max(0.05, Math.cos((lat * Math.PI) / 180))
  return [lng - halfLng, lat - halfLat, lng + halfLng, lat + halfLat].map(
    (degrees) => Math.round(degrees * 1e4) / 1e4,
  )
}

function areaOf([west, south, east, north]: Bounds): number {
  const widthKm = (east - west) * KM_PER_DEG * Math.cos((((south + north) / 2) * Math.PI) / 180)
  return Math.abs(widthKm * (north - south) * KM_PER_DEG)
}

function lengthKm(courses: readonly (readonly LngLat[])[]): number {
  const projection = makeProjection(courses[0][0])
  let lengthM = 0
  for (const course of courses) {
    let before = localFromLngLat(projection, course[0])
    for (const at of course) {
      const here = localFromLngLat(projection, at)
      lengthM += Math.hypot(here[0] - before[0], here[1] - before[1])
      before = here
    }
  }
  return lengthM / 1000
}

/** Half of the places lie to each side of it. */
function middleOf(places: readonly LngLat[]): LngLat {
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]
  return [median(places.map(([lng]) => lng)), median(places.map(([, lat]) => lat))]
}

/** As a shell takes it. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
}
