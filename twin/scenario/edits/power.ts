/** Edits of the power grid: what is out, and what is added to it. */
import * as v from 'valibot'
import type { City } from '../../city.ts'
import { buildingClasses } from '../../power/grid.ts'
import type { LngLat } from '../../geo/projection.ts'
import { placeSchema, transformerAt, transformersIn } from '../area.ts'
import { metresBetween } from '../../power/ties.ts'
import { areaSchema, editKind, rowSchema, rowsSchema, type Resolved } from '../editKind.ts'
import { refused, type RefusalOf } from '../refusals.ts'

/** Farther than this from a transformer nothing is connected, metres: low voltage reaches some hundred, a new cable some more. */
const FARTHEST_M = 1000
/** Of the energy that buildings go without, what they draw afterwards unless the edit says. Assumed. */
const REBOUND_SHARE = 0.5

/** All that hangs below the breaker loses its supply. */
export const openBreaker = editKind('openBreaker', { breaker: rowSchema }, ({ breaker }) => ({
  settings: [{ target: 'breakerOpen', row: breaker, value: 1 }],
}))

/** All its feeders lose their supply. */
export const takeSubstationOut = editKind('substationOut', { substation: rowSchema }, ({ substation }) => ({
  settings: [{ target: 'substationOut', row: substation, value: 1 }],
}))

/** The breaker at the feeder's head opens: the whole feeder is dark. */
export const takeFeederOut = editKind('feederOut', { feeder: rowSchema }, ({ feeder }, { grid }) => {
  if (grid === undefined) return refused('noGrid')
  const { firstBus } = grid.feeders
  if (feeder >= firstBus.length)
    return refused('noSuchRow', { what: 'feeder', row: feeder, rows: firstBus.length })
  const breaker = grid.breakers.bus.indexOf(firstBus[feeder])
  if (breaker < 0) return refused('noHeadBreaker', { feeder: grid.feeders.name[feeder] })
  return { settings: [{ target: 'breakerOpen', row: breaker, value: 1 }] }
})

/**
 * The end of a feeder is tied to the nearest bus of another feeder (or of the one named), which takes over what is dark there; what
 * has voltage is left alone, so that no loop forms. The grid has no ties of its own: the cable is made for the edit.
 */
export const closeTie = editKind(
  'closeTie',
  { feeder: rowSchema, to: v.optional(rowSchema) },
  ({ feeder, to }, { grid }) => {
    if (grid === undefined) return refused('noGrid')
    const { feeders, buses } = grid
    const strange = [feeder, to].find((row) => row !== undefined && row >= feeders.firstBus.length)
    if (strange !== undefined)
      return refused('noSuchRow', { what: 'feeder', row: strange, rows: feeders.firstBus.length })
    const isParent = new Set(buses.parentBus)
    let best = { end: -1, other: -1, distanceM: Infinity }
    for (let end = 0; end < buses.feeder.length; end++) {
      if (buses.feeder[end] !== feeder || isParent.has(end)) continue
      for (let other = 0; other < buses.feeder.length; other++) {
        const of = buses.feeder[other]
        const isAsked = to === undefined ? of !== feeder : of === to && of !== feeder
        if (!isAsked || feeders.nominalV[of] !== feeders.nominalV[feeder]) continue
        const distanceM = metresBetween(grid, end, other)
        if (distanceM < best.distanceM) best = { end, other, distanceM }
      }
    }
    if (best.end < 0) return refused('noFeederToTie', { feeder: feeders.name[feeder] })
    if (best.distanceM > FARTHEST_M)
      return refused('farAway', { what: 'feeder', distanceM: Math.round(best.distanceM), mostM: FARTHEST_M })
    return { settings: [{ target: 'tieTo', row: best.end, value: best.other + 1 }] }
  },
)

/** Cells on the roofs of an area or of some transformers, shared out by the transformers' ratings. */
export const addRooftopPv = editKind(
  'rooftopPv',
  {
    addedW: v.pipe(v.number(), v.minValue(1), v.maxValue(10e9)),
    area: v.optional(areaSchema),
    transformers: v.optional(rowsSchema),
  },
  ({ addedW, area, transformers }, city) => {
    const rows = transformersOf(city, area, transformers)
    if ('refused' in rows) return rows
    const { ratedVa } = city.grid!.transformers
    const wholeVa = rows.reduce((sum, row) => sum + ratedVa[row], 0)
    return {
      settings: rows.map((row) => ({ target: 'pvAddedW', row, value: (addedW * ratedVa[row]) / wholeVa })),
    }
  },
)

