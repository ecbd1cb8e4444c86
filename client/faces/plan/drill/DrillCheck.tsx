/** A score file is opened or dropped, played again, and true or not. */
import { useState } from 'react'
import type { Verdict } from '../../../../twin/scenario/drill/replay.ts'
import { WHOLE_S } from '../../../../twin/scenario/drill/rules.ts'
import { savedOf, type DrillScore } from '../../../../twin/scenario/drill/score.ts'
import { sayDrill } from '../../../language/drillWords.ts'
import { formatDuration, formatSigned } from '../../../language/format.ts'
import { whyOf } from '../../../shell/faultWords.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'

export function DrillCheck() {
  const { live } = useShell()
  const [id, setId] = useState<string>()
  const [refused, setRefused] = useState<string>()
  const [isOver, setOver] = useState(false)
  const state = useStore(live.store, ({ drillCheck }) => (drillCheck?.id === id ? drillCheck : undefined))
  const check = async (file: File | undefined) => {
    if (file === undefined) return
    const reply = await live.source.drill({ do: 'verify', file: await file.text() })
    setRefused(reply.ok ? undefined : whyOf(reply))
    setId(reply.ok ? reply.id : undefined)
  }
  const why = refused ?? state?.error
  return (
    <section
      className="stack drill-check"
      data-over={isOver}
      aria-label={sayDrill('check.title')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        void check(event.dataTransfer.files[0])
      }}
    >
      <label className="stack">
        <span>
          {sayDrill('check.choose')} <small>{sayDrill('check.drop')}</small>
        </span>
        <input
          type="file"
          accept="application/json,.json"
          onChange={({ target }) => void check(target.files?.[0])}
        />
      </label>
      <div role="status">
        {why !== undefined && <p>{sayDrill('check.failed', { why })}</p>}
        {state?.verdict && <Told verdict={state.verdict} />}
        {state && why === undefined && !state.verdict && (
          <>
            <small>
              {sayDrill('check.going', {
                done: formatDuration(state.doneS),
                whole: formatDuration(WHOLE_S),
              })}
            </small>
            <progress max={WHOLE_S} value={state.doneS} aria-label={sayDrill('check.title')} />
          </>
        )}
      </div>
    </section>
  )
}

function Told({ verdict: { isTrue, claimed, came, refused } }: { verdict: Verdict }) {
  return (
    <>
      <p>
        <b>{sayDrill(isTrue ? 'check.true' : 'check.false')}</b>
      </p>
      <p className="small">{sayDrill('check.claimed', savedWords(claimed))}</p>
      <p className="small">{sayDrill('check.came', savedWords(came))}</p>
      {refused.map((line) => (
        <p key={line} className="small">
          {line}
        </p>
      ))}
    </>
  )
}

function savedWords(score: DrillScore): { customers: string; hours: string } {
  const { customerMinutes, vehicleHours } = savedOf(score)
  return { customers: formatSigned(customerMinutes), hours: formatSigned(vehicleHours, 1) }
}
