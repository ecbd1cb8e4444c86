/** The contract of a kind of edit: what is written of it in a scenario, and what it comes down to in a city. */
import * as v from 'valibot'
import type { City } from '../city.ts'
import { refused, type RefusalOf } from './refusals.ts'
import type { Setting } from './setting.ts'

/** What every edit may say beside its own. */
export const editBasics = {
  /** Names it within its scenario. */
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/)),
  /** Seconds after the scenario begins, and after which it is as before; from the beginning and for good when left out. */
  fromS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_400))),
  untilS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(86_400))),
  /** Kept, but not made. */
  isOff: v.optional(v.literal(true)),
  note: v.optional(v.pipe(v.string(), v.maxLength(500))),
} as const

/** What is said by entries of a schema. */
export type Said<S extends v.ObjectEntries> = v.InferOutput<v.StrictObjectSchema<S, undefined>>

/** A setting whose time is the edit's, unless it says its own. */
export type EditSetting = Pick<Setting, 'target' | 'row' | 'value'> &
  Partial<Pick<Setting, 'fromS' | 'untilS'>>

export type Resolved = { readonly settings: readonly EditSetting[] } | { readonly refused: RefusalOf }

export interface EditKind<K extends string = string, S extends v.ObjectEntries = v.ObjectEntries> {
  readonly kind: K
  /** What it says beside `editBasics`. */
  readonly entries: S
  /** What it comes down to in `city`, or why it cannot be. Rows are of the city's own tables. */
  readonly resolve: (edit: Said<S> & Partial<Said<typeof editBasics>>, city: City) => Resolved
  /** Of an edit that has the city built otherwise before anybody drives there: that city, or why it cannot be. See `build.ts`. */
  readonly build?: (edit: Said<S>, city: City) => { readonly city: City } | { readonly refused: RefusalOf }
}

/** One declaration, typed by its entries. */
export function editKind<const K extends string, S extends v.ObjectEntries>(
  kind: K,
  entries: S,
  resolve: EditKind<K, S>['resolve'],
): EditKind<K, S> {
  return { kind, entries, resolve }
}

/** One declaration of an edit of links that has the city built otherwise. In a city that is driven it is refused. */
export function builtKind<const K extends string, S extends { links: typeof rowsSchema }>(
  kind: K,
  entries: S,
  make: NonNullable<EditKind<K, S>['build']>,
): EditKind<K, S> {
  return {
    kind,
    entries,
    resolve: () => refused('builtBefore'),
    build(edit, city) {
      const rows = city.network.links.fromNode.length
      const row = (edit as { readonly links: readonly number[] }).links.find((link) => link >= rows)
      return row === undefined ? make(edit, city) : refused('noSuchRow', { what: 'link', row, rows })
    },
  }
}

/** Rows of a table: at least one, none twice. */
export const rowsSchema = v.pipe(
  v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xfffffffe))),
  v.minLength(1),
  v.maxLength(5000),
  v.check((rows) => new Set(rows).size === rows.length, 'every row once'),
)
/** Corners of an area on the map, [lng, lat] in degrees, the last one not the first again. */
export const areaSchema = v.pipe(
  v.array(
    v.tuple([
      v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
      v.pipe(v.number(), v.minValue(-85), v.maxValue(85)),
    ]),
  ),
  v.minLength(3),
  v.maxLength(500),
)
export const rowSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xfffffffe))
