/** The edits of a scenario as a list: each can be switched off, moved, changed, annotated and taken out, by key too. */
import type { City } from '../../../twin/city.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { say } from '../../language/language.ts'
import { sayPlan } from '../../language/planWords.ts'
import { fieldsOf, shownIn, withField, type EditField } from './editFields.ts'
import { timesOfEdit, wordsOfEdit } from './editWords.ts'
import type { Scenario } from './useScenario.ts'

const NOTE_LETTERS = 500

export function EditList({ scenario, city }: { scenario: Scenario; city: City | undefined }) {
  const { edits } = scenario.history
  return (
    <ol className="plain entries edit-list">
      {edits.map((edit, i) => (
        <EditRow
          key={edit.id}
          edit={edit}
          city={city}
          scenario={scenario}
          isFirst={i === 0}
          isLast={i === edits.length - 1}
        />
      ))}
    </ol>
  )
}

interface EditRowProps {
  readonly edit: ScenarioEdit
  readonly city: City | undefined
  readonly scenario: Scenario
  readonly isFirst: boolean
  readonly isLast: boolean
}

function EditRow({ edit, city, scenario, isFirst, isLast }: EditRowProps) {
  const words = wordsOfEdit(edit, city)
  const times = timesOfEdit(edit)
  const { isOff, ...on } = edit
  return (
    <li className="entry edit-row" data-off={isOff}>
      <input
        type="checkbox"
        checked={isOff !== true}
        aria-label={sayPlan('list.isOn', { edit: words })}
        onChange={() => scenario.change((isOff === true ? on : { ...edit, isOff: true }) as ScenarioEdit)}
      />
      <details>
        <summary aria-label={sayPlan('list.change', { edit: words })}>
          {words}
          {times !== undefined && <small> {times}</small>}
          {edit.note !== undefined && <small className="edit-note">{edit.note}</small>}
        </summary>
        <div className="edit-form">
          {fieldsOf(edit).map((field) => (
            <NumberField
              key={field.name}
              field={field}
              value={shownIn(edit, field)}
              onChange={(shown) => scenario.change(withField(edit, field, shown))}
            />
          ))}
          <label>
            {sayPlan('field.note')}
            <input
              type="text"
              maxLength={NOTE_LETTERS}
              defaultValue={edit.note ?? ''}
              onBlur={({ target }) => scenario.change(withNote(edit, target.value.trim()))}
            />
          </label>
          <div className="row">
            <button type="button" disabled={isFirst} onClick={() => scenario.move(edit.id, -1)}>
              {sayPlan('list.up')}
            </button>
            <button type="button" disabled={isLast} onClick={() => scenario.move(edit.id, 1)}>
              {sayPlan('list.down')}
            </button>
          </div>
        </div>
      </details>
      <button
        type="button"
        className="bare"
        aria-label={say('scenario.remove', { edit: words })}
        onClick={() => scenario.remove(edit.id)}
      >
        ✕
      </button>
    </li>
  )
}

interface NumberFieldProps {
  readonly field: EditField
  readonly value: number | undefined
  readonly onChange: (shown: number | undefined) => void
}

/** Said when it is left, so that each number is one step to undo. */
function NumberField({ field, value, onChange }: NumberFieldProps) {
  return (
    <label>
      {sayPlan(field.label)}
      <input
        key={value}
        type="number"
        min={field.least}
        max={field.most}
        step={field.step}
        required={!field.isOptional}
        defaultValue={value ?? ''}
        onBlur={({ target }) => {
          const shown = target.value === '' ? undefined : target.valueAsNumber
          if (shown !== value && target.validity.valid) onChange(shown)
        }}
      />
    </label>
  )
}

function withNote(edit: ScenarioEdit, note: string): ScenarioEdit {
  const { note: _, ...rest } = edit
  return (note === '' ? rest : { ...edit, note }) as ScenarioEdit
}
