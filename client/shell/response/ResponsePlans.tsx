/** What could be done about an incident: candidate plans, run as forks and ranked by what they come to. */
import type { PlanState, ResponseState } from '../../../twin/protocol/responseMessages.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import type { PlannedIncident } from '../../../twin/scenario/response/incident.ts'
import { planMeasures, type PlanMeasure } from '../../../twin/scenario/response/measures.ts'
import { formatPercent, formatSigned } from '../../language/format.ts'
import { sayResponse } from '../../language/responseWords.ts'
import { useShell } from '../shellContext.ts'
import './response.css'
import { useResponse } from './useResponse.ts'

export interface ResponsePlansProps {
  readonly incident: PlannedIncident
  /** What one does with a plan, and in which words. */
  readonly tryWords: string
  readonly onTry: (edits: readonly ScenarioEdit[]) => void
}

export function ResponsePlans({ incident, tryWords, onTry }: ResponsePlansProps) {
  const { live } = useShell()
  const asked = useResponse(live, incident)
  const { state, error } = asked
  const isGoing = state?.state === 'queued' || state?.state === 'running'
  return (
    <section className="stack response" aria-label={sayResponse('response.title')}>
      <div className="row">
        <h3>{sayResponse('response.title')}</h3>
        <button type="button" className="push" onClick={isGoing ? asked.stop : asked.start}>
          {sayResponse(isGoing ? 'response.stop' : 'response.find')}
        </button>
      </div>
      {error !== undefined && <p role="alert">{sayResponse('response.failed', { why: error })}</p>}
      {state && (
        <>
          <Progress state={state} />
          <ol className="plain entries">
            {state.plans.map((plan, place) => (
              <Plan
                key={plan.id}
                plan={plan}
                first={state.measure}
                isBest={place === 0 && plan.runs > 0}
                tryWords={tryWords}
                onTry={onTry}
              />
            ))}
          </ol>
          {state.plans.length === 1 && <p className="quiet small">{sayResponse('response.none')}</p>}
          <small>{sayResponse('response.ran', { members: state.members })}</small>
        </>
      )}
    </section>
  )
}

function Progress({ state: { state, share } }: { state: ResponseState }) {
  if (state === 'done' || state === 'failed') return null
  const words =
    state === 'running'
      ? sayResponse('response.running', { percent: formatPercent(share) })
      : sayResponse(state === 'queued' ? 'response.queued' : 'response.stopped')
  return (
    <div>
      {state !== 'stopped' && <progress max={1} value={share} aria-label={words} />}
      <small role="status">{words}</small>
    </div>
  )
}

interface PlanProps extends Pick<ResponsePlansProps, 'tryWords' | 'onTry'> {
  readonly plan: PlanState
  readonly first: PlanMeasure
  readonly isBest: boolean
}

function Plan({ plan, first, isBest, tryWords, onTry }: PlanProps) {
  const { id, edits, against } = plan
  const order = [first, ...planMeasures.filter((measure) => measure !== first)]
  return (
    <li className="entry response-plan">
      <div>
        <b>{sayResponse(`plan.${id}`)}</b>{' '}
        <small>
          {[
            ...(edits.length > 0
              ? [sayResponse(edits.length === 1 ? 'response.acts.one' : 'response.acts', { n: edits.length })]
              : []),
            ...(isBest ? [sayResponse('response.best')] : []),
          ].join(' · ')}
        </small>
        {id !== 'nothing' && (
          <ul className="plain small">
            {against === undefined ? (
              <li className="quiet">{sayResponse('response.waits')}</li>
            ) : (
              order.map((measure) => <Against key={measure} measure={measure} of={against[measure]} />)
            )}
          </ul>
        )}
      </div>
      {edits.length > 0 && (
        <button type="button" onClick={() => onTry(edits)}>
          {tryWords}
        </button>
      )}
    </li>
  )
}

function Against({
  measure,
  of: { difference, interval, isClear },
}: {
  measure: PlanMeasure
  of: NonNullable<PlanState['against']>[PlanMeasure]
}) {
  const words = (value: number) =>
    sayResponse(`measure.${measure}`, { n: formatSigned(value, measure === 'customerMinutesOut' ? 0 : 1) })
  return (
    <li>
      {words(difference)}
      {interval && (
        <small>
          {' '}
          {sayResponse('response.interval', { low: words(interval[0]), high: words(interval[1]) })}
          {!isClear && ` · ${sayResponse('response.unclear')}`}
        </small>
      )}
    </li>
  )
}
