/** Edits of electric cars and of where they charge. */
import * as v from 'valibot'
import { ASSUMED_EV_SHARE } from '../../power/charging.ts'
import { powerKnobs } from '../../power/knobs.ts'
import { placeSchema, zonesIn } from '../area.ts'
import { areaSchema, editKind, rowsSchema } from '../editKind.ts'
import { refused } from '../refusals.ts'
import { connect } from './power.ts'

/** Of the cars that end a trip in some zones, so many are electric; their chargers grow with them, unless they stay as they are. */
export const setEvShare = editKind(
  'evShare',
  {
    share: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
    /** Zones named, and those whose middle lies in the area; all when neither is said. */
    zones: v.optional(rowsSchema),
    area: v.optional(areaSchema),
    chargersStay: v.optional(v.literal(true)),
  },
  ({ share, zones, area, chargersStay }, city) => {
    if (city.grid === undefined) return refused('noGrid')
    const count = city.zones.zones.xM.length
    const inArea = area === undefined ? [] : zonesIn(city, area)
    if (area !== undefined && inArea.length === 0 && zones === undefined)
      return refused('nothingThere', { what: 'zone' })
    const isAll = zones === undefined && area === undefined
    const rows = isAll
      ? Array.from({ length: count }, (_, zone) => zone)
      : [...new Set([...inArea, ...(zones ?? [])])]
    const shares = rows.map((row) => ({ target: 'evShare', row, value: share }) as const)
    if (chargersStay) return { settings: shares }
    const today = city.info.parameters['evShare'] ?? ASSUMED_EV_SHARE
    const factor = Math.min(powerKnobs.chargersFactor.most, share / today)
    const isMeant = new Set(rows)
    const chargers = [...city.grid.transformers.zone].flatMap((zone, row) =>
      isMeant.has(zone) ? [{ target: 'chargersFactor', row, value: factor } as const] : [],
    )
    return { settings: [...shares, ...chargers] }
  },
)

/** A hub at the transformer nearest to a place; a share of the electric cars that end a trip in its zone charges there. */
export const addFastChargers = editKind(
  'fastChargers',
  {
    at: placeSchema,
    powerW: v.pipe(v.number(), v.minValue(50_000), v.maxValue(20e6)),
    ownTransformer: v.optional(v.literal(true)),
  },
  ({ at, powerW, ownTransformer }, city) => {
    const place = connect(city, at, powerW, ownTransformer)
    if ('refused' in place) return place
    const { row } = place
    return { settings: [...place.settings, { target: 'fastChargerW', row, value: powerW }] }
  },
)
