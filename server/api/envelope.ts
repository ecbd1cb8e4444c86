/** How answers say where a value comes from: its kind, quality, time and sources, by the words of `twin/kernel/provenance.ts`. */
import type { CityInfo } from '../../twin/city.ts'
import { timeMsAt, type Clock } from '../../twin/kernel/clock.ts'
import { FOREVER, sourcesIn, type Kind, type Provenance, type Quality } from '../../twin/kernel/provenance.ts'
import { fileOf } from '../../twin/provenance/datasets.ts'

export interface Envelope {
  readonly kind: Kind
  readonly quality: Quality
  /** When it was so, Unix milliseconds. */
  readonly observedMs: number
  /** Absent where it stands until someone says otherwise. */
  readonly validUntilMs?: number
  readonly sources: readonly EnvelopeSource[]
}

export interface EnvelopeSource {
  readonly id: string
  /** Of a dataset: whose it is, and under what licence. */
  readonly name?: string
  readonly licence?: string
}

export function envelopeOf(
  { kind, quality, observedTick, validUntilTick, sources }: Provenance,
  clock: Clock,
  info: CityInfo,
): Envelope {
  return {
    kind,
    quality,
    observedMs: timeMsAt(clock, Math.min(observedTick, clock.tick)),
    ...(validUntilTick !== FOREVER && { validUntilMs: timeMsAt(clock, validUntilTick) }),
    sources: sourcesIn(sources).map((id) => {
      const file = fileOf(info, id)
      return { id, ...(file && { name: file.source, licence: file.licence }) }
    }),
  }
}
