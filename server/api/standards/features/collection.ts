/** One collection as of one frame: which of its features are asked for, and each as GeoJSON with where its values come from. */
import type { City } from '../../../../twin/city.ts'
import { lngLatFromLocal, type LngLat, type Local } from '../../../../twin/geo/projection.ts'
import { timeMsAt, type Clock } from '../../../../twin/kernel/clock.ts'
import { derive, sourcesIn, type Provenance } from '../../../../twin/kernel/provenance.ts'
import { columnIndex } from '../../../../twin/provenance/columns.ts'
import { ofColumn, provenanceAt, type Published } from '../../../../twin/provenance/lookup.ts'
import { columnTable, exceptionTable } from '../../../../twin/provenance/tables.ts'
import { rounded } from '../../mainStreets.ts'
import type { FeatureLayer } from './layers.ts'
import { touches, type BBox, type ItemsQuery } from './query.ts'

export interface Feature {
  readonly type: 'Feature'
  readonly id: number
  readonly geometry:
    | { readonly type: 'Point'; readonly coordinates: LngLat }
    | { readonly type: 'LineString'; readonly coordinates: readonly LngLat[] }
  readonly properties: Readonly<Record<string, unknown>>
}

export interface Moment {
  readonly clock: Clock
  readonly table: Published
}

export class Collection {
  readonly layer: FeatureLayer
  private readonly city: City
  /** Of what stays where it is, by row. */
  private boxes: (BBox | undefined)[] | undefined

  constructor(layer: FeatureLayer, city: City) {
    this.layer = layer
    this.city = city
  }

  /** The features that are asked for, as many as fit, and how many there are. */
  items(query: ItemsQuery, now: Moment): { features: Feature[]; numberMatched: number } {
    const live = now.table(this.layer.table)
    const matched: number[] = []
    for (let row = 0; row < live.rows; row++) {
      const box = this.box(row, now)
      if (box === undefined || (query.bbox !== undefined && !touches(query.bbox, box))) continue
      const atMs = this.sinceMs(row, now)
      if (atMs >= query.fromMs && atMs <= query.untilMs) matched.push(row)
    }
    const page = matched.slice(query.offset, query.offset + query.limit)
    return { features: this.features(page, now), numberMatched: matched.length }
  }

  /** Undefined when there is none of that id. */
  item(id: string, now: Moment): Feature | undefined {
    const row = /^\d{1,9}$/.test(id) ? Number(id) : -1
    if (row < 0 || row >= now.table(this.layer.table).rows) return undefined
    return this.box(row, now) && this.features([row], now)[0]
  }

  private features(rows: readonly number[], now: Moment): Feature[] {
    const live = now.table(this.layer.table)
    const provenance = this.provenance(now)
    return rows.map((row) => {
      const shape = this.layer.shape(this.city, row, live) ?? []
      const course = shape.map((at) => this.lngLat(at))
      const { kind, quality, observedTick, sources } = provenance(row)
      return {
        type: 'Feature',
        id: row,
        geometry:
          course.length === 1
            ? { type: 'Point', coordinates: course[0] }
            : { type: 'LineString', coordinates: course },
        properties: {
          ...this.layer.facts(this.city, row, live),
          ...(this.layer.sinceTick && { since: new Date(this.sinceMs(row, now)).toISOString() }),
          kind,
          quality,
          observed: timeOf(Math.min(observedTick, now.clock.tick), now.clock),
          sources: sourcesIn(sources).join(' '),
        },
      }
    })
  }

  private box(row: number, now: Moment): BBox | undefined {
    if (!this.layer.isFixed) return this.boxOf(row, now)
    const { rows } = now.table(this.layer.table)
    this.boxes ??= Array.from({ length: rows }, (_, at) => this.boxOf(at, now))
    return this.boxes[row]
  }

  private boxOf(row: number, { table }: Moment): BBox | undefined {
    const shape = this.layer.shape(this.city, row, table(this.layer.table))
    if (shape === undefined || shape.length === 0) return undefined
    const course = shape.map((at) => this.lngLat(at))
    const lng = course.map((at) => at[0])
    const lat = course.map((at) => at[1])
    return [Math.min(...lng), Math.min(...lat), Math.max(...lng), Math.max(...lat)]
  }

  /** Seven digits are a centimetre. */
  private lngLat(at: Local): LngLat {
    const [lng, lat] = lngLatFromLocal(this.city.projection, at)
    return [rounded(lng, 7), rounded(lat, 7)]
  }

  private sinceMs(row: number, { clock, table }: Moment): number {
    const { sinceTick } = this.layer
    return timeMsAt(clock, sinceTick === undefined ? clock.tick : sinceTick(row, table(this.layer.table)))
  }

  /** Of all columns together, by row: few rows are exceptions. */
  private provenance({ table }: Moment): (row: number) => Provenance {
    const { table: spec } = this.layer
    const names = Object.keys(spec.columns)
    const columns = names.map((name) => columnIndex(spec, name))
    const declared = derive(columns.map((column) => ofColumn(table(columnTable), column)))
    const { columns: at, rows } = table(exceptionTable)
    const exceptional = new Set<number>()
    for (let i = 0; i < rows; i++) if (columns.includes(at.column[i])) exceptional.add(at.row[i])
    return (row) =>
      exceptional.has(row) ? derive(names.map((name) => provenanceAt(table, spec, name, row))) : declared
  }
}

function timeOf(tick: number, clock: Clock): string {
  return new Date(timeMsAt(clock, tick)).toISOString()
}
