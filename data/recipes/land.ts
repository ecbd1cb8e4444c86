/** Land and water for the basemap: the ground, the sea, lakes and rivers, parks and what else the land is used for. */
import type { LngLat } from '../../twin/geo/projection.ts'
import { isClosed } from './joinPieces.ts'
import { zoomForArea, type MapFeature, type MapTags } from './mapFeature.ts'
import { nameTags } from './mapNames.ts'
import type { OsmExtract, Tags } from './osm.ts'
import { centroidOf, doubleArea, type Ring } from './polygons.ts'
import { padded, seaPolygons } from './shore.ts'

/** Kinds of landuse that are drawn, by key; the words are the tags' own, which the Protomaps schema keeps. */
const LANDUSE: Readonly<Record<string, readonly string[]>> = {
  leisure: ['park', 'garden', 'nature_reserve', 'golf_course', 'pitch', 'playground', 'stadium', 'recreation_ground', 'dog_park', 'sports_centre', 'track', 'common', 'marina'], // prettier-ignore
  landuse: ['forest', 'grass', 'meadow', 'cemetery', 'recreation_ground', 'village_green', 'allotments', 'orchard', 'vineyard', 'farmland', 'industrial', 'commercial', 'retail', 'residential', 'railway', 'military', 'quarry', 'landfill', 'construction', 'brownfield', 'greenfield', 'plant_nursery'], // prettier-ignore
  natural: ['wood', 'scrub', 'grassland', 'heath', 'beach', 'sand', 'wetland', 'bare_rock'],
  amenity: ['hospital', 'school', 'university', 'college', 'kindergarten', 'parking', 'grave_yard'],
  aeroway: ['aerodrome', 'apron', 'runway', 'helipad'],
  tourism: ['zoo', 'theme_park'],
  boundary: ['national_park', 'protected_area'],
  man_made: ['pier', 'breakwater', 'bridge'],
  highway: ['pedestrian'],
}
const SAME_KIND: Readonly<Record<string, string>> = {
  grave_yard: 'cemetery',
  common: 'park',
  breakwater: 'pier',
  protected_area: 'nature_reserve',
}
/** Small zooms show an area once it covers so many square pixels; named ones get a label later. */
const LEAST_PIXELS = 12
const LABEL_PIXELS = 1500

export function landFeatures(extract: OsmExtract, roads: readonly LngLat[]): MapFeature[] {
  const [west, south, east, north] = padded(extract.bounds)
  const ground: LngLat[] = [[west, south], [east, south], [east, north], [west, north], [west, south]] // prettier-ignore
  const features: MapFeature[] = [polygon('earth', [ground], { kind: 'earth' }, 0)]
  for (const rings of seaPolygons(extract, roads))
    features.push(polygon('water', rings, { kind: 'ocean' }, 0))
  for (const { tags, rings } of areasOf(extract)) {
    const areaDeg2 = Math.abs(doubleArea(rings[0])) / 2
    const water = waterKind(tags)
    const layer = water === undefined ? 'landuse' : 'water'
    const kind = water ?? landuseKind(tags)
    if (kind === undefined) continue
    features.push(
      polygon(
        layer,
        rings,
        { kind },
        Math.max(water === undefined ? 9 : 7, zoomForArea(areaDeg2, LEAST_PIXELS)),
      ),
    )
    if (isLabelled(tags)) {
      features.push(
        label(
          layer,
          rings[0],
          { kind, ...nameTags(tags) },
          Math.max(11, zoomForArea(areaDeg2, LABEL_PIXELS)),
        ),
      )
    }
  }
  for (const { tags, course } of extract.ways) {
    const kind = streamKind(tags)
    if (kind === undefined || isClosed(course)) continue
    const named: MapTags = { kind, ...nameTags(tags) }
    const minZoom = kind === 'river' ? 9 : kind === 'canal' ? 11 : 13
    features.push({ layer: 'water', type: 'LineString', parts: [course], tags: named, minZoom })
  }
  return features
}

function areasOf(extract: OsmExtract): { tags: Tags; rings: readonly (readonly LngLat[])[] }[] {
  const areas: { tags: Tags; rings: readonly (readonly LngLat[])[] }[] = []
  for (const { tags, course } of extract.ways) {
    if (isClosed(course) && tags.building === undefined) areas.push({ tags, rings: [course] })
  }
  for (const { tags, outer, inner } of extract.areas) {
    if (tags.building !== undefined) continue
    // Holes go with every part; a hole that lies in another part cuts nothing there.
    outer.forEach((ring, i) => areas.push({ tags: i === 0 ? tags : withoutName(tags), rings: outer.length === 1 ? [ring, ...inner] : [ring, ...inner.filter((hole) => boxHas(ring, hole))] })) // prettier-ignore
  }
  return areas
}

function withoutName(tags: Tags): Tags {
  const { name: _, ...rest } = tags
  return rest
}

function boxHas(ring: readonly LngLat[], hole: readonly LngLat[]): boolean {
  const [lng, lat] = hole[0]
  return ring.some((at) => at[0] >= lng) && ring.some((at) => at[0] <= lng) && ring.some((at) => at[1] >= lat) && ring.some((at) => at[1] <= lat) // prettier-ignore
}

/** Whether an area carries its name itself; hospitals, schools and the like carry it as points of interest. */
export function isLabelled(tags: Tags): boolean {
  if (
    tags.name === undefined ||
    tags.amenity !== undefined ||
    tags.shop !== undefined ||
    tags.tourism !== undefined
  )
    return false
  const kind = waterKind(tags) ?? landuseKind(tags)
  return kind !== undefined && kind !== 'residential' && kind !== 'swimming_pool'
}

export function waterKind(tags: Tags): string | undefined {
  if (tags.natural === 'water') return ['river', 'canal', 'lake', 'basin', 'reservoir'].includes(tags.water) ? tags.water : 'lake' // prettier-ignore
  if (tags.waterway === 'riverbank') return 'river'
  if (tags.waterway === 'dock') return 'dock'
  if (tags.landuse === 'reservoir' || tags.landuse === 'basin') return 'basin'
  return tags.leisure === 'swimming_pool' ? 'swimming_pool' : undefined
}

function streamKind(tags: Tags): string | undefined {
  const kind = tags.waterway ?? ''
  if (tags.tunnel !== undefined && tags.tunnel !== 'no') return undefined
  return ['river', 'stream', 'canal', 'ditch', 'drain'].includes(kind) ? kind : undefined
}

export function landuseKind(tags: Tags): string | undefined {
  for (const [key, kinds] of Object.entries(LANDUSE)) {
    const kind = tags[key]
    if (kind !== undefined && kinds.includes(kind)) return SAME_KIND[kind] ?? kind
  }
  return undefined
}

function polygon(
  layer: MapFeature['layer'],
  parts: readonly (readonly LngLat[])[],
  tags: MapTags,
  minZoom: number,
): MapFeature {
  return { layer, type: 'Polygon', parts, tags, minZoom }
}

function label(layer: MapFeature['layer'], ring: Ring, tags: MapTags, minZoom: number): MapFeature {
  return { layer, type: 'Point', parts: [[centroidOf(ring)]], tags, minZoom }
}
