/** A value's provenance in words, shortest first: what kind of value, how good, how old, from whom, under what licence. */
import type { CityInfo } from '../../twin/city.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import { sourcesIn, type Provenance, type SourceId } from '../../twin/kernel/provenance.ts'
import { fileOf } from '../../twin/provenance/datasets.ts'
import { formatDuration, formatMonth } from '../language/format.ts'
import { say } from '../language/language.ts'
import type { Showing } from '../state/showing.ts'
import type { StaticOrigin } from './origin.ts'

/** Younger than this a value is of this second. */
const FRESH_S = 1.5
/** As much of a source's name as reads at a glance; the whole stands among the city's sources. */
const NAME_LETTERS = 48

export interface Told {
  readonly provenance: Provenance
  /** Of the picture that the value stands in. */
  readonly tick: number
  readonly showing: Showing
  readonly info: Pick<CityInfo, 'files'> | undefined
}

export function provenanceWords({ provenance, tick, showing, info }: Told): string[] {
  const { kind, quality, observedTick, validUntilTick } = provenance
  const ageS = Math.max(0, tick - observedTick) / TICKS_PER_S
  return [
    ...(showing.kind === 'run' ? [say('provenance.run', { run: showing.run.slice(0, 8) })] : []),
    showing.kind === 'replayed'
      ? say('provenance.replayed', { kind: say(`origin.${kind}`) })
      : say(`origin.${kind}`),
    ...(quality === 'good' ? [] : [say(`quality.${quality}`)]),
    ...(validUntilTick < tick ? [say('provenance.lapsed')] : []),
    ...ageWords(ageS, showing),
    ...sourceWords(sourcesIn(provenance.sources), info),
  ]
}

/** Of what does not change: the map, what was assumed where it is silent, what was made up to its likeness. */
export function staticWords({ how, file: source, info }: StaticOrigin): string[] {
  const file = info && fileOf(info, source)
  return [
    say(`origin.${how}`),
    ...(file?.date === undefined ? [] : [formatMonth(file.date)]),
    ...sourceWords([source], info),
  ]
}

function ageWords(ageS: number, showing: Showing): string[] {
  const isFresh = ageS < FRESH_S
  const age = formatDuration(ageS)
  if (showing.kind !== 'replayed') return [isFresh ? say('provenance.now') : say('past.ago', { age })]
  const ago = say('past.ago', { age: formatDuration(showing.agoS + ageS) })
  return [isFresh ? say('provenance.atMoment') : say('provenance.beforeMoment', { age }), ago]
}

/** Who says it, then under what licence; a source of several files is named once. */
function sourceWords(from: readonly SourceId[], info: Told['info']): string[] {
  const names = new Set<string>()
  const licences = new Set<string>()
  for (const source of from) {
    if (source === 'model' || source === 'operator' || source === 'people' || source === 'feed') {
      names.add(say(`source.${source}`))
      continue
    }
    const file = info && fileOf(info, source)
    if (file === undefined) continue
    names.add(shortened(file.source))
    licences.add(file.licence)
  }
  return [[...names].join(', '), ...licences].filter((words) => words !== '')
}

function shortened(name: string): string {
  if (name.length <= NAME_LETTERS) return name
  return `${name.slice(0, name.lastIndexOf(' ', NAME_LETTERS)).replace(/[,;]$/, '')}…`
}
