/** What the desk asks before it says something: a sentence, a choice of one, or who leads and helps. The form closes its dialog itself. */
import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react'
import { agencies, type Agency } from '../../../twin/desk/agencies.ts'
import { sayIncident } from '../../language/incidentWords.ts'
import { Dialog } from '../../shell/Dialog.tsx'
import { agencyName } from '../../shell/incidents/incidentThing.ts'

interface AskProps {
  readonly title: string
  /** What it is about. */
  readonly about: string | undefined
  /** On the button. */
  readonly act: string
  onClose(): void
}

export interface AskWordsProps extends AskProps {
  readonly label: string
  readonly hint?: string
  readonly mostLetters: number
  /** What speaks against it; it may be said all the same. */
  readonly warning?: string | undefined
  onSay(text: string): void
}

export function AskWords({ label, hint, mostLetters, warning, onSay, ...ask }: AskWordsProps) {
  const [text, setText] = useState('')
  return (
    <AskForm {...ask} isReady={text.trim() !== ''} onSubmit={() => onSay(text.trim())}>
      {warning !== undefined && <p role="status">{warning}</p>}
      <label>
        {label}
        <textarea
          ref={isFirst}
          value={text}
          rows={3}
          maxLength={mostLetters}
          required
          placeholder={hint}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={submitByEnter}
        />
      </label>
    </AskForm>
  )
}

export interface AskChoiceProps extends AskProps {
  readonly label: string
  readonly choices: readonly { readonly id: string; readonly name: string }[]
  /** What is said when there is nothing to choose. */
  readonly none: string
  onChoose(id: string): void
}

export function AskChoice({ label, choices, none, onChoose, ...ask }: AskChoiceProps) {
  const [id, setId] = useState(choices[0]?.id ?? '')
  if (choices.length === 0)
    return (
      <Dialog title={ask.title} onClose={ask.onClose}>
        <p>{none}</p>
      </Dialog>
    )
  return (
    <AskForm {...ask} isReady={id !== ''} onSubmit={() => onChoose(id)}>
      <label>
        {label}
        <select
          ref={isFirst}
          value={id}
          onChange={(event) => setId(event.target.value)}
          onKeyDown={submitByEnter}
        >
          {choices.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.name}
            </option>
          ))}
        </select>
      </label>
    </AskForm>
  )
}

/** Asks only whether it is meant. */
export function AskWhether({ told, onSay, ...ask }: AskProps & { readonly told: string; onSay(): void }) {
  return (
    <AskForm {...ask} isReady onSubmit={onSay}>
      <p>{told}</p>
    </AskForm>
  )
}

export interface AskLeadProps extends AskProps {
  readonly lead: Agency | undefined
  readonly partners: readonly Agency[]
  onSay(lead: Agency, partners: Agency[]): void
}

export function AskLead({ lead: before, partners: partnersBefore, onSay, ...ask }: AskLeadProps) {
  const [lead, setLead] = useState<Agency>(before ?? agencies[0])
  const [partners, setPartners] = useState<readonly Agency[]>(partnersBefore)
  const helps = partners.filter((agency) => agency !== lead)
  return (
    <AskForm {...ask} isReady onSubmit={() => onSay(lead, helps)}>
      <label>
        {sayIncident('ask.leadLabel')}
        <select
          ref={isFirst}
          value={lead}
          onKeyDown={submitByEnter}
          onChange={(event) => setLead(agencies.find((agency) => agency === event.target.value) ?? lead)}
        >
          {agencies.map((agency) => (
            <option key={agency} value={agency}>
              {agencyName(agency)}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="plain-set ask-partners">
        <legend>{sayIncident('ask.partners')}</legend>
        {agencies
          .filter((agency) => agency !== lead)
          .map((agency) => (
            <label key={agency}>
              <input
                type="checkbox"
                checked={helps.includes(agency)}
                onChange={({ target }) =>
                  setPartners(target.checked ? [...helps, agency] : helps.filter((one) => one !== agency))
                }
              />
              {agencyName(agency)}
            </label>
          ))}
      </fieldset>
    </AskForm>
  )
}

interface AskFormProps extends AskProps {
  readonly isReady: boolean
  readonly children: ReactNode
  onSubmit(): void
}

function AskForm({ title, about, act, isReady, children, onSubmit, onClose }: AskFormProps) {
  const submit = (event: FormEvent) => {
    if (isReady) onSubmit()
    else event.preventDefault()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form method="dialog" className="stack" onSubmit={submit}>
        {about !== undefined && (
          <p>
            <b>{about}</b>
          </p>
        )}
        {children}
        <button type="submit" className="strong" disabled={!isReady}>
          {/* what asked for more by its dots has it now */}
          {act.replace(/ …$/, '')}
        </button>
      </form>
    </Dialog>
  )
}

/** Whoever opens the dialog is at its first field: the browser gives the focus to what says so before it is shown. */
function isFirst(field: HTMLElement | null): void {
  field?.setAttribute('autofocus', '')
}

/** Enter says it; with Shift it is a new line. */
function submitByEnter(event: KeyboardEvent<HTMLTextAreaElement | HTMLSelectElement>): void {
  if (event.key !== 'Enter' || event.shiftKey) return
  event.preventDefault()
  event.currentTarget.form?.requestSubmit()
}
