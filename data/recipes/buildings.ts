/** The buildings of a city: real footprints where the map has them, houses laid along block fronts where it has only addresses. */
import { lngLatFromLocal, localFromLngLat, type LngLat, type Projection } from '../../twin/geo/projection.ts'
import { buildingClasses, type Buildings } from '../../twin/power/grid.ts'
import { randomUnit } from '../../twin/kernel/random.ts'
import type { RoadNetwork } from '../../twin/traffic/network.ts'
import { readAddresses } from './addresses.ts'
import { layFronts } from './blockFronts.ts'
import {
  classFromLanduse,
  classFromTags,
  classFromUse,
  defaultLevels,
  heightMFromTags,
  isBuilding,
  levelsFromTags,
  STOREY_M,
  type BuildingClass,
} from './buildingTags.ts'
import { boxAround, CellGrid } from './cellGrid.ts'
import { isClosed } from './joinPieces.ts'
import { mortonCode } from './morton.ts'
import type { OsmExtract, Tags } from './osm.ts'
import { boxOf, centroidOf, doubleArea, isInside, type Position, type Ring } from './polygons.ts'

/** Smaller footprints are slips or kiosks, m². Assumed. */
const LEAST_AREA_M2 = 8
/** A house laid from an address is as high as a tagged building within this reach, for this share of them; else low. Assumed. */
const LEVELS_REACH_M = 250
const LEVELS_SHARE = 0.3
/** Of the other laid houses, the share with one storey; the rest have two. Assumed. */
const ONE_STOREY_SHARE = 0.6
/** A shop or school tagged on a point belongs to the laid house whose middle is within this reach. Assumed. */
const USE_REACH_M = 18
/** A shop in a higher building does not make it a business. Assumed. */
const MOST_LEVELS_OF_A_SHOP = 2

/** Rows of `buildingsSchema`, still without their transformer, and the footprints for the map: outer ring first, then holes. */
export interface BuildingDrafts extends Omit<Buildings['buildings'], 'transformer'> {
  readonly footprints: readonly (readonly (readonly LngLat[])[])[]
}

interface Draft {
  rings: Ring[]
  lngLats: readonly (readonly LngLat[])[] | undefined
  at: Position
  buildingClass: BuildingClass | undefined
  levels: number
  isLevelTagged: boolean
  heightM: number
  isReal: boolean
}

export function makeBuildings(
  extract: OsmExtract,
  network: RoadNetwork,
  projection: Projection,
  seed: number,
): BuildingDrafts {
  const real = realBuildings(extract, projection)
  const footprints = new CellGrid(60)
  real.forEach((draft, i) => footprints.add(i, boxOf(draft.rings[0])))
  const homeless = readAddresses(extract, projection).filter(
    ({ at, isPoint }) =>
      isPoint && !footprints.near(boxAround(at[0], at[1], 0.1)).some((i) => isInside(at, real[i].rings)),
  )
  const fronts = layFronts(
    homeless,
    network,
    real.map((draft) => draft.rings[0]),
    seed,
  )
  const laid = fronts.map(({ ring }): Draft => {
    const at = centroidOf(ring)
    return {
      rings: [ring],
      lngLats: undefined,
      at,
      buildingClass: undefined,
      levels: 1,
      isLevelTagged: false,
      heightM: 0,
      isReal: false,
    }
  })
  setLaidLevels(laid, real, seed)
  const all = [...real, ...laid]
  setClasses(all, extract, projection)
  return columnsOf(all, projection)
}

function realBuildings(extract: OsmExtract, projection: Projection): Draft[] {
  const drafts: Draft[] = []
  const add = (tags: Tags, lngLats: readonly (readonly LngLat[])[]) => {
    const rings = lngLats.map((ring) => ring.map((at) => localFromLngLat(projection, at)))
    if (Math.abs(doubleArea(rings[0])) / 2 < LEAST_AREA_M2) return
    const buildingClass = classFromTags(tags)
    const taggedM = heightMFromTags(tags)
    const tagged =
      levelsFromTags(tags) ??
      (taggedM === undefined ? undefined : Math.max(1, Math.round(taggedM / STOREY_M)))
    const levels = tagged ?? defaultLevels[buildingClass ?? 'residential']
    drafts.push({
      rings,
      lngLats,
      at: centroidOf(rings[0]),
      buildingClass,
      levels,
      isLevelTagged: tagged !== undefined,
      heightM: taggedM ?? levels * STOREY_M,
      isReal: true,
    })
  }
  for (const { tags, course } of extract.ways) if (isBuilding(tags) && isClosed(course)) add(tags, [course])
  for (const { tags, outer, inner } of extract.areas) {
    if (!isBuilding(tags)) continue
    for (const ring of outer) add(tags, [ring, ...inner.filter((hole) => isInside(hole[0], [ring]))])
  }
  return drafts
}

