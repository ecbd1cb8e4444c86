/** What an edit does: four numbers, one a domain, edited against untouched; and which of the twins the map shows. */
import { domainIds, type DomainId } from '../../../twin/domains.ts'
import { TICKS_PER_S } from '../../../twin/kernel/clock.ts'
import { provenanceOf, simulatedFrom } from '../../../twin/kernel/provenance.ts'
import { indicators, type Indicator, type IndicatorId } from '../../../twin/objectives/indicators.ts'
import type { ScenarioState } from '../../../twin/protocol/messages.ts'
import { formatDuration, formatNumber, formatSeconds, formatUnit, withSign } from '../../language/format.ts'
import { say } from '../../language/language.ts'
import { Provenance } from '../../layers/Provenance.tsx'
import type { Scenario, Side } from './useScenario.ts'

/** The number that stands for each domain. */
const numberOf: Readonly<Record<DomainId, IndicatorId>> = {
  traffic: 'queuedVehicles',
  power: 'customersOut',
  transit: 'meanDelayS',
  reports: 'openRequests',
}
const sides: readonly Side[] = ['difference', 'edited', 'base', 'live']

export function Differences({ scenario }: { scenario: Scenario }) {
  const { run, isStarting, side } = scenario
  if (isStarting) return <p role="status">{say('scenario.starting')}</p>
  if (!run) return null
  return (
    <section className="stack differences" aria-label={say('scenario.differences')}>
      <div className="row">
        <h2>{say('scenario.differences')}</h2>
        <button type="button" className="push" onClick={scenario.leave}>
          {say('blackout.reset')}
        </button>
      </div>
      <RunState run={run} />
      <div className="row sides" role="group" aria-label={say('scenario.shown')}>
        {sides.map((other) => (
          <button
            key={other}
            type="button"
            aria-pressed={side === other}
            onClick={() => scenario.show(other)}
          >
            {say(`scenario.side.${other}`)}
          </button>
        ))}
      </div>
      <div aria-live="polite">
        {domainIds.map((id) => (
          <Difference key={id} id={numberOf[id]} run={run} />
        ))}
      </div>
      <RunOrigin run={run} />
    </section>
  )
}

/** Both twins are the model's alone, whatever side the map shows. */
function RunOrigin({ run: { id, doneS, comparison } }: { run: ScenarioState }) {
  if (comparison === undefined) return null
  const provenance = { ...provenanceOf(simulatedFrom()), observedTick: comparison.tick }
  const tick = Math.max(comparison.tick, doneS * TICKS_PER_S)
  return (
    <small>
      <Provenance
        of={{ provenance, tick, showing: { kind: 'run', run: id }, info: undefined }}
        what={say('scenario.differences')}
      />
    </small>
  )
}

function RunState({ run }: { run: ScenarioState }) {
  const label =
    run.state === 'queued'
      ? say('blackout.queued', { ahead: run.ahead })
      : say(`scenario.state.${run.state}`, {
          done: formatDuration(run.doneS),
          horizon: formatDuration(run.horizonS),
        })
  return (
    <div>
      <progress max={run.horizonS} value={run.doneS} aria-label={label} />
      <small>{label}</small>
    </div>
  )
}

function Difference({ id, run }: { id: IndicatorId; run: ScenarioState }) {
  const pair = run.comparison?.indicators.find((indicator) => indicator.id === id)
  const indicator: Indicator | undefined = indicators.find((candidate) => candidate.id === id)
  if (!indicator) return null
  if (!pair) {
    return (
      <div className="difference">
        <span>{say(`indicator.${id}`)}</span>
        <b>–</b>
      </div>
    )
  }
  // whole, so that the difference is that of the two numbers that are read
  const [base, edited] = [pair.base, pair.edited].map(Math.round)
  return (
    <div className="difference">
      <span>{say(`indicator.${id}`)}</span>
      <b>{changeOf(edited - base, indicator)}</b>
      <span>{verdictOf(edited - base, indicator)}</span>
      <small>
        {say('scenario.against', {
          edited: valueOf(edited, indicator),
          base: valueOf(base, indicator),
        })}
      </small>
    </div>
  )
}

function valueOf(value: number, { unit }: Indicator): string {
  return unit === 's' ? formatSeconds(value) : formatUnit(value, unit)
}

function changeOf(difference: number, { unit }: Indicator): string {
  return withSign(difference, unit === 's' ? formatSeconds : formatNumber)
}

/** Direction in a word and an arrow, never by colour alone. */
function verdictOf(difference: number, indicator: Indicator): string {
  if (changeOf(difference, indicator) === changeOf(0, indicator)) return say('scenario.same')
  const arrow = difference > 0 ? '↑' : '↓'
  if (indicator.worseWhen === undefined) return arrow
  const isWorse = difference > 0 === (indicator.worseWhen === 'higher')
  return `${arrow} ${say(isWorse ? 'scenario.worse' : 'scenario.better')}`
}
