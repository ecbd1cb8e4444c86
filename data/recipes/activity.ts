/** Where people live, work and go: residents, jobs and attraction at each node of the network, from buildings and points of interest. */
import Flatbush from 'flatbush'
import { localFromLngLat, type LngLat, type Projection } from '../../twin/geo/projection.ts'
import { buildingClasses, type Buildings } from '../../twin/power/grid.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import type { OsmExtract, Tags } from './osm.ts'

/** What zones need to know of buildings. */
export type FloorSpace = Pick<Buildings['buildings'], 'xM' | 'yM' | 'buildingClass' | 'floorAreaM2'>

/** One value per node of the network. */
export interface Activity {
  readonly residents: Float64Array
  readonly jobs: Float64Array
  readonly attraction: Float64Array
}

// Gross floor space, square metres; assumed.
const FLOOR_M2_PER_RESIDENT = 35
const FLOOR_M2_PER_JOB = { residential: Infinity, commercial: 30, industrial: 100, public: 45 } as const
const FLOOR_M2_PER_VISIT = {
  residential: Infinity,
  commercial: 12,
  industrial: Infinity,
  public: 25,
} as const

/** Square metres of land a job, by land use: where the buildings are not mapped. Assumed. */
const LAND_M2_PER_JOB: Readonly<Record<string, number>> = {
  industrial: 250,
  commercial: 120,
  retail: 120,
  port: 500,
}

/** Jobs or visits that one node takes of one building or place; more are spread over the nodes around it, up to so many. Assumed. */
const MOST_AT_NODE = 150
const MAX_NODES = 16

/** Jobs among residents, all ages; assumed, near the employment ratio of both capitals. */
const JOBS_PER_RESIDENT = 0.45
/** Of all jobs, those spread as the residents are: corner shops, building sites, work at home. Assumed. */
const SPREAD_JOBS = 0.2
/** Of all visits, those to private homes. Assumed. */
const SPREAD_VISITS = 0.2

/** Jobs and daily visits of one point of interest, by tag, first match wins; assumed. */
const pointsOfInterest: readonly (readonly [
  key: string,
  values: readonly string[],
  jobs: number,
  visits: number,
])[] = [
  ['amenity', ['hospital'], 400, 600],
  ['amenity', ['university', 'college'], 150, 700],
  ['amenity', ['school', 'kindergarten'], 30, 200],
  ['amenity', ['clinic', 'doctors', 'dentist', 'veterinary'], 12, 60],
  ['amenity', ['townhall', 'courthouse', 'police', 'embassy', 'post_office', 'library'], 40, 80],
  ['amenity', ['bank', 'bureau_de_change', 'payment_centre'], 12, 80],
  ['amenity', ['marketplace', 'theatre', 'cinema', 'bus_station', 'ferry_terminal'], 30, 400],
  ['amenity', ['restaurant', 'cafe', 'bar', 'fast_food', 'pub', 'ice_cream'], 8, 60],
  ['amenity', ['pharmacy', 'fuel', 'car_wash'], 7, 80],
  ['amenity', ['place_of_worship', 'community_centre', 'social_facility'], 3, 30],
  ['shop', ['mall', 'department_store'], 300, 4000],
  ['shop', ['supermarket'], 25, 400],
  ['shop', ['*'], 4, 40],
  ['office', ['government', 'educational_institution'], 60, 60],
  ['office', ['*'], 15, 15],
  ['tourism', ['hotel', 'museum', 'attraction'], 20, 60],
  ['leisure', ['stadium', 'sports_centre', 'fitness_centre', 'park', 'beach_resort'], 5, 80],
]

/**
 * Residents by residential floor space, scaled to `population` where it is given; jobs and visits by floor space, land
 * use and points of interest, scaled to JOBS_PER_RESIDENT and to one visit a resident. Each lands on the nearest node, much of it on the nearest few.
 */
