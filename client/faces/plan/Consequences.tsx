/**
 * What an edit comes to, and how sure that is: pairs of runs under other dice and demand. Each measure with both values, the
 * difference with its interval, and whether that is good; and in which districts trips grow longer or shorter.
 */
import { useState } from 'react'
import type { City } from '../../../twin/city.ts'
import type { EnsembleState } from '../../../twin/protocol/messages.ts'
import { outcomes, type Outcome } from '../../../twin/scenario/outcome.ts'
import { formatNumber } from '../../language/format.ts'
import { sayPlan } from '../../language/planWords.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import { IntervalMark } from './IntervalMark.tsx'
import { formatOutcome, formatOutcomeChange } from './outcomeWords.ts'
import { PreliminaryPart } from './preliminary/PreliminaryPart.tsx'
import { TripChangesList } from './TripChangesList.tsx'
import type { Measuring } from './useEnsemble.ts'
import type { Scenario } from './useScenario.ts'
import { verdictOf } from './verdict.ts'

const MEMBERS = [1, 5, 10, 20]

export function Consequences({ scenario, measuring }: { scenario: Scenario; measuring: Measuring }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const [members, setMembers] = useState(5)
  const isGoing = measuring.state?.state === 'queued' || measuring.state?.state === 'running'
  const isLive = useStore(live.store, ({ connection }) => connection.state === 'live')
  const isOf = measuring.state !== undefined && !measuring.isOld
  const said = new Set(isOf ? measuring.state?.outcomes.map(({ id }) => id) : [])
  return (
    <section className="stack consequences" aria-label={sayPlan('sure.title')}>
      <h2>{sayPlan('sure.title')}</h2>
      <div className="row">
        <label className="grow">
          <span className="unseen">{sayPlan('sure.pairs')}</span>
          <select value={members} onChange={({ target }) => setMembers(Number(target.value))}>
            {MEMBERS.map((count) => (
              <option key={count} value={count}>
                {sayPlan('sure.pairsOf', { n: count })}
              </option>
            ))}
          </select>
        </label>
        {isGoing ? (
          <button type="button" className="push" onClick={measuring.stop}>
            {sayPlan('sure.stop')}
          </button>
        ) : (
          <button
            type="button"
            className="strong push"
            disabled={!isLive || scenario.history.edits.length === 0}
            onClick={() => measuring.start(members)}
          >
            {sayPlan('sure.start')}
          </button>
        )}
      </div>
      {measuring.error !== undefined && (
        <p role="alert">{sayPlan('sure.failed', { why: measuring.error })}</p>
      )}
      <PreliminaryPart said={said} edits={scenario.history.edits} city={city} />
      {measuring.state && <Measured state={measuring.state} isOld={measuring.isOld} city={city} />}
    </section>
  )
}

function Measured({ state, isOld, city }: { state: EnsembleState; isOld: boolean; city: City | undefined }) {
  const label =
    state.state === 'queued'
      ? sayPlan('sure.queued', { ahead: state.ahead })
      : sayPlan(`sure.${state.state}`, { pairs: state.pairs, members: state.members })
  return (
    <>
      <div>
        <progress max={1} value={state.share} aria-label={label} />
        <small role="status">{label}</small>
        {isOld && <small className="old-result">{sayPlan('sure.isOld')}</small>}
      </div>
      {state.outcomes.length > 0 && (
        <ul className="plain outcomes">
          {outcomes.map((outcome) => {
            const found = state.outcomes.find(({ id }) => id === outcome.id)
            return found && <OutcomeRow key={outcome.id} outcome={outcome} found={found} />
          })}
        </ul>
      )}
      {state.trips && <TripChangesList trips={state.trips} city={city} />}
      {state.pairs > 0 && <small>{sayPlan('sure.holds', { pairs: formatNumber(state.pairs) })}</small>}
    </>
  )
}

function OutcomeRow({ outcome, found }: { outcome: Outcome; found: EnsembleState['outcomes'][number] }) {
  const { base, edited, difference, interval, isClear } = found
  const verdict = verdictOf(outcome, difference, isClear || interval === undefined)
  const change = (value: number) => formatOutcomeChange(value, outcome.unit)
  return (
    <li>
      <span>{sayPlan(`outcome.${outcome.id}` as 'outcome.vehicleHours')}</span>
      <b>{change(difference)}</b>
      <small>
        {sayPlan('sure.values', {
          base: formatOutcome(base, outcome.unit),
          edited: formatOutcome(edited, outcome.unit),
        })}
      </small>
      <small className="verdict">{sayPlan(`verdict.${verdict}`)}</small>
      {interval && (
        <>
          <small>{sayPlan('sure.interval', { low: change(interval[0]), high: change(interval[1]) })}</small>
          <IntervalMark interval={interval} difference={difference} verdict={verdict} />
        </>
      )}
    </li>
  )
}