/** Laid houses take their storeys from tagged buildings near by, now and then; most are low, as most of a city is. */
function setLaidLevels(laid: readonly Draft[], real: readonly Draft[], seed: number): void {
  const tagged = real.filter((draft) => draft.isLevelTagged)
  const grid = new CellGrid(LEVELS_REACH_M)
  tagged.forEach((draft, i) => grid.add(i, boxAround(draft.at[0], draft.at[1], 0)))
  laid.forEach((draft, i) => {
    const near = grid.near(boxAround(draft.at[0], draft.at[1], LEVELS_REACH_M))
    const isLikeNeighbour = near.length > 0 && randomUnit(seed, i, 1) < LEVELS_SHARE
    draft.levels = isLikeNeighbour
      ? tagged[near[Math.floor(randomUnit(seed, i, 2) * near.length)]].levels
      : randomUnit(seed, i, 3) < ONE_STOREY_SHARE
        ? 1
        : 2
    draft.heightM = draft.levels * STOREY_M
  })
}

/** Plain buildings get their class from what is in them, then from the land they stand on; the rest are homes. */
function setClasses(drafts: readonly Draft[], extract: OsmExtract, projection: Projection): void {
  const grid = new CellGrid(60)
  drafts.forEach((draft, i) => grid.add(i, boxOf(draft.rings[0])))
  for (const node of extract.nodes) {
    const use = classFromUse(node.tags)
    if (use === undefined) continue
    const at = localFromLngLat(projection, node.at)
    const near = grid.near(boxAround(at[0], at[1], USE_REACH_M))
    const row = near.find((i) => isInside(at, drafts[i].rings)) ?? nearestLaid(near, at)
    if (row === undefined) continue
    const draft = drafts[row]
    if (draft.buildingClass !== undefined) continue
    if (use === 'public' || draft.levels <= MOST_LEVELS_OF_A_SHOP) draft.buildingClass = use
  }
  for (const { tags, rings } of landAreas(extract, projection)) {
    const buildingClass = classFromLanduse(tags)
    if (buildingClass === undefined) continue
    for (const i of grid.near(boxOf(rings[0]))) {
      if (drafts[i].buildingClass === undefined && isInside(drafts[i].at, rings))
        drafts[i].buildingClass = buildingClass
    }
  }

  function nearestLaid(near: readonly number[], at: Position): number | undefined {
    let best: number | undefined
    let bestM2 = USE_REACH_M ** 2
    for (const i of near) {
      const m2 = (drafts[i].at[0] - at[0]) ** 2 + (drafts[i].at[1] - at[1]) ** 2
      if (drafts[i].isReal || m2 > bestM2) continue
      best = i
      bestM2 = m2
    }
    return best
  }
}

function landAreas(extract: OsmExtract, projection: Projection): { tags: Tags; rings: Ring[] }[] {
  const local = (ring: readonly LngLat[]) => ring.map((at) => localFromLngLat(projection, at))
  return [
    ...extract.ways
      .filter(({ course }) => isClosed(course))
      .map(({ tags, course }) => ({ tags, course: [course] })),
    ...extract.areas.map(({ tags, outer, inner }) => ({ tags, course: [...outer, ...inner] })),
  ]
    .filter(
      ({ tags, course }) =>
        tags.building === undefined && course.length > 0 && classFromLanduse(tags) !== undefined,
    )
    .map(({ tags, course }) => ({ tags, rings: course.map(local) }))
}

function columnsOf(drafts: Draft[], projection: Projection): BuildingDrafts {
  const sorted = drafts
    .map((draft, order) => ({ draft, order, code: mortonCode(draft.at) }))
    .sort((a, b) => a.code - b.code || a.order - b.order)
    .map(({ draft }) => draft)
  const areaM2 = (draft: Draft) => Math.abs(doubleArea(draft.rings[0])) / 2
  return {
    xM: Float32Array.from(sorted, (draft) => draft.at[0]),
    yM: Float32Array.from(sorted, (draft) => draft.at[1]),
    buildingClass: Uint8Array.from(sorted, (draft) =>
      buildingClasses.indexOf(draft.buildingClass ?? 'residential'),
    ),
    floorAreaM2: Float32Array.from(sorted, (draft) => Math.round(areaM2(draft) * draft.levels)),
    heightM: Float32Array.from(sorted, (draft) => draft.heightM),
    isReal: Uint8Array.from(sorted, (draft) => (draft.isReal ? 1 : 0)),
    footprints: sorted.map(
      (draft) =>
        draft.lngLats ?? draft.rings.map((ring) => ring.map((at) => lngLatFromLocal(projection, at))),
    ),
  }
}