export function spreadActivity(
  extract: OsmExtract,
  network: RoadNetwork,
  buildings: FloorSpace,
  projection: Projection,
  population: number | undefined,
): Activity {
  const nodeCount = network.nodes.xM.length
  const residents = new Float64Array(nodeCount)
  const jobs = new Float64Array(nodeCount)
  const attraction = new Float64Array(nodeCount)
  const nodesAt = makeNodesFinder(network)
  const put = (xM: number, yM: number, people: number, jobsHere: number, visits: number) => {
    const most = Math.max(people, jobsHere, visits)
    const nodes = nodesAt(xM, yM, Math.min(1 + Math.floor(most / MOST_AT_NODE), MAX_NODES))
    for (const node of nodes) {
      residents[node] += people / nodes.length
      jobs[node] += jobsHere / nodes.length
      attraction[node] += visits / nodes.length
    }
  }

  for (let i = 0; i < buildings.xM.length; i++) {
    const kind = buildingClasses[buildings.buildingClass[i]]
    const floorM2 = buildings.floorAreaM2[i]
    const people = kind === 'residential' ? floorM2 / FLOOR_M2_PER_RESIDENT : 0
    put(
      buildings.xM[i],
      buildings.yM[i],
      people,
      floorM2 / FLOOR_M2_PER_JOB[kind],
      floorM2 / FLOOR_M2_PER_VISIT[kind],
    )
  }
  // A place without buildings still has streets to live on.
  if (total(residents) === 0) residents.fill(1)
  scaleTo(residents, population ?? total(residents))

  for (const { at, tags } of taggedPlaces(extract)) {
    const found = pointsOfInterest.find(
      ([key, values]) => tags[key] && (values[0] === '*' || values.includes(tags[key])),
    )
    if (found) put(...localFromLngLat(projection, at), 0, found[2], found[3])
  }
  for (const way of extract.ways) {
    const m2PerJob = LAND_M2_PER_JOB[way.tags.landuse ?? '']
    if (m2PerJob === undefined || way.course.length < 4) continue
    const ring = way.course.map((at) => localFromLngLat(projection, at))
    put(...localFromLngLat(projection, middleOf(way.course)), 0, areaM2(ring) / m2PerJob, 0)
  }
  const people = total(residents)
  scaleTo(jobs, people * JOBS_PER_RESIDENT * (1 - SPREAD_JOBS))
  scaleTo(attraction, people * (1 - SPREAD_VISITS))
  for (let node = 0; node < nodeCount; node++) {
    jobs[node] += residents[node] * JOBS_PER_RESIDENT * SPREAD_JOBS
    attraction[node] += residents[node] * SPREAD_VISITS
  }
  return { residents, jobs, attraction }
}

/** The row of the node nearest to a position. */
export function makeNodeFinder(network: RoadNetwork): (xM: number, yM: number) => number {
  const nodesAt = makeNodesFinder(network)
  return (xM, yM) => nodesAt(xM, yM, 1)[0]
}

function makeNodesFinder(network: RoadNetwork): (xM: number, yM: number, count: number) => number[] {
  const { xM, yM } = network.nodes
  const index = new Flatbush(xM.length)
  for (let node = 0; node < xM.length; node++) index.add(xM[node], yM[node])
  index.finish()
  return (x, y, count) => index.neighbors(x, y, count)
}

/** The middle of a course's vertices. */
export function middleOf(course: readonly LngLat[]): LngLat {
  let lng = 0
  let lat = 0
  for (const at of course) {
    lng += at[0] / course.length
    lat += at[1] / course.length
  }
  return [lng, lat]
}

/** Every tagged position: nodes, and the middle of each closed way. */
export function* taggedPlaces(extract: OsmExtract): Generator<{ at: LngLat; tags: Tags }> {
  yield* extract.nodes
  for (const { course, tags } of extract.ways) {
    const last = course[course.length - 1]
    if (course.length > 3 && course[0][0] === last[0] && course[0][1] === last[1])
      yield { at: middleOf(course), tags }
  }
  for (const { outer, tags } of extract.areas) if (outer.length > 0) yield { at: middleOf(outer[0]), tags }
}

/** Shoelace formula. */
function areaM2(ring: readonly (readonly [number, number])[]): number {
  let twice = 0
  for (let i = 0; i < ring.length; i++) {
    const next = ring[(i + 1) % ring.length]
    twice += ring[i][0] * next[1] - next[0] * ring[i][1]
  }
  return Math.abs(twice) / 2
}

function total(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

function scaleTo(values: Float64Array, due: number): void {
  const sum = total(values)
  if (sum > 0) for (let i = 0; i < values.length; i++) values[i] *= due / sum
}
