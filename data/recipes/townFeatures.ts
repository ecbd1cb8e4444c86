/** Roads, rails, buildings, places, points of interest and house numbers for the basemap, in the words of the Protomaps schema. */
import type { LngLat, Projection } from '../../twin/geo/projection.ts'
import { readAddresses } from './addresses.ts'
import type { BuildingDrafts } from './buildings.ts'
import { isClosed, joinLines } from './joinPieces.ts'
import { isLabelled } from './land.ts'
import type { MapFeature, MapTags } from './mapFeature.ts'
import { nameTags } from './mapNames.ts'
import type { OsmExtract, Tags } from './osm.ts'
import { boxOf, doubleArea } from './polygons.ts'
import { poiKindOf } from './searchIndex.ts'

interface RoadKind {
  readonly kind: string
  readonly minZoom: number
}

/** What each highway is called in the schema, and the zoom it appears at. */
const ROADS: Readonly<Record<string, RoadKind>> = {
  motorway: { kind: 'highway', minZoom: 5 },
  trunk: { kind: 'major_road', minZoom: 6 },
  primary: { kind: 'major_road', minZoom: 7 },
  secondary: { kind: 'major_road', minZoom: 9 },
  tertiary: { kind: 'major_road', minZoom: 10 },
  residential: { kind: 'minor_road', minZoom: 12 },
  unclassified: { kind: 'minor_road', minZoom: 12 },
  road: { kind: 'minor_road', minZoom: 12 },
  living_street: { kind: 'minor_road', minZoom: 13 },
  service: { kind: 'minor_road', minZoom: 14 },
  track: { kind: 'path', minZoom: 14 },
  pedestrian: { kind: 'path', minZoom: 14 },
  footway: { kind: 'path', minZoom: 14 },
  cycleway: { kind: 'path', minZoom: 14 },
  path: { kind: 'path', minZoom: 14 },
  steps: { kind: 'path', minZoom: 15 },
}
/** Street names are lettered from this zoom; below it they only weigh. */
const NAMES_FROM_ZOOM = 12

const PLACES: Readonly<Record<string, RoadKind>> = {
  city: { kind: 'locality', minZoom: 3 },
  town: { kind: 'locality', minZoom: 8 },
  village: { kind: 'locality', minZoom: 10 },
  hamlet: { kind: 'locality', minZoom: 12 },
  suburb: { kind: 'neighbourhood', minZoom: 11 },
  quarter: { kind: 'neighbourhood', minZoom: 12 },
  neighbourhood: { kind: 'neighbourhood', minZoom: 12 },
}

/** Points of interest most people steer by come first; the rest with the streets. */
const EARLY_POIS = ['hospital', 'university', 'stadium', 'station', 'museum', 'aerodrome', 'bus_station', 'theatre', 'attraction', 'townhall', 'park', 'mall'] // prettier-ignore

export function townFeatures(
  extract: OsmExtract,
  buildings: BuildingDrafts,
  projection: Projection,
): MapFeature[] {
  return [
    ...roadFeatures(extract),
    ...buildingFeatures(buildings),
    ...extract.nodes.flatMap((node) => pointFeatures(node.tags, node.at)),
    ...extract.ways
      .filter(({ course }) => isClosed(course))
      .flatMap(({ tags, course }) => pointFeatures(tags, middleOf(course))),
    ...extract.areas
      .filter(({ outer }) => outer.length > 0)
      .flatMap(({ tags, outer }) => pointFeatures(tags, middleOf(outer[0]))),
    ...addressFeatures(extract, projection),
  ]
}

/** Ways that look alike are joined before they are cut, so that a street is one line and has one name. */
function roadFeatures(extract: OsmExtract): MapFeature[] {
  const alike = new Map<string, { kind: RoadKind; tags: MapTags; lines: (readonly LngLat[])[] }>()
  for (const { tags, course } of extract.ways) {
    const found = roadTagsOf(tags, course)
    if (found === undefined) continue
    const key = JSON.stringify([found.tags, found.kind.minZoom])
    const group = alike.get(key)
    if (group === undefined) alike.set(key, { ...found, lines: [course] })
    else group.lines.push(course)
  }
  return [...alike.values()].flatMap(({ kind, tags, lines }) => {
    const joined = joinLines(lines)
    const named = joined.map((line): MapFeature => road([line], tags, kind.minZoom))
    if (kind.minZoom >= NAMES_FROM_ZOOM || tags.name === undefined) return named
    const { name: _, name_latin: __, ...nameless } = tags
    // Two versions: one without a name for the small zooms, where it would only keep like streets apart.
    return [
      ...joined.map((line): MapFeature =>
        road([line], { ...nameless, max_zoom: NAMES_FROM_ZOOM - 1 }, kind.minZoom),
      ),
      ...joined.map((line): MapFeature => road([line], tags, NAMES_FROM_ZOOM)),
    ]
  })
}

