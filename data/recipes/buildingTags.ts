/** What a building is for and how high it stands, from its tags and from what is around it. Defaults are assumed. */
import { buildingClasses } from '../../twin/power/grid.ts'
import type { Tags } from './osm.ts'

export type BuildingClass = (typeof buildingClasses)[number]

/** One storey with its floor, metres. Assumed. */
export const STOREY_M = 3.1

/** Storeys where neither height nor levels are tagged, by class. Assumed. */
export const defaultLevels: Readonly<Record<BuildingClass, number>> = {
  residential: 2,
  commercial: 2,
  industrial: 2,
  public: 2,
}

const HOMES = ['apartments', 'house', 'residential', 'detached', 'terrace', 'semidetached_house', 'dormitory', 'bungalow', 'garage', 'garages', 'shed', 'hut', 'cabin', 'farm'] // prettier-ignore
const BUSINESS = ['commercial', 'office', 'retail', 'supermarket', 'hotel', 'shop', 'kiosk', 'bank', 'restaurant'] // prettier-ignore
const INDUSTRY = ['industrial', 'warehouse', 'factory', 'manufacture', 'hangar', 'storage_tank', 'tank', 'farm_auxiliary', 'barn', 'greenhouse', 'depot', 'silo', 'works'] // prettier-ignore
const PUBLIC = ['school', 'hospital', 'university', 'college', 'kindergarten', 'public', 'church', 'chapel', 'cathedral', 'mosque', 'synagogue', 'temple', 'civic', 'government', 'parliament', 'train_station', 'transportation', 'stadium', 'sports_hall', 'fire_station', 'museum', 'library', 'theatre'] // prettier-ignore

const PUBLIC_AMENITIES = ['school', 'hospital', 'university', 'college', 'kindergarten', 'townhall', 'police', 'fire_station', 'courthouse', 'library', 'place_of_worship', 'community_centre', 'social_facility', 'theatre', 'prison', 'embassy', 'arts_centre', 'clinic', 'bus_station', 'post_office', 'childcare'] // prettier-ignore
const BUSINESS_AMENITIES = ['restaurant', 'cafe', 'bar', 'pub', 'fast_food', 'bank', 'pharmacy', 'fuel', 'cinema', 'nightclub', 'marketplace', 'veterinary', 'dentist', 'doctors', 'car_rental', 'car_wash', 'events_venue', 'bureau_de_change', 'payment_centre', 'ice_cream', 'studio', 'fitness_centre'] // prettier-ignore

/** No one lives or works in these; they are no load and no shape in the skyline. */
const NO_BUILDING = ['no', 'roof', 'bridge', 'ruins', 'construction', 'proposed', 'demolished', 'abbandonned']

export function isBuilding(tags: Tags): boolean {
  return tags.building !== undefined && !NO_BUILDING.includes(tags.building)
}

/** The class its own tags give; undefined for a plain `building=yes`. */
export function classFromTags(tags: Tags): BuildingClass | undefined {
  const kind = tags.building ?? ''
  if (HOMES.includes(kind)) return 'residential'
  if (BUSINESS.includes(kind)) return 'commercial'
  if (INDUSTRY.includes(kind)) return 'industrial'
  if (PUBLIC.includes(kind)) return 'public'
  return classFromUse(tags)
}

/** The class that a shop, an office or an amenity makes of the place where it is. */
export function classFromUse(tags: Tags): BuildingClass | undefined {
  const amenity = tags.amenity ?? ''
  if (PUBLIC_AMENITIES.includes(amenity) || tags.office === 'government' || tags.tourism === 'museum')
    return 'public'
  if (tags.shop !== undefined || tags.office !== undefined || BUSINESS_AMENITIES.includes(amenity))
    return 'commercial'
  if (tags.tourism === 'hotel' || tags.tourism === 'hostel') return 'commercial'
  if (tags.man_made === 'works' || tags.craft !== undefined || tags.industrial !== undefined)
    return 'industrial'
  return undefined
}

/** The class that a landuse area gives to plain buildings in it. */
export function classFromLanduse(tags: Tags): BuildingClass | undefined {
  const landuse = tags.landuse ?? ''
  if (landuse === 'industrial' || landuse === 'port' || landuse === 'railway' || landuse === 'quarry')
    return 'industrial'
  if (landuse === 'commercial' || landuse === 'retail') return 'commercial'
  if (landuse === 'military' || landuse === 'education' || landuse === 'religious') return 'public'
  if (PUBLIC_AMENITIES.includes(tags.amenity ?? '')) return 'public'
  return undefined
}

/** Storeys as tagged, 1 … 120; undefined when they are not. */
export function levelsFromTags(tags: Tags): number | undefined {
  const levels = Number.parseFloat(tags['building:levels'] ?? '')
  return levels >= 0.5 && levels <= 120 ? Math.max(1, Math.round(levels)) : undefined
}

/** Metres as tagged («12», «12.5 m», «40 ft»), 1 … 600; undefined when it is not. */
export function heightMFromTags(tags: Tags): number | undefined {
  const found = /^\s*(\d+(?:[.,]\d+)?)\s*(m|ft|')?/.exec(tags.height ?? tags['building:height'] ?? '')
  if (found === null) return undefined
  const feet = found[2] === 'ft' || found[2] === "'"
  const heightM = Number(found[1].replace(',', '.')) * (feet ? 0.3048 : 1)
  return heightM >= 1 && heightM <= 600 ? heightM : undefined
}
