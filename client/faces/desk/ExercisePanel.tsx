/** Starts an exercise on the simulated city, and ends it. */
import { useState } from 'react'
import type { ExerciseAct } from '../../../twin/protocol/messages.ts'
import { sayDesk } from '../../language/deskWords.ts'
import { formatClock, formatDuration } from '../../language/format.ts'
import { focusList } from './DeskList.tsx'
import { ALARMS } from './lists.ts'
import { getAlarmFacts } from '../../shell/api.ts'
import { substationToFail } from '../../shell/blackoutPlaces.ts'
import { Dialog } from '../../shell/Dialog.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { usePolled } from '../../shell/usePolled.ts'
import { useStore } from '../../state/store.ts'

/** Milliseconds. */
const ASK_MS = 5000
const SPANS_S = [300, 900, 1800, 3600] as const

export function ExercisePanel() {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const timeMs = useStore(live.store, ({ clock }) => clock?.timeMs ?? 0)
  const [isOpen, setOpen] = useState(false)
  // others may have begun or ended it
  const { value } = usePolled(getAlarmFacts, ASK_MS)
  const [said, setSaid] = useState<{ untilMs: number; over: unknown }>()
  const untilMs = said !== undefined && said.over === value ? said.untilMs : (value?.exerciseUntilMs ?? 0)
  const [error, setError] = useState<string>()
  const say = (act: ExerciseAct) =>
    void live.source.exercise(act).then((reply) => {
      setError(reply.ok ? undefined : reply.error)
      // until the server is asked anew
      if (!reply.ok) return
      setSaid({ untilMs: reply.untilMs, over: value })
      // the button that was pressed is another now, and what comes stands in the list
      focusList(ALARMS)
    })
  if (city?.grid === undefined || city.grid.substations.name.length === 0) return null
  return (
    <div className="row">
      {untilMs > timeMs ? (
        <>
          <button type="button" onClick={() => say({ act: 'end' })}>
            {sayDesk('exercise.end')}
          </button>
          <span className="quiet">
            {sayDesk('exercise.until', { time: formatClock(untilMs, city.info.timeZone) })}
          </span>
        </>
      ) : (
        <button type="button" onClick={() => setOpen(true)}>
          {sayDesk('exercise.start')}
        </button>
      )}
      {error !== undefined && <span role="alert">{sayDesk('act.failed', { why: error })}</span>}
      {isOpen && (
        <Dialog title={sayDesk('mode.exercise')} onClose={() => setOpen(false)}>
          <ExerciseForm
            names={city.grid.substations.name}
            first={substationToFail(city, live.mirror) ?? 0}
            onStart={(substation, forS) => {
              say({
                act: 'start',
                failure: { kind: 'setSubstationInService', substation, isInService: false },
                forS,
              })
            }}
          />
        </Dialog>
      )}
    </div>
  )
}

interface ExerciseFormProps {
  readonly names: readonly string[]
  readonly first: number
  onStart(substation: number, forS: number): void
}

function ExerciseForm({ names, first, onStart }: ExerciseFormProps) {
  const [substation, setSubstation] = useState(first)
  const [forS, setForS] = useState<number>(SPANS_S[1])
  return (
    <form method="dialog" className="stack" onSubmit={() => onStart(substation, forS)}>
      <p>{sayDesk('exercise.describe')}</p>
      <label>
        {sayDesk('exercise.what')}
        <select value={substation} onChange={(event) => setSubstation(Number(event.target.value))}>
          {names.map((name, row) => (
            <option key={row} value={row}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {sayDesk('exercise.forS')}
        <select value={forS} onChange={(event) => setForS(Number(event.target.value))}>
          {SPANS_S.map((spanS) => (
            <option key={spanS} value={spanS}>
              {formatDuration(spanS)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="strong">
        {sayDesk('exercise.begin')}
      </button>
    </form>
  )
}