function road(parts: MapFeature['parts'], tags: MapTags, minZoom: number): MapFeature {
  return { layer: 'roads', type: 'LineString', parts, tags, minZoom }
}

function roadTagsOf(tags: Tags, course: readonly LngLat[]): { kind: RoadKind; tags: MapTags } | undefined {
  const highway = tags.highway ?? ''
  const isLink = highway.endsWith('_link')
  const detail = isLink ? highway.slice(0, -5) : highway
  const kind = ROADS[detail] ?? railKind(tags)
  if (kind === undefined || (tags.area === 'yes' && isClosed(course))) return undefined
  const told: Record<string, string | number | boolean> = { kind: kind.kind }
  if (ROADS[detail] !== undefined) told.kind_detail = detail
  Object.assign(told, nameTags(tags))
  if (isLink) told.is_link = true
  if (tags.bridge !== undefined && tags.bridge !== 'no') told.is_bridge = true
  if (tags.tunnel !== undefined && tags.tunnel !== 'no') told.is_tunnel = true
  return { kind, tags: told }
}

function railKind(tags: Tags): RoadKind | undefined {
  if (['rail', 'light_rail', 'tram', 'subway', 'narrow_gauge'].includes(tags.railway ?? '')) {
    return { kind: 'rail', minZoom: tags.service === undefined ? 10 : 14 }
  }
  if (tags.man_made === 'pier') return { kind: 'pier', minZoom: 13 }
  if (tags.aeroway === 'runway' || tags.aeroway === 'taxiway') return { kind: 'aeroway', minZoom: 10 }
  return tags.route === 'ferry' ? { kind: 'ferry', minZoom: 11 } : undefined
}

/** Big ones from zoom 13, all from zoom 14; at 15 with what they need to stand up. */
function buildingFeatures(buildings: BuildingDrafts): MapFeature[] {
  return buildings.footprints.map((parts, i): MapFeature => {
    const areaM2 = (Math.abs(doubleArea(parts[0])) / 2) * M2_PER_DEG2
    const height = Math.round(buildings.heightM[i])
    const tags: MapTags = { kind: 'building', height, is_real: buildings.isReal[i] === 1 }
    return {
      layer: 'buildings',
      type: 'Polygon',
      parts,
      tags,
      minZoom: areaM2 > BIG_M2 ? 13 : areaM2 > MIDDLE_M2 ? 14 : 15,
    }
  })
}
/** Near enough for sorting by size: a square degree at 45°. */
const M2_PER_DEG2 = 111_195 * 78_600
const BIG_M2 = 600
const MIDDLE_M2 = 60

function pointFeatures(tags: Tags, at: LngLat): MapFeature[] {
  if (tags.name === undefined) return []
  const names = nameTags(tags)
  const place = PLACES[tags.place ?? '']
  if (place !== undefined) {
    const population = Number.parseInt(tags.population ?? '', 10)
    const told = { kind: place.kind, kind_detail: tags.place, ...names, min_zoom: place.minZoom }
    return [point('places', at, population > 0 ? { ...told, population } : told, place.minZoom)]
  }
  const kind = poiKindOf(tags)
  if (kind === undefined || isLabelled(tags)) return []
  const minZoom = EARLY_POIS.includes(kind) ? 14 : 15
  return [point('pois', at, { kind, ...names, min_zoom: minZoom + 1 }, minZoom)]
}

function addressFeatures(extract: OsmExtract, projection: Projection): MapFeature[] {
  const seen = new Set<string>()
  const features: MapFeature[] = []
  for (const { street, number, lngLat } of readAddresses(extract, projection)) {
    const key = `${street}|${number}`
    if (seen.has(key)) continue
    seen.add(key)
    features.push(point('addresses', lngLat, { number: shortened(number) }, 15))
  }
  return features
}

/** «1516,1518,1520» is lettered «1516–1520». */
function shortened(number: string): string {
  const all = number.split(/[,;]/)
  return all.length > 1 ? `${all[0].trim()}–${all[all.length - 1].trim()}` : number
}

function point(layer: MapFeature['layer'], at: LngLat, tags: MapTags, minZoom: number): MapFeature {
  return { layer, type: 'Point', parts: [[at]], tags, minZoom }
}

function middleOf(ring: readonly LngLat[]): LngLat {
  const [west, south, east, north] = boxOf(ring)
  return [(west + east) / 2, (south + north) / 2]
}