/** At the transformer nearest to a place; it shaves that transformer's peak. */
export const addBattery = editKind(
  'battery',
  {
    at: placeSchema,
    energyWh: v.pipe(v.number(), v.minValue(1000), v.maxValue(200e6)),
    powerW: v.pipe(v.number(), v.minValue(1000), v.maxValue(50e6)),
    /** Of the transformer's rating, above which it gives. */
    aboveShare: v.optional(v.pipe(v.number(), v.minValue(0.05), v.maxValue(1.5))),
    ownTransformer: v.optional(v.literal(true)),
  },
  ({ at, energyWh, powerW, aboveShare, ownTransformer }, city) => {
    const place = connect(city, at, powerW, ownTransformer)
    if ('refused' in place) return place
    const { row } = place
    const settings = [
      ...place.settings,
      { target: 'batteryWh', row, value: energyWh },
      { target: 'batteryW', row, value: powerW },
    ] as const
    if (aboveShare === undefined) return { settings }
    return { settings: [...settings, { target: 'batteryAboveShare', row, value: aboveShare }] }
  },
)

const shedKnobs = ['homesShedShare', 'shopsShedShare', 'industryShedShare', 'publicShedShare'] as const

/** Buildings of some classes in an area do without a share of their load, and draw a part of it afterwards. */
export const respondWithDemand = editKind(
  'demandResponse',
  {
    share: v.pipe(v.number(), v.minValue(0.01), v.maxValue(1)),
    area: v.optional(areaSchema),
    /** All of them when left out. */
    classes: v.optional(v.pipe(v.array(v.picklist(buildingClasses)), v.minLength(1), v.maxLength(4))),
    reboundShare: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1.5))),
  },
  ({ share, area, classes = buildingClasses, reboundShare = REBOUND_SHARE }, city) => {
    const rows = transformersOf(city, area)
    if ('refused' in rows) return rows
    const targets = buildingClasses.flatMap((each, at) => (classes.includes(each) ? [shedKnobs[at]] : []))
    return {
      settings: rows.flatMap((row) => [
        { target: 'reboundShare', row, value: reboundShare } as const,
        ...targets.map((target) => ({ target, row, value: share })),
      ]),
    }
  },
)

/** Those of an area and those named; all when neither is said. */
export function transformersOf(
  city: City,
  area: readonly LngLat[] | undefined,
  named?: readonly number[],
): number[] | { refused: RefusalOf } {
  if (city.grid === undefined) return refused('noGrid')
  const count = city.grid.transformers.bus.length
  if (area === undefined && named === undefined) return Array.from({ length: count }, (_, row) => row)
  const strange = named?.find((row) => row >= count)
  if (strange !== undefined) return refused('noSuchRow', { what: 'transformer', row: strange, rows: count })
  const inArea = area === undefined ? [] : transformersIn(city, area)
  if (inArea.length === 0 && named === undefined) return refused('nothingThere', { what: 'transformer' })
  return [...new Set([...inArea, ...(named ?? [])])]
}

/** Where something of so many watts is connected; refused where the transformer cannot carry it alone, unless it brings its own. */
export function connect(
  city: City,
  at: LngLat,
  powerW: number,
  ownTransformer: true | undefined,
):
  | { readonly row: number; readonly settings: Extract<Resolved, { settings: unknown }>['settings'] }
  | { readonly refused: RefusalOf } {
  const place = transformerAt(city, at)
  if (place === undefined) return refused('noGrid')
  const { row, distanceM } = place
  if (distanceM > FARTHEST_M)
    return refused('farAway', { what: 'transformer', distanceM: Math.round(distanceM), mostM: FARTHEST_M })
  if (ownTransformer) return { row, settings: [{ target: 'ratingAddedVa', row, value: powerW }] }
  const ratedVa = city.grid!.transformers.ratedVa[row]
  if (powerW > ratedVa)
    return refused('beyondTransformer', {
      kw: Math.round(powerW / 1000),
      transformer: row,
      kva: Math.round(ratedVa / 1000),
    })
  return { row, settings: [] }
}
