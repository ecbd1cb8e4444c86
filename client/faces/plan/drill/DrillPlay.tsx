/** The ten minutes: the clock, what is dark, what was done, and what can be done next. */
import type { DrillState } from '../../../../twin/protocol/drillMessages.ts'
import type { DrillOffer } from '../../../../twin/scenario/drill/offers.ts'
import { ACT_S, crews, DRILL_AT_S } from '../../../../twin/scenario/drill/rules.ts'
import { savedOf } from '../../../../twin/scenario/drill/score.ts'
import { sayDrill } from '../../../language/drillWords.ts'
import { formatDuration, formatNumber, formatSigned } from '../../../language/format.ts'
import { say } from '../../../language/language.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { useStore } from '../../../state/store.ts'
import { wordsOfReason } from '../reasonWords.ts'
import { bringsOf, wordsOfAct, wordsOfOffer } from './actWords.ts'
import type { PlayedDrill } from './useDrill.ts'

/** As `paces` of the messages has them. */
const PACES = [0, 1, 6, 30, 1000] as const

interface PlayProps {
  readonly state: DrillState
  readonly drill: PlayedDrill
}

export function DrillPlay({ state, drill }: PlayProps) {
  const { live } = useShell()
  const city = useStore(live.store, (page) => page.city)
  const leftS = Math.max(0, ACT_S - state.doneS)
  const thing = city?.grid?.substations.name[state.substation] || say('thing.substation')
  return (
    <>
      <p className="drill-clock">
        <b role="timer" aria-label={sayDrill('drill.left')}>
          {minutes(leftS)}
        </b>
        <span>
          {sayDrill('drill.left')} <small>{clockAt(state.doneS)}</small>
        </span>
      </p>
      <progress max={ACT_S} value={leftS} aria-label={sayDrill('drill.left')} />
      <div className="row drill-paces" role="group" aria-label={sayDrill('drill.pace')}>
        {PACES.map((pace) => (
          <button
            key={pace}
            type="button"
            aria-pressed={state.pace === pace}
            onClick={() => drill.setPace(pace)}
          >
            {sayDrill(`drill.pace.${pace}`)}
          </button>
        ))}
      </div>
      <p>{sayDrill('drill.loss', { thing, n: formatNumber(state.customersOut.base) })}</p>
      <Numbers state={state} />
      <h3>{sayDrill('drill.act')}</h3>
      <Offers state={state} drill={drill} />
      <h3>{sayDrill('drill.done')}</h3>
      <Done state={state} drill={drill} />
    </>
  )
}

function Numbers({ state: { customersOut, score } }: { state: DrillState }) {
  const saved = savedOf(score)
  return (
    <dl className="drill-numbers">
      <dt>{sayDrill('drill.now')}</dt>
      <dd>
        <b>{formatNumber(customersOut.played)}</b>{' '}
        <small>{sayDrill('drill.nothing', { n: formatNumber(customersOut.base) })}</small>
      </dd>
      <dt>{sayDrill('drill.customerMinutes')}</dt>
      <dd>
        <b>{formatSigned(-saved.customerMinutes)}</b>
      </dd>
      <dt>{sayDrill('drill.vehicleHours')}</dt>
      <dd>
        <b>{formatSigned(-saved.vehicleHours, 1)}</b>
      </dd>
    </dl>
  )
}

function Offers({ state, drill }: PlayProps) {
  const { offers } = state
  if (offers.length === 0) return <p className="quiet small">{sayDrill('drill.nothingLeft')}</p>
  return crews.map((crew) => {
    const ofCrew = offers.filter((offer) => offer.crew === crew)
    if (ofCrew.length === 0) return null
    return (
      <section key={crew} aria-label={sayDrill(`crew.${crew}`)}>
        <h4>{sayDrill(`crew.${crew}`)}</h4>
        <ul className="plain drill-offers">
          {ofCrew.map((offer) => (
            <Offer key={JSON.stringify(offer.edits)} offer={offer} onAct={() => drill.act(offer)} />
          ))}
        </ul>
      </section>
    )
  })
}

/** What is not possible stays in the list and says why; it takes the focus, so that it is read. */
function Offer({ offer, onAct }: { offer: DrillOffer; onAct: () => void }) {
  const { live } = useShell()
  const city = useStore(live.store, (page) => page.city)
  const { refused, takesS } = offer
  const facts = refused
    ? [sayDrill('drill.refused', { why: wordsOfReason(refused, city) })]
    : [...bringsOf(offer), sayDrill('drill.takes', { time: formatDuration(takesS) })]
  return (
    <li>
      <button
        type="button"
        aria-disabled={refused !== undefined}
        onClick={() => refused === undefined && onAct()}
      >
        <span>{wordsOfOffer(offer, city)}</span>
        <small>{facts.join(' · ')}</small>
      </button>
    </li>
  )
}

export function Done({ state, drill }: { state: DrillState; drill?: PlayedDrill }) {
  const { live } = useShell()
  const city = useStore(live.store, (page) => page.city)
  if (state.work.length === 0) return <p className="quiet small">{sayDrill('drill.nothingDone')}</p>
  return (
    <ol className="plain entries drill-done">
      {state.work.map(({ edit, atS, fromS, untilS }) => {
        const act = wordsOfAct(edit, city)
        const stands =
          untilS !== undefined
            ? sayDrill('drill.undone', { time: clockAt(untilS) })
            : sayDrill(fromS > state.doneS ? 'drill.from' : 'drill.since', { time: clockAt(fromS) })
        return (
          <li key={edit.id} className="entry">
            <span>
              <time>{clockAt(atS)}</time> {act} <small>{stands}</small>
            </span>
            {drill && untilS === undefined && (
              <button
                type="button"
                className="bare"
                aria-label={sayDrill('drill.undo', { act })}
                onClick={() => drill.undo(edit.id)}
              >
                ↶
              </button>
            )}
          </li>
        )
      })}
    </ol>
  )
}

/** «18:12:40», so many seconds after the loss. */
function clockAt(doneS: number): string {
  const atS = DRILL_AT_S + Math.round(doneS)
  return `${Math.floor(atS / 3600)}:${two(Math.floor(atS / 60) % 60)}:${two(atS % 60)}`
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${two(whole % 60)}`
}

function two(value: number): string {
  return `${value}`.padStart(2, '0')
}
