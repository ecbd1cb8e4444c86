/**
 * Where a value comes from and how far it can be trusted: its kind, quality, sources and times, and what a value that is worked
 * out from others has of them. Lists are in the order of the wire: a new source is added at the end.
 */

/**
 * The most direct first, which is also the order `derive` goes by: an instrument saw it; a person said it; it was computed from
 * what was seen of the same thing; it was filled in from what was seen elsewhere or before; a model alone says it; a model says
 * it of a time to come; it is shown again.
 */
export const kinds = [
  'measured',
  'manual',
  'estimated',
  'imputed',
  'simulated',
  'forecast',
  'replayed',
] as const
export type Kind = (typeof kinds)[number]

/** The best first. 'bad' is no value at all: what stands in the cell says nothing. */
export const qualities = ['good', 'uncertain', 'bad'] as const
export type Quality = (typeof qualities)[number]

/** Who says it: the twin's own model, those who run the city, those who live in it, a feed from outside, or a dataset of `city.json` by its file's name. */
export const sources = [
  'model',
  'operator',
  'people',
  'network',
  'zones',
  'grid',
  'transit',
  'weather',
  'reports',
  'buildings',
  'feed',
] as const
export type SourceId = (typeof sources)[number]

/** `observedTick` of a value that is as new as the frame it comes in; later than every tick, so that the oldest of several is their minimum. */
export const AS_OF_NOW = 0x7fffffff
/** `validUntilTick` of what stands until someone says otherwise. */
export const FOREVER = 0x7fffffff

export interface Provenance {
  readonly kind: Kind
  readonly quality: Quality
  /** A bit for each of `sources`. */
  readonly sources: number
  /** When it was so, ticks; AS_OF_NOW or earlier. */
  readonly observedTick: number
  /** How long it may be taken for so, ticks; FOREVER or earlier. */
  readonly validUntilTick: number
}

/** What a column says of all its values until something else is known of one. */
export interface Declared {
  readonly kind: Kind
  readonly from: readonly SourceId[]
}

/** The declaration of what the model works out from these datasets. */
export function simulatedFrom(...datasets: readonly SourceId[]): Declared {
  return { kind: 'simulated', from: ['model', ...datasets] }
}

/** The bits of some sources. */
export function sourceSet(from: readonly SourceId[]): number {
  return from.reduce((set, source) => set | (1 << sources.indexOf(source)), 0)
}

/** The sources of a set of bits, in the order of `sources`; bits of none known here are passed over. */
export function sourcesIn(set: number): SourceId[] {
  return sources.filter((_, bit) => ((set >>> bit) & 1) === 1)
}

/** The provenance of a declared value that the twin keeps up with its clock. */
export function provenanceOf({ kind, from }: Declared): Provenance {
  return {
    kind,
    quality: 'good',
    sources: sourceSet(from),
    observedTick: AS_OF_NOW,
    validUntilTick: FOREVER,
  }
}

/**
 * What is worked out from several values: the least direct of their kinds, the worst quality, the oldest time, valid as long
 * as the first of them to lapse, from all their sources. Order and repetition make no difference; of nothing it is the best there is.
 */
export function derive(inputs: readonly Provenance[]): Provenance {
  let kind = 0
  let quality = 0
  let set = 0
  let observedTick = AS_OF_NOW
  let validUntilTick = FOREVER
  for (const input of inputs) {
    kind = Math.max(kind, kinds.indexOf(input.kind))
    quality = Math.max(quality, qualities.indexOf(input.quality))
    set |= input.sources
    observedTick = Math.min(observedTick, input.observedTick)
    validUntilTick = Math.min(validUntilTick, input.validUntilTick)
  }
  return { kind: kinds[kind], quality: qualities[quality], sources: set, observedTick, validUntilTick }
}
