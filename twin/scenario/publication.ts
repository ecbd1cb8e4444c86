/** What a planner lays open to all of a saved scenario, as he saw it: words, places, measures, and until when people may comment. */
import * as v from 'valibot'

const words = (most: number) => v.pipe(v.string(), v.maxLength(most))
const number = v.pipe(v.number(), v.finite())
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const timeMs = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15))
const place = v.strictTuple([
  v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  v.pipe(v.number(), v.minValue(-85), v.maxValue(85)),
])
const lines = v.pipe(v.array(v.pipe(v.array(place), v.maxLength(2000))), v.maxLength(500))
const zone = v.strictObject({ name: words(200), meanChangeS: number, trips: count })
const zones = v.pipe(v.array(zone), v.maxLength(20))

/** Pairs of runs, as `EnsembleState` has them. */
const measuresSchema = v.strictObject({
  pairs: count,
  outcomes: v.pipe(
    v.array(
      v.strictObject({
        id: v.pipe(v.string(), v.regex(/^\w{1,40}$/)),
        base: number,
        edited: number,
        difference: number,
        interval: v.optional(v.strictTuple([number, number])),
        isClear: v.boolean(),
      }),
    ),
    v.maxLength(50),
  ),
  /** Districts whose trips grow most longer, and most shorter. */
  trips: v.optional(
    v.strictObject({ all: count, longer: count, shorter: count, losers: zones, winners: zones }),
  ),
})

export const publicationSchema = v.strictObject({
  version: v.pipe(v.string(), v.uuid()),
  assumptions: words(5000),
  /** How to reach who answers for it. */
  contact: v.pipe(words(200), v.regex(/\S/)),
  comments: v.pipe(
    v.strictObject({ opensMs: timeMs, closesMs: timeMs }),
    v.check(({ opensMs, closesMs }) => opensMs < closesMs, 'an end after the beginning'),
  ),
  /** In their order, those that are off left out: rows of a city may be others one day, words are not. */
  edits: v.pipe(
    v.array(
      v.strictObject({
        en: words(300),
        es: words(300),
        note: v.optional(words(500)),
        /** Where it is: lines, areas (closed lines) and points (lines of one), in degrees. */
        lines,
      }),
    ),
    v.minLength(1),
    v.maxLength(500),
  ),
  measures: v.optional(measuresSchema),
})

export type Publication = v.InferOutput<typeof publicationSchema>
export type PublishedMeasures = NonNullable<Publication['measures']>

/** With what the server knows, as it was on that day. */
export interface PublicationBody extends Publication {
  readonly city: { readonly name: string; readonly timeZone: string; readonly attribution: string }
  readonly sources: readonly {
    readonly what: { readonly en: string; readonly es: string }
    readonly kind: string
    readonly source: string
    readonly licence: string
  }[]
  /** The model card, as Markdown. */
  readonly card: { readonly en: string; readonly es: string }
}
