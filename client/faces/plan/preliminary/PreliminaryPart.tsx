/**
 * What the edits come to at once, before any run: measures of the static first answer, each marked preliminary until the runs say
 * the same measure; and what it does not hold, and how often it was right.
 */
import type { City } from '../../../../twin/city.ts'
import type { Preliminary } from '../../../../twin/protocol/messages.ts'
import { agreement } from '../../../../twin/scenario/preliminary/agreement.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import { outcomes, type Outcome } from '../../../../twin/scenario/outcome.ts'
import { formatNumber } from '../../../language/format.ts'
import { sayPlan } from '../../../language/planWords.ts'
import { sayFirst } from '../../../language/preliminaryWords.ts'
import { clockOf } from '../../../shell/lateHour.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import { verdictOf } from '../verdict.ts'
import { wordsOfEdit } from '../editWords.ts'
import { formatOutcome, formatOutcomeChange, readDifference } from '../outcomeWords.ts'
import { wordsOfReason } from '../reasonWords.ts'
import './preliminary.css'

interface PreliminaryPartProps {
  readonly edits: readonly ScenarioEdit[]
  readonly city: City | undefined
  /** Measures that runs of the same edits have said by now. */
  readonly said: ReadonlySet<string>
}

export function PreliminaryPart({ said, edits, city }: PreliminaryPartProps) {
  const { live } = useShell()
  const reply = useStore(live.store, ({ preliminary }) => preliminary)
  if (reply?.ok === false) return <p className="small">{sayFirst('failed', { why: reply.error })}</p>
  if (reply === undefined)
    return (
      <p className="quiet small" role="status">
        {sayFirst('making')}
      </p>
    )
  const { answer } = reply
  const measures = answer.measures.filter(({ id }) => !said.has(id))
  return (
    <section className="stack preliminary" aria-label={sayFirst('title')}>
      <p className="row">
        <b className="preliminary-mark">{sayFirst('mark')}</b>
        <small role="status">{sayFirst('in', { s: formatNumber(answer.seconds, 2) })}</small>
      </p>
      {measures.length > 0 && (
        <ul className="plain outcomes">
          {measures.map((measure) => {
            const outcome = outcomes.find(({ id }) => id === measure.id)
            return outcome && <MeasureRow key={measure.id} outcome={outcome} measure={measure} />
          })}
        </ul>
      )}
      <Holds answer={answer} edits={edits} city={city} />
    </section>
  )
}

function MeasureRow({ outcome, measure }: { outcome: Outcome; measure: Preliminary['measures'][number] }) {
  const { base, edited, isClear } = measure
  const difference = readDifference(measure, outcome.unit)
  const change = (value: number) => formatOutcomeChange(value, outcome.unit)
  const verdict = verdictOf(outcome, difference, isClear, change)
  return (
    <li>
      <span>{sayPlan(`outcome.${outcome.id}` as 'outcome.vehicleHours')}</span>
      <b>≈ {change(difference)}</b>
      <small>
        {sayPlan('sure.values', {
          base: formatOutcome(base, outcome.unit),
          edited: formatOutcome(edited, outcome.unit),
        })}
      </small>
      <small className="verdict">{sayPlan(`verdict.${verdict}`)}</small>
    </li>
  )
}

/** What it is of, and what it is not. */
function Holds({
  answer,
  edits,
  city,
}: {
  answer: Preliminary
  edits: readonly ScenarioEdit[]
  city: City | undefined
}) {
  const { hour, share, withoutWayVph, isDemandEdited, leftOut } = answer
  const named = (id: string) => {
    const edit = edits.find((each) => each.id === id)
    return edit === undefined ? id : wordsOfEdit(edit, city)
  }
  return (
    <ul className="plain small preliminary-holds">
      <li>{sayFirst(isDemandEdited ? 'demandEdited' : 'demandHeld')}</li>
      <li>{sayFirst('holds', { hour: clockOf(hour * 3600) })}</li>
      {share < 1 && <li>{sayFirst('share', { share: formatNumber(share * 100) })}</li>}
      {withoutWayVph >= 0.5 && <li>{sayFirst('withoutWay', { n: formatNumber(withoutWayVph) })}</li>}
      {(['notJudged', 'busesNotJudged'] as const).map((why) => {
        const left = leftOut.filter((each) => each.why === why)
        if (left.length === 0) return null
        return <li key={why}>{sayFirst(why, { edits: left.map(({ id }) => named(id)).join(', ') })}</li>
      })}
      {leftOut.map((each) =>
        each.why === 'refused' ? (
          <li key={each.id}>
            {sayFirst('refused', { edit: named(each.id), why: wordsOfReason(each.refusal, city) })}
          </li>
        ) : null,
      )}
      {agreement.of > 0 && (
        <li>
          {sayFirst('agreed', {
            agreed: formatNumber(agreement.agreed),
            of: formatNumber(agreement.of),
            edits: formatNumber(agreement.edits),
            date: agreement.date,
          })}
        </li>
      )}
    </ul>
  )
}
