/** Edits of streets: who may drive there, on how many lanes, and how fast. */
import * as v from 'valibot'
import type { City } from '../../city.ts'
import { ringFromLngLats, rowsInRing } from '../../geo/polygon.ts'
import { roadClasses } from '../../traffic/network.ts'
import { areaSchema, editKind, rowsSchema, type EditSetting } from '../editKind.ts'
import { refused, type RefusalOf } from '../refusals.ts'
import type { Target } from '../setting.ts'

const KMH = 1 / 3.6
const lanesSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7))
const speedSchema = v.pipe(v.number(), v.minValue(10), v.maxValue(130))

/** No vehicle enters; those on it drive out, and all others find another way. */
export const closeStreet = editKind('closeStreet', { links: rowsSchema }, ({ links }) => ({
  settings: onAll(links, 'linkClosed', 1),
}))

/** Narrows streets by so many lanes, from the kerb. */
export const closeLanes = editKind(
  'closeLanes',
  { links: rowsSchema, lanes: lanesSchema },
  ({ links, lanes }, city) =>
    faultOfLanes(city, links, lanes) ?? { settings: onAll(links, 'lanesShut', lanes) },
)

export const speedLimit = editKind(
  'speedLimit',
  { links: rowsSchema, speedKmh: speedSchema },
  ({ links, speedKmh }) => ({ settings: onAll(links, 'speedLimitMps', speedKmh * KMH) }),
)

/** Saturation flow beside works over that without, and what each shut lane adds: HCM, 6th edition, chapter 31 (SHRP 2 L08, appendix J). */
const WORKS_FACTOR = 0.858
const WORKS_PER_LANE = 0.0402

/** Lanes shut, if any, a lower limit, and drivers who pass more slowly beside those who work. */
export const roadWorks = editKind(
  'roadWorks',
  {
    links: rowsSchema,
    lanes: v.optional(lanesSchema),
    speedKmh: v.optional(speedSchema),
  },
  ({ links, lanes = 0, speedKmh }, city) =>
    faultOfLanes(city, links, lanes) ?? {
      settings: [
        ...onAll(links, 'capacityFactor', WORKS_FACTOR / (1 + WORKS_PER_LANE * lanes)),
        ...(lanes > 0 ? onAll(links, 'lanesShut', lanes) : []),
        ...(speedKmh !== undefined ? onAll(links, 'speedLimitMps', speedKmh * KMH) : []),
      ],
    },
)

/** A modal filter: buses pass, cars and trucks do not. */
export const closeToCars = editKind('closeToCars', { links: rowsSchema }, ({ links }) => ({
  settings: onAll(links, 'closedToCars', 1),
}))

/** What a minute inside counts for who could drive round; assumed. At this no way through is shorter than the longest round it. */
const THROUGH_FACTOR = 10
/** Streets of this class and narrower are kept free of through traffic; wider ones that cross the area go on carrying it. */
const WIDEST_FILTERED = roadClasses.indexOf('tertiary')

/** Through traffic keeps out of the side streets of an area; whoever lives or works there gets in and out. */
export const lowTrafficArea = editKind('lowTrafficArea', { area: areaSchema }, ({ area }, city) => {
  const { nodes, links } = city.network
  const inside = new Set(rowsInRing(ringFromLngLats(city.projection, area), nodes.xM, nodes.yM))
  const rows = Array.from(links.roadClass, (_, link) => link).filter(
    (link) =>
      links.roadClass[link] >= WIDEST_FILTERED &&
      inside.has(links.fromNode[link]) &&
      inside.has(links.toNode[link]),
  )
  if (rows.length === 0) return refused('noStreetInside')
  return { settings: onAll(rows, 'perceivedTimeFactor', THROUGH_FACTOR) }
})

function onAll(rows: readonly number[], target: Target, value: number): EditSetting[] {
  return rows.map((row) => ({ target, row, value }))
}

/** Why so many lanes cannot be taken from all of these links. A row that the city has not is said of later. */
function faultOfLanes(
  { network }: City,
  links: readonly number[],
  lanes: number,
): { readonly refused: RefusalOf } | undefined {
  const narrow = links.find((link) => network.links.lanes[link] <= lanes)
  if (narrow === undefined || lanes === 0) return undefined
  return refused('noLaneLeft', { link: narrow, lanes: Math.max(1, network.links.lanes[narrow]) })
}
