/** What is laid open of a saved version: its edits in both languages' words and where they are, and what was measured of them. */
import type { City } from '../../../../../twin/city.ts'
import type { EnsembleState } from '../../../../../twin/protocol/messages.ts'
import type { Publication, PublishedMeasures } from '../../../../../twin/scenario/publication.ts'
import type { ScenarioEdit } from '../../../../../twin/scenario/edits.ts'
import type { ZoneChange } from '../../../../../twin/scenario/winners.ts'
import { inLanguage, loadLanguage } from '../../../../language/language.ts'
import { timesOfEdit, wordsOfEdit } from '../../editWords.ts'
import { changedZones } from '../../changedZones.ts'
import { placesOfEdit } from './placesOfEdit.ts'

export type PublishedEdit = Publication['edits'][number]

/** Those that are on, in their order. */
export async function publishedEdits(edits: readonly ScenarioEdit[], city: City): Promise<PublishedEdit[]> {
  await Promise.all([loadLanguage('en'), loadLanguage('es')])
  return edits
    .filter(({ isOff }) => isOff !== true)
    .map((edit) => {
      const words = () =>
        [wordsOfEdit(edit, city), timesOfEdit(edit)].filter((part) => part !== undefined).join(', ')
      return {
        en: inLanguage('en', words),
        es: inLanguage('es', words),
        ...(edit.note !== undefined && { note: edit.note }),
        lines: placesOfEdit(edit, city).map((line) => line.map(([lng, lat]) => [lng, lat])),
      }
    }) as PublishedEdit[]
}

export function publishedMeasures({ pairs, outcomes, trips }: EnsembleState, city: City): PublishedMeasures {
  const zone = ({ zone: row, meanChangeS, trips: count }: ZoneChange) => ({
    name: city.zones.zones.name[row] || String(row),
    meanChangeS,
    trips: count,
  })
  const sum = (of: (zone: ZoneChange) => number) => trips?.zones.reduce((all, one) => all + of(one), 0) ?? 0
  const changed = trips && changedZones(trips)
  return {
    pairs,
    outcomes: outcomes.map(({ interval, ...rest }) => ({
      ...rest,
      ...(interval && { interval: [interval[0], interval[1]] }),
    })),
    ...(changed && {
      trips: {
        all: sum((one) => one.trips),
        longer: sum((one) => one.longer),
        shorter: sum((one) => one.shorter),
        losers: changed.longer.map(zone),
        winners: changed.shorter.map(zone),
      },
    }),
  }
}
