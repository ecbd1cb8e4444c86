/**
 * The handover of a shift as a page of its own (`/desk?handover`): what the next desk must know, signed by who goes and who comes. It
 * prints, and replays the shift in 60 seconds on the desk's map.
 */
import { useEffect, useRef, useState } from 'react'
import type { Shift } from '../../../../twin/desk/shift.ts'
import { formatClock, formatDay } from '../../../language/format.ts'
import { sayIncident } from '../../../language/incidentWords.ts'
import { ExerciseWord, useMode } from '../../../shell/Exercise.tsx'
import { getShifts } from '../../../shell/incidents/deskAnswers.ts'
import { useDeskAnswer } from '../../../shell/incidents/useDeskAnswer.ts'
import { graveMarks } from '../../../shell/past/pastMarks.ts'
import { usePast } from '../../../shell/past/usePast.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import { Statistics } from '../Statistics.tsx'
import type { Desk } from '../useDesk.ts'
import { HandoverActs } from './HandoverActs.tsx'
import { HandoverAlarms } from './HandoverAlarms.tsx'
import { HandoverIncidents } from './HandoverIncidents.tsx'
import { HandoverSign } from './HandoverSign.tsx'
import { incidentsIn, lastEndMs, lengths, spanOf, type Length, type Span } from './shiftSpan.ts'
import './handover.css'

const MINUTE_MS = 60_000

export function Handover({ desk, id }: { desk: Desk; id: string }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const name = useStore(live.store, ({ info }) => info?.name)
  // whole minutes are enough, and ask nothing anew each second
  const nowMs = useStore(live.store, ({ clock }) => clock && Math.ceil(clock.timeMs / MINUTE_MS) * MINUTE_MS)
  const mode = useMode(live)
  const { value: shifts = [] } = useDeskAnswer(getShifts)
  const [length, setLength] = useState<Length>('last')
  const title = useRef<HTMLHeadingElement>(null)
  // the page of the present is about the present
  const past = usePast(live)
  useEffect(() => {
    if (live.store.get().replay !== undefined) past?.playback.goLive()
    title.current?.focus()
    // once, when the page opens
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the playback is the page's one
  }, [])
  if (!timeZone || nowMs === undefined) return null
  const shift = shifts.find((one) => one.id === id)
  const span: Span = shift ?? spanOf(length, shifts, nowMs)
  const { open, cleared } = incidentsIn(desk.incidents, span)
  const clockOf = (timeMs: number) => `${formatDay(timeMs, timeZone)} ${formatClock(timeMs, timeZone)}`
  const replay = () => {
    const found = [...open, ...cleared].map(({ foundMs }) => ({ timeMs: foundMs }))
    const stops = [...graveMarks(past?.marks, past?.span), ...found].sort((a, b) => a.timeMs - b.timeMs)
    live.store.setView({ handover: undefined })
    past?.playback.shift(stops, [span.fromMs, span.toMs])
  }
  return (
    <section
      className="handover"
      data-mode={mode}
      aria-labelledby="handover-title"
      onKeyDown={(event) => {
        // what is being written is not left by a key
        if (event.key === 'Escape' && !(event.target instanceof HTMLTextAreaElement))
          live.store.setView({ handover: undefined })
      }}
    >
      <header>
        <ExerciseWord withReason />
        <h1 id="handover-title" ref={title} tabIndex={-1}>
          {sayIncident('shift.title')} · {name}
        </h1>
        <p>{sayIncident('shift.fromTo', { from: clockOf(span.fromMs), to: clockOf(span.toMs) })}</p>
        <div className="row handover-acts">
          <button type="button" onClick={() => live.store.setView({ handover: undefined })}>
            {sayIncident('shift.back')}
          </button>
          {past && (
            <button type="button" onClick={replay}>
              {sayIncident('shift.replay')}
            </button>
          )}
          <button type="button" onClick={() => print()}>
            {sayIncident('shift.print')}
          </button>
          {shift === undefined && (
            <Lengths length={length} setLength={setLength} hasLast={lastEndMs(shifts, nowMs) !== undefined} />
          )}
        </div>
      </header>
      <HandoverIncidents title={sayIncident('shift.incidents')} incidents={open} city={desk.city} withLog />
      {cleared.length > 0 && (
        <HandoverIncidents title={sayIncident('shift.cleared')} incidents={cleared} city={desk.city} />
      )}
      {shift === undefined && <HandoverAlarms alarms={desk.alarms} city={desk.city} />}
      <HandoverActs span={span} desk={desk} />
      {shift === undefined && <Statistics />}
      <HandoverSign shift={shift} span={span} acts={desk.acts} who={desk.alarmActs.who} />
      <Earlier shifts={shifts} id={id} clockOf={clockOf} />
    </section>
  )
}

interface LengthsProps {
  readonly length: Length
  readonly hasLast: boolean
  setLength(length: Length): void
}

function Lengths({ length, hasLast, setLength }: LengthsProps) {
  const nameOf = (one: Length) =>
    one === 'last' ? sayIncident('shift.sinceLast') : sayIncident('shift.hours', { n: one })
  // without one before it, a shift is as long as most are
  const shown = length === 'last' && !hasLast ? 8 : length
  return (
    <label className="handover-length">
      {sayIncident('shift.length')}
      <select
        value={shown}
        onChange={({ target }) => setLength(lengths.find((one) => String(one) === target.value) ?? 'last')}
      >
        {lengths
          .filter((one) => one !== 'last' || hasLast)
          .map((one) => (
            <option key={one} value={one}>
              {nameOf(one)}
            </option>
          ))}
      </select>
    </label>
  )
}

interface EarlierProps {
  readonly shifts: readonly Shift[]
  readonly id: string
  clockOf(timeMs: number): string
}

function Earlier({ shifts, id, clockOf }: EarlierProps) {
  const { live } = useShell()
  const go = (handover: string) => live.store.setView({ handover })
  if (shifts.length === 0) return null
  return (
    <section className="handover-earlier">
      <h2>{sayIncident('shift.earlier')}</h2>
      <ul className="plain entries">
        {id !== '' && (
          <li className="entry">
            <button type="button" className="link" onClick={() => go('')}>
              {sayIncident('shift.present')}
            </button>
          </li>
        )}
        {shifts.map((shift) => (
          <li key={shift.id} className="entry" aria-current={shift.id === id ? 'page' : undefined}>
            <button type="button" className="link" onClick={() => go(shift.id)}>
              {sayIncident('shift.given', { who: shift.handedOverBy, time: clockOf(shift.handedOverMs) })}
            </button>
            <small>
              {shift.takenBy === undefined
                ? sayIncident('shift.untaken')
                : sayIncident('shift.taken', { who: shift.takenBy, time: clockOf(shift.takenMs ?? 0) })}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
