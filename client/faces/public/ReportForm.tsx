/** Report a problem in half a minute: what, where, a few words. Written down on the device first, so that nothing is lost. */
import { useId, useState, type FormEvent } from 'react'
import type { Service } from '../../../twin/reports/services.ts'
import { currentLanguage, say } from '../../language/language.ts'
import { ServiceMark } from '../../shell/Mark.tsx'
import { makeClientId } from '../../source/clientId.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import { noDraft, type Draft } from './draft.ts'
import { PlacePicker } from './PlacePicker.tsx'
import type { Outbox } from './useOutbox.ts'
import { usePlace } from './usePlace.ts'

const MAX_LETTERS = 2000

interface ReportFormProps {
  readonly outbox: Outbox
  readonly draft: Draft
  readonly setDraft: (draft: Draft) => void
  readonly onDone: () => void
}

export function ReportForm({ outbox, draft, setDraft, onDone }: ReportFormProps) {
  const { live } = useShell()
  const id = useId()
  const place = usePlace(live)
  const services = useStore(live.store, ({ city }) => city?.services?.services)
  const { code, text } = draft
  const [problem, setProblem] = useState<string>()
  const [filedId, setFiledId] = useState<string>()

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!code) return setProblem(say('report.needCategory'))
    if (!place.at) return setProblem(say('report.needPlace'))
    const [lng, lat] = place.at
    const clientId = makeClientId()
    try {
      outbox.file({ clientId, serviceCode: code, lng, lat, description: text.trim() })
      setFiledId(clientId)
      setDraft(noDraft)
    } catch (error) {
      setProblem((error as Error).message)
    }
  }

  if (!services) return <p className="quiet">{say('report.waiting')}</p>
  if (filedId !== undefined) {
    return <Outcome state={outbox.entries.find(({ clientId }) => clientId === filedId)} onDone={onDone} />
  }
  return (
    <form className="stack" onSubmit={submit}>
      <fieldset className="categories">
        <legend>{say('report.what')}</legend>
        {services.map((service) => (
          <Category
            key={service.serviceCode}
            service={service}
            chosen={code}
            onChoose={(chosen) => setDraft({ ...draft, code: chosen })}
          />
        ))}
      </fieldset>
      <div>
        <h3>{say('report.where')}</h3>
        <PlacePicker place={place} />
      </div>
      <label htmlFor={id}>
        {say('report.words')} <small>{say('report.optional')}</small>
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={MAX_LETTERS}
        value={text}
        onChange={(event) => setDraft({ ...draft, text: event.target.value })}
      />
      {problem && <p role="alert">{problem}</p>}
      <button type="submit" className="strong">
        {say('report.send')}
      </button>
      <small>{say('report.simulatedNote')}</small>
    </form>
  )
}

interface CategoryProps {
  readonly service: Service
  readonly chosen: string | undefined
  readonly onChoose: (code: string) => void
}

function Category({ service, chosen, onChoose }: CategoryProps) {
  const { serviceCode, name, shape } = service
  return (
    <label>
      <input
        type="radio"
        name="category"
        value={serviceCode}
        checked={chosen === serviceCode}
        onChange={() => onChoose(serviceCode)}
      />
      <ServiceMark shape={shape} /> <span>{name[currentLanguage()]}</span>
    </label>
  )
}

function Outcome({ state, onDone }: { state: Outbox['entries'][number] | undefined; onDone: () => void }) {
  const words =
    state?.state === 'filed'
      ? say('report.filed', { number: state.request ?? '' })
      : state?.state === 'refused'
        ? say('report.refused', { why: state.error ?? '' })
        : say('report.waitingToSend')
  return (
    <div className="stack">
      <p role="status">{words}</p>
      <button type="button" className="strong" onClick={onDone}>
        {say('report.done')}
      </button>
    </div>
  )
}
