/** Brings another version into what is at hand: what comes from it is told, and what both have said differently is chosen by hand. */
import { useState } from 'react'
import { changesBetween } from '../../../../twin/scenario/changes.ts'
import type { Scenario } from '../../../../twin/scenario/document.ts'
import { mergeScenarios, type Choices, type Conflict, type Side } from '../../../../twin/scenario/merge.ts'
import { sayDocument } from '../../../language/documentWords.ts'
import { Dialog } from '../../../shell/Dialog.tsx'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import { ChangesList, wholeWords, wordsOfField } from './ChangesList.tsx'
import type { Merging } from './useDocument.ts'

interface MergeDialogProps {
  readonly merging: Merging
  /** Undefined leaves everything as it is. */
  onEnd(merged: Scenario | undefined): void
}

export function MergeDialog({ merging: { base, ours, theirs }, onEnd }: MergeDialogProps) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const [choices, setChoices] = useState<Choices>({})
  const { scenario, conflicts } = mergeScenarios(base, ours, theirs.scenario, choices)
  const isOpen = conflicts.some(({ key }) => choices[key] === undefined)
  const sidesOf = (conflict: Conflict): Record<Side, string> => {
    if (conflict.kind === 'order')
      return { ours: sayDocument('merge.ourOrder'), theirs: sayDocument('merge.theirOrder') }
    if (conflict.kind === 'field')
      return {
        ours: wordsOfField(ours, conflict.field),
        theirs: wordsOfField(theirs.scenario, conflict.field),
      }
    const words = (side: Side) => {
      const edit = conflict[side]
      return edit === undefined ? sayDocument('merge.takenOut') : wholeWords(edit, city)
    }
    return { ours: words('ours'), theirs: words('theirs') }
  }
  const nameOf = (conflict: Conflict): string => {
    if (conflict.kind === 'order') return sayDocument('merge.order')
    if (conflict.kind === 'field') return sayDocument(`head.${conflict.field}`)
    return conflict.base ? wholeWords(conflict.base, city) : sayDocument('merge.bothNew')
  }
  return (
    <Dialog
      title={sayDocument('merge.title', {
        who: theirs.facts.author ?? sayDocument('newer.somebody'),
        title: theirs.facts.title,
      })}
      onClose={() => onEnd(undefined)}
    >
      <h3>{sayDocument('merge.comes')}</h3>
      <ChangesList changes={changesBetween(ours, scenario)} from={ours} to={scenario} city={city} />
      {conflicts.length > 0 && <h3>{sayDocument('merge.conflicts')}</h3>}
      {conflicts.map((conflict) => {
        const sides = sidesOf(conflict)
        return (
          <fieldset key={conflict.key} className="conflict">
            <legend>{nameOf(conflict)}</legend>
            {(['ours', 'theirs'] as const).map((side) => (
              <label key={side}>
                <input
                  type="radio"
                  name={conflict.key}
                  checked={choices[conflict.key] === side}
                  onChange={() => setChoices({ ...choices, [conflict.key]: side })}
                />
                <span>
                  <small>{sayDocument(`merge.${side}`)}</small> {sides[side]}
                </span>
              </label>
            ))}
          </fieldset>
        )
      })}
      <div className="row">
        <button
          type="button"
          className={isOpen ? '' : 'strong'}
          disabled={isOpen}
          onClick={() => onEnd(scenario)}
        >
          {sayDocument('merge.take')}
        </button>
        {isOpen && <small>{sayDocument('merge.choose')}</small>}
      </div>
    </Dialog>
  )
}
