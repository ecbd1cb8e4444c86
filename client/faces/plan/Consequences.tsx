/**
 * What an edit comes to, and how sure that is: pairs of runs under other dice and demand. Each measure with both values, the
 * difference with its interval, and whether that is good; and in which districts trips grow longer or shorter.
 */
import { useState } from 'react'
import type { City } from '../../../twin/city.ts'
import type { EnsembleState } from '../../../twin/protocol/messages.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { outcomes } from '../../../twin/scenario/outcome.ts'
import { sayPlan } from '../../language/planWords.ts'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import './why/why.css'
import { formatOutcome, formatOutcomeChange, readDifference } from './outcomeWords.ts'
import { PreliminaryPart } from './preliminary/PreliminaryPart.tsx'
import { wordsOfFault } from './reasonWords.ts'
import { SuretyRow } from './SuretyRow.tsx'
import { wordsOfProgress, wordsOfSurety } from './suretyWords.ts'
import { TripChangesList } from './TripChangesList.tsx'
import type { Measuring } from './useEnsemble.ts'
import type { Scenario } from './useScenario.ts'
import { CostBenefit } from './why/CostBenefit.tsx'
import { ReachList } from './why/ReachList.tsx'
import { Why } from './why/Why.tsx'

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
                {sayPlan(count === 1 ? 'sure.pairsOf.one' : 'sure.pairsOf', { n: count })}
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
      {measuring.fault && (
        <p role="alert">{wordsOfFault(measuring.fault, city, (why) => sayPlan('sure.failed', { why }))}</p>
      )}
      <PreliminaryPart said={said} edits={scenario.history.edits} city={city} />
      {measuring.state && (
        <Measured
          state={measuring.state}
          isOld={measuring.isOld}
          city={city}
          edits={scenario.history.edits}
          horizonS={scenario.horizonS}
        />
      )}
    </section>
  )
}

interface MeasuredProps {
  readonly state: EnsembleState
  readonly isOld: boolean
  readonly city: City | undefined
  readonly edits: readonly ScenarioEdit[]
  readonly horizonS: number
}

function Measured({ state, isOld, city, edits, horizonS }: MeasuredProps) {
  const label = wordsOfProgress(state)
  return (
    <>
      <div>
        {label !== '' && (
          <>
            <progress max={1} value={state.share} aria-label={label} />
            <small role="status">{label}</small>
          </>
        )}
        {isOld && <small className="old-result">{sayPlan('sure.isOld')}</small>}
      </div>
      {state.outcomes.length > 0 && (
        <ul className="plain outcomes">
          {outcomes.map((outcome) => {
            const found = state.outcomes.find(({ id }) => id === outcome.id)
            const change = (value: number) => formatOutcomeChange(value, outcome.unit)
            const title = sayPlan(`outcome.${outcome.id}`)
            return (
              found && (
                <SuretyRow
                  key={outcome.id}
                  title={title}
                  surety={{ ...found, difference: readDifference(found, outcome.unit) }}
                  worseWhen={outcome.worseWhen}
                  format={(value) => formatOutcome(value, outcome.unit)}
                  formatChange={change}
                >
                  <Why
                    causes={state.causes}
                    measure={{ id: outcome.id, title, change: change(readDifference(found, outcome.unit)) }}
                    city={city}
                    edits={edits}
                  />
                </SuretyRow>
              )
            )
          })}
        </ul>
      )}
      {state.reach && <ReachList state={state} />}
      {state.trips && <TripChangesList trips={state.trips} city={city} />}
      {state.pairs > 0 && city && <CostBenefit state={state} city={city} edits={edits} horizonS={horizonS} />}
      {state.pairs > 0 && <small>{wordsOfSurety(state.pairs)}</small>}
    </>
  )
}
