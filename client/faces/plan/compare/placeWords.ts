/** Differences by place in words: names of streets and feeders, values with their units. */
import type { City } from '../../../../twin/city.ts'
import { feederTable } from '../../../../twin/power/tables.ts'
import { linkTable } from '../../../../twin/traffic/tables.ts'
import { lngLatFromLocal, type LngLat } from '../../../../twin/geo/projection.ts'
import { sayCompare } from '../../../language/compareWords.ts'
import { formatNumber, formatPercent, formatSigned, withSign } from '../../../language/format.ts'
import { coursesOf, lngLatCourse } from '../../../layers/difference/courses.ts'
import { measures, shareOf, type Field, type MeasureId } from '../../../layers/difference/field.ts'
import { middleOf } from '../../../layers/linkGeometry.ts'
import type { Selection } from '../../../layers/layer.ts'
import type { Pointed } from '../../../state/pointing.ts'

/** A value of a measure, in shown units. */
export function wordsOfValue(id: MeasureId, value: number): string {
  return sayCompare(`unit.${id}`, { n: formatNumber(value, measures[id].digits) })
}

/** Without its sign; of a share in points of a hundred. */
export function wordsOfSize(id: MeasureId, value: number): string {
  const n = formatNumber(Math.abs(value), measures[id].digits)
  return sayCompare(id === 'loading' ? 'unit.points' : `unit.${id}`, { n })
}

export function wordsOfDifference(id: MeasureId, value: number): string {
  const n = formatSigned(value, measures[id].digits)
  return sayCompare(id === 'loading' ? 'unit.points' : `unit.${id}`, { n })
}

export interface PlaceInWords {
  readonly name: string
  readonly fromTo: string
  readonly difference: string
  /** Empty where there is too little to take a share of. */
  readonly share: string
  /** Empty of a single pair. */
  readonly interval: string
}

export function placeInWords(field: Field, at: number, city: City): PlaceInWords {
  const { id, rows, base, difference, reach } = field
  const share = shareOf(field, at)
  const { digits } = measures[id]
  return {
    name: nameOfPlace(field, rows[at], city),
    fromTo: sayCompare('places.from', {
      base: formatNumber(base[at], digits),
      edited: wordsOfValue(id, base[at] + difference[at]),
    }),
    difference: wordsOfDifference(id, difference[at]),
    share: share === undefined ? '' : withSign(share, formatPercent),
    interval: Number.isNaN(reach[at])
      ? ''
      : sayCompare('places.interval', {
          low: formatSigned(difference[at] - reach[at], digits),
          high: wordsOfDifference(id, difference[at] + reach[at]),
        }),
  }
}

export function nameOfPlace({ id }: Pick<Field, 'id'>, row: number, city: City): string {
  if (measures[id].of === 'feeders') return city.grid?.feeders.name[row] ?? `${row}`
  const { links, names } = city.network
  return names.text[links.name[row]] || sayCompare('places.unnamed')
}

export function selectionOf({ id }: Pick<Field, 'id'>, row: number): Selection {
  return measures[id].of === 'links'
    ? { layer: 'traffic', table: linkTable.name, row }
    : { layer: 'power', table: feederTable.name, row }
}

/** Where the camera goes to see it. */
export function placeAt({ id }: Pick<Field, 'id'>, row: number, city: City): LngLat {
  if (measures[id].of === 'links') return lngLatFromLocal(city.projection, middleOf(city.network, row))
  const { buses, feeders } = city.grid!
  const bus = feeders.firstBus[row] + (feeders.busCount[row] >> 1)
  return lngLatFromLocal(city.projection, [buses.xM[bus], buses.yM[bus]])
}

export function pointedPlace({ id }: Pick<Field, 'id'>, row: number, city: City): Pointed {
  const { of } = measures[id]
  return {
    table: of === 'links' ? linkTable.name : feederTable.name,
    rows: [row],
    shape: () => ({
      points: [],
      paths: coursesOf(city, of, row).map((course) => lngLatCourse(city, course)),
    }),
  }
}
