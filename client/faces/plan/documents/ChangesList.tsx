/** What differs between two versions, in words: added, taken out, changed. */
import type { ReactNode } from 'react'
import type { City } from '../../../../twin/city.ts'
import { isChanged, type Changes } from '../../../../twin/scenario/changes.ts'
import type { Scenario } from '../../../../twin/scenario/document.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import type { HeadField } from '../../../../twin/scenario/merge.ts'
import { formatDuration } from '../../../language/format.ts'
import { sayDocument } from '../../../language/documentWords.ts'
import { beginOf } from '../begin.ts'
import { wordsOfBegin } from '../BeginChoice.tsx'
import { timesOfEdit, wordsOfEdit } from '../editWords.ts'

interface ChangesListProps {
  readonly changes: Changes
  readonly from: Scenario
  readonly to: Scenario
  readonly city: City | undefined
}

export function ChangesList({ changes, from, to, city }: ChangesListProps) {
  if (!isChanged(changes)) return <p className="quiet">{sayDocument('changes.none')}</p>
  const { fields, added, removed, changed, isReordered } = changes
  return (
    <ul className="plain changes">
      {added.map((edit) => (
        <Line key={`+${edit.id}`} sign="+">
          <ins>{wholeWords(edit, city)}</ins>
        </Line>
      ))}
      {removed.map((edit) => (
        <Line key={`-${edit.id}`} sign="−">
          <del>{wholeWords(edit, city)}</del>
        </Line>
      ))}
      {changed.map(({ from: was, to: is }) => (
        <Line key={`~${was.id}`} sign="→">
          <del>{wholeWords(was, city)}</del> <ins>{wholeWords(is, city)}</ins>
        </Line>
      ))}
      {isReordered && <Line sign="↕">{sayDocument('changes.order')}</Line>}
      {fields.map((field) => (
        <Line key={field} sign="→">
          {sayDocument(`head.${field}`)}: <del>{wordsOfField(from, field)}</del>{' '}
          <ins>{wordsOfField(to, field)}</ins>
        </Line>
      ))}
    </ul>
  )
}

function Line({ sign, children }: { sign: '+' | '−' | '→' | '↕'; children: ReactNode }) {
  return (
    <li>
      <span aria-label={sayDocument(`changes.${names[sign]}`)} role="img">
        {sign}
      </span>
      <span>{children}</span>
    </li>
  )
}

const names = { '+': 'added', '−': 'removed', '→': 'changed', '↕': 'moved' } as const

/** All that is said of an edit: when it holds, its note, and whether it is off. */
export function wholeWords(edit: ScenarioEdit, city: City | undefined): string {
  const { note, isOff } = edit
  const parts = [wordsOfEdit(edit, city), timesOfEdit(edit), note && `«${note}»`]
  const said = parts.filter((part) => part !== undefined && part !== '').join(', ')
  return isOff === true ? sayDocument('changes.off', { edit: said }) : said
}

/** A field of the head as one reads it. */
export function wordsOfField(scenario: Scenario, field: HeadField): string {
  if (field === 'horizonS') return formatDuration(scenario.horizonS)
  if (field === 'base') return wordsOfBegin(beginOf(scenario.base.from))
  return scenario[field] ?? '–'
}
