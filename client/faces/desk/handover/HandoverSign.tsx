/** The note of who goes, with their signature, and the signature of who comes. */
import { useState } from 'react'
import type { Shift } from '../../../../twin/desk/shift.ts'
import { sayDesk } from '../../../language/deskWords.ts'
import { formatClock } from '../../../language/format.ts'
import { sayIncident } from '../../../language/incidentWords.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import type { DeskActs } from '../useDeskActs.ts'
import type { Span } from './shiftSpan.ts'

export interface HandoverSignProps {
  /** Undefined while it is not handed over. */
  readonly shift: Shift | undefined
  readonly span: Span
  readonly acts: DeskActs
  /** The desk's own name. */
  readonly who: string
}

export function HandoverSign({ shift, span, acts, who }: HandoverSignProps) {
  return (
    <section className="handover-sign">
      <h2>{sayIncident('shift.note')}</h2>
      {shift === undefined ? (
        <GiveForm span={span} acts={acts} who={who} />
      ) : (
        <Given shift={shift} acts={acts} />
      )}
      {acts.error !== undefined && <p role="alert">{sayDesk('act.failed', { why: acts.error })}</p>}
    </section>
  )
}

function GiveForm({ span, acts, who }: Omit<HandoverSignProps, 'shift'>) {
  const { live } = useShell()
  const [note, setNote] = useState('')
  const [by, setBy] = useState(who)
  const handOver = async () => {
    // the page rounds to the next minute; what is signed ends now
    const toMs = Math.floor(live.store.get().clock?.timeMs ?? span.toMs)
    const id = await acts.begin(
      { kind: 'shift', act: 'handOver', fromMs: Math.floor(span.fromMs), toMs, note: note.trim() },
      by,
    )
    if (id !== undefined) live.store.setView({ handover: id })
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void handOver()
      }}
    >
      <label>
        <span className="unseen">{sayIncident('shift.note')}</span>
        <textarea
          rows={4}
          maxLength={4000}
          value={note}
          placeholder={sayIncident('ask.noteHint')}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <NameLine
        label={sayIncident('shift.by')}
        name={by}
        setName={setBy}
        act={sayIncident('shift.handOver')}
        isBusy={acts.isBusy}
      />
    </form>
  )
}

function Given({ shift, acts }: { shift: Shift; acts: DeskActs }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const [by, setBy] = useState('')
  const clockOf = (timeMs: number) => (timeZone ? formatClock(timeMs, timeZone) : '')
  return (
    <>
      <p className="handover-note">{shift.note === '' ? sayIncident('shift.noteNone') : shift.note}</p>
      <p>{sayIncident('shift.given', { who: shift.handedOverBy, time: clockOf(shift.handedOverMs) })}</p>
      {shift.takenBy === undefined ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void acts.say({ kind: 'shift', act: 'take', shift: shift.id }, by)
          }}
        >
          <p className="quiet">{sayIncident('shift.untaken')}</p>
          <NameLine
            label={sayIncident('shift.takenBy')}
            name={by}
            setName={setBy}
            act={sayIncident('shift.take')}
            isBusy={acts.isBusy}
          />
        </form>
      ) : (
        <p role="status">
          {sayIncident('shift.taken', { who: shift.takenBy, time: clockOf(shift.takenMs ?? 0) })}
        </p>
      )}
    </>
  )
}

interface NameLineProps {
  readonly label: string
  readonly name: string
  readonly act: string
  readonly isBusy: boolean
  setName(name: string): void
}

function NameLine({ label, name, act, isBusy, setName }: NameLineProps) {
  return (
    <div className="handover-name">
      <label>
        {label}
        <input
          value={name}
          maxLength={80}
          required
          pattern=".*\S.*"
          placeholder={sayDesk('desk.whoHint')}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className="strong" disabled={isBusy}>
        {act}
      </button>
    </div>
  )
}
