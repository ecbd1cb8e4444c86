/** The blackout minute on screen: five captioned steps, each with its numbers against the untouched twin and its cause one click away. */
import { useEffect } from 'react'
import { indicators } from '../../twin/objectives/indicators.ts'
import { formatDuration, formatSigned, formatUnit } from '../language/format.ts'
import { say } from '../language/language.ts'
import { useStore } from '../state/store.ts'
import { blackoutSteps, isTold, stepRules, type BlackoutStep, type Outcome, type Pair } from './blackout.ts'
import { clockOf } from './lateHour.ts'
import { useShell } from './shellContext.ts'
import { useBlackout, type Blackout } from './useBlackout.ts'

export function BlackoutMinute({ onLeave }: { onLeave: () => void }) {
  const { live } = useShell()
  const blackout = useBlackout(live)
  const { phase, start } = blackout
  const isReady = useStore(live.store, (state) => state.city !== undefined && state.pulse > 0)
  useEffect(() => {
    if (phase === 'idle' && isReady) start()
  }, [isReady, phase, start])
  const leave = () => {
    blackout.reset()
    onLeave()
  }
  return (
    <section className="blackout stack" aria-label={say('blackout.title')}>
      <div className="row">
        <h2>{say('blackout.title')}</h2>
        <button type="button" className="push" onClick={leave}>
          {say('blackout.reset')}
        </button>
      </div>
      {phase === 'failed' && (
        <p role="alert">
          {say('blackout.failed', { why: blackout.error ?? '' })}{' '}
          <button type="button" className="link" onClick={start}>
            {say('blackout.again')}
          </button>
        </p>
      )}
      {(phase === 'idle' || phase === 'starting') && <p className="quiet">{say('blackout.starting')}</p>}
      {phase === 'running' && blackout.scenario?.state === 'queued' && (
        <p className="quiet">{say('blackout.queued', { ahead: blackout.scenario.ahead })}</p>
      )}
      {phase === 'running' && blackout.atS !== undefined && (
        <p className="quiet">{say('blackout.playedAt', { time: clockOf(blackout.atS) })}</p>
      )}
      {phase === 'running' && blackout.story && <Story blackout={blackout} />}
    </section>
  )
}

function Story({ blackout }: { blackout: Blackout }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const { story, scenario, substation, cause } = blackout
  if (!story) return null
  const step = blackoutSteps[story.step]
  const outcome = story.outcomes[story.step]
  const pair = blackout.pairs[stepRules[step].number]
  const place = city?.grid?.substations.name[substation ?? 0] || say('thing.substation')
  const isEnd = isTold(story)
  return (
    <>
      <Steps blackout={blackout} />
      <div aria-live="polite" className="stack">
        <h3>{`${story.step + 1}. ${say(`blackout.${step}.title`)}`}</h3>
        <p className="caption">{captionOf(step, outcome, pair, place)}</p>
      </div>
      <Numbers step={step} pair={pair} earlier={scenario?.comparison?.buses.earlier ?? 0} />
      <div className="row">
        {cause && (
          <button type="button" onClick={blackout.showCause}>
            {say(`blackout.${step}.cause`)}
          </button>
        )}
      </div>
      <Progress scenario={scenario} />
      <div className="row">
        <button type="button" disabled={story.step === 0} onClick={() => blackout.goTo(story.step - 1)}>
          {say('blackout.back')}
        </button>
        <button
          type="button"
          aria-pressed={story.isPaused}
          onClick={() => blackout.setPaused(!story.isPaused)}
        >
          {say(story.isPaused ? 'blackout.resume' : 'blackout.pause')}
        </button>
        <button
          type="button"
          disabled={story.step === blackoutSteps.length - 1}
          onClick={() => blackout.goTo(story.step + 1)}
        >
          {say('blackout.next')}
        </button>
      </div>
      {isEnd && <p className="quiet">{say('blackout.end')}</p>}
    </>
  )
}

function Steps({ blackout: { story, goTo } }: { blackout: Blackout }) {
  return (
    <nav className="steps" aria-label={say('blackout.steps')}>
      {blackoutSteps.map((step, i) => (
        <button
          key={step}
          type="button"
          data-state={story?.outcomes[i].state}
          aria-current={i === story?.step ? 'step' : undefined}
          onClick={() => goTo(i)}
        >
          {say(`blackout.${step}.short`)}
        </button>
      ))}
    </nav>
  )
}

/** What the step says: that it is awaited, when it came, or that it did not. */
export function captionOf(
  step: BlackoutStep,
  outcome: Outcome,
  pair: Pair | undefined,
  place: string,
): string {
  const value = pair ? formatUnit(Math.max(0, pair.edited - pair.base), unitOf(step)) : ''
  if (outcome.state === 'awaited' || !pair) return say(`blackout.${step}.awaited`, { place })
  if (outcome.state === 'missed') {
    return say(`blackout.${step}.missed`, { time: formatDuration(stepRules[step].patienceS) })
  }
  const time = formatDuration(outcome.atS ?? 0)
  // queues dissolve and buses catch up while the story is looked at
  if (pair.edited - pair.base < 0.5) return say('blackout.over', { time })
  return say(`blackout.${step}.seen`, { place, value, time })
}

function Numbers({ step, pair, earlier }: { step: BlackoutStep; pair: Pair | undefined; earlier: number }) {
  const unit = unitOf(step)
  if (!pair) return <p className="numbers quiet">{say('blackout.noNumbers')}</p>
  return (
    <p className="numbers">
      <b>{formatUnit(pair.edited, unit)}</b>
      <span className="quiet">
        {step === 'buses'
          ? say('blackout.buses.earlier', { value: formatUnit(earlier, unit) })
          : say('blackout.untouched', {
              value: formatUnit(pair.base, unit),
              difference: formatSigned(pair.edited - pair.base),
            })}
      </span>
    </p>
  )
}

function Progress({ scenario }: { scenario: Blackout['scenario'] }) {
  if (!scenario) return null
  const label = say('blackout.progress', {
    done: formatDuration(scenario.doneS),
    horizon: formatDuration(scenario.horizonS),
  })
  return (
    <div>
      <progress max={scenario.horizonS} value={scenario.doneS} aria-label={label} />
      <small>{label}</small>
    </div>
  )
}

function unitOf(step: BlackoutStep): string {
  const { number } = stepRules[step]
  return number === 'busesLater' ? 'buses' : (indicators.find(({ id }) => id === number)?.unit ?? '')
}
