/** Where the indicator on the screen comes from, and whether that is anything to be told of. */
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import { derive } from '../../twin/kernel/provenance.ts'
import { indicators, type IndicatorId } from '../../twin/objectives/indicators.ts'
import { indicatorTable } from '../../twin/objectives/tables.ts'
import { provenanceAt } from '../../twin/provenance/lookup.ts'
import type { Told } from '../layers/provenanceWords.ts'
import { formatDuration } from '../language/format.ts'
import { say } from '../language/language.ts'
import type { Live } from '../state/live.ts'
import { agoSOf, showingOf } from '../state/showing.ts'

/** Indicators are measured every five seconds: three missed, and a value is old. Of the viewer's time, since a run may be faster. */
const OLD_S = 15

/** Of one indicator, or of what is said from several; undefined before the first frame. */
export function indicatorOrigin({ mirror, store }: Live, ids: readonly IndicatorId[]): Told | undefined {
  if (mirror.tick < 0) return undefined
  const page = store.get()
  const rowOf = (id: IndicatorId) => indicators.findIndex((indicator) => indicator.id === id)
  const provenance = derive(
    ids.map((id) => provenanceAt((spec) => mirror.table(spec), indicatorTable, 'value', rowOf(id))),
  )
  return { provenance, tick: mirror.tick, showing: showingOf(page.stream, agoSOf(page)), info: page.info }
}

/** One quiet line of what is not as it should be: a quality, an age; undefined when all is. `speed` is that of the shown twin. */
export function troubleWith({ provenance, tick }: Told, speed: number): string | undefined {
  const { quality, observedTick } = provenance
  const ageS = (tick - observedTick) / TICKS_PER_S
  const words = [
    ...(quality === 'good' ? [] : [`${quality === 'bad' ? '✕' : '△'} ${say(`quality.${quality}`)}`]),
    ...(ageS > OLD_S * Math.max(1, speed) ? [say('past.ago', { age: formatDuration(ageS) })] : []),
  ]
  return words.length === 0 ? undefined : words.join(' · ')
}
