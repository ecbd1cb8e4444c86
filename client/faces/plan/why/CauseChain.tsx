/**
 * Why a measure came out as it did: the steps from the consequence back to the edit, each with its clock time, both runs' numbers
 * and the coupling that leads to the next, walked by hand or by arrow keys; the step at hand is lit on the map.
 */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { City } from '../../../../twin/city.ts'
import { chainOf, type CauseOf, type Causes, type CauseStep } from '../../../../twin/scenario/causes/step.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import { formatClock, formatNumber, formatPercent } from '../../../language/format.ts'
import { sayWhy } from '../../../language/whyWords.ts'
import { useShell } from '../../../shell/shellContext.ts'
import { middleOfStep, pointedStep } from './pointStep.ts'
import { StepCurve } from './StepCurve.tsx'
import { formatStep, formatStepChange, titleOfStep, wordOfMechanism } from './stepWords.ts'

// A district with the streets of a step.
const STEP_ZOOM = 14

interface CauseChainProps {
  readonly id: string
  readonly causes: Causes
  readonly measure: { readonly id: string; readonly title: string; readonly change: string }
  readonly city: City
  readonly edits: readonly ScenarioEdit[]
  onClose(): void
}

export function CauseChain({ id, causes, measure, city, edits, onClose }: CauseChainProps) {
  const { live } = useShell()
  /** By step (or by the measure), the cause that is followed instead of the largest. */
  const [pick, setPick] = useState<Readonly<Record<string, string>>>({})
  const list = useRef<HTMLOListElement>(null)
  const chain = chainOf(causes, measure.id, pick)
  const froms = [causes.ends[measure.id] ?? [], ...chain.map(({ from }) => from)]
  useEffect(() => {
    list.current?.querySelector<HTMLButtonElement>('button.step')?.focus()
    return () => live.pointing.point(undefined)
  }, [live])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return onClose()
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    if (by === undefined && event.key !== 'Home' && event.key !== 'End') return
    const steps = [...(list.current?.querySelectorAll<HTMLButtonElement>('button.step') ?? [])]
    const at = steps.indexOf(document.activeElement as HTMLButtonElement)
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? steps.length - 1 : at + (by ?? 0)
    event.preventDefault()
    event.stopPropagation()
    steps[Math.max(0, Math.min(steps.length - 1, to))]?.focus()
  }
  const light = (step: CauseStep | undefined) => live.pointing.point(step && pointedStep(city, step))
  const show = (step: CauseStep) => {
    const at = middleOfStep(city, step)
    if (at !== undefined) live.camera.go({ at, zoom: STEP_ZOOM })
    light(step)
  }
  const clock = (atS: number) => formatClock((causes.beginS + atS) * 1000, city.info.timeZone, true)
  return (
    <section
      className="chain"
      id={id}
      aria-label={sayWhy('why.title', { measure: measure.title })}
      onKeyDown={onKeyDown}
    >
      <p className="row">
        <small>{sayWhy(chain.length === 0 ? 'why.none' : 'why.hint')}</small>
        <button type="button" className="bare push" onClick={onClose}>
          {sayWhy('why.close')}
        </button>
      </p>
      <ol className="plain" ref={list}>
        {chain.map((step, i) => (
          <li key={step.id} data-kind={step.kind}>
            <Way
              from={froms[i]}
              taken={step.id}
              causes={causes}
              city={city}
              edits={edits}
              onPick={(other) => setPick({ ...pick, [i === 0 ? measure.id : chain[i - 1].id]: other })}
            />
            <button
              type="button"
              className="step"
              onFocus={() => light(step)}
              onBlur={() => light(undefined)}
              onPointerEnter={() => light(step)}
              onPointerLeave={() => light(undefined)}
              onClick={() => show(step)}
            >
              <time>{clock(step.atS)}</time> <span>{titleOfStep(step, city, edits)}</span>
              <Numbers step={step} clock={clock} />
            </button>
            <Curve step={step} causes={causes} title={titleOfStep(step, city, edits)} clock={clock} />
          </li>
        ))}
      </ol>
      <small>{sayWhy('why.of')}</small>
    </section>
  )
}

/** How a step leads to the one before it in the list, and what else does. */
function Way({
  from,
  taken,
  causes,
  city,
  edits,
  onPick,
}: {
  readonly from: readonly CauseOf[]
  readonly taken: string
  readonly causes: Causes
  readonly city: City
  readonly edits: readonly ScenarioEdit[]
  onPick(step: string): void
}) {
  const way = from.find(({ step }) => step === taken)
  if (way === undefined || way.mechanism === 'measuring') return null
  const others = from.filter(({ step }) => step !== taken)
  const titleOf = (id: string) => {
    const step = causes.steps.find((each) => each.id === id)
    return step ? titleOfStep(step, city, edits) : id
  }
  return (
    <div className="way">
      <span>
        ↑ {sayWhy(`mechanism.${way.mechanism}`)}
        {others.length > 0 && `, ${sayWhy('why.share', { share: formatPercent(way.share) })}`}
      </span>
      <small>{wordOfMechanism(way.mechanism)}</small>
      {others.length > 0 && (
        <div className="row" role="group" aria-label={sayWhy('why.others')}>
          {others.map(({ step, share }) => (
            <button key={step} type="button" className="link" onClick={() => onPick(step)}>
              {titleOf(step)} {formatPercent(share)}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

function Numbers({ step, clock }: { step: CauseStep; clock: (atS: number) => string }) {
  const { base, edited, peakS, routes = [], expected, whole } = step
  if (base === undefined || edited === undefined || peakS === undefined) return null
  const n = (value: number) => formatNumber(value, 1)
  return (
    <>
      <b>
        {sayWhy('why.peak', {
          time: clock(peakS).slice(0, 5),
          base: formatStep(step, base),
          edited: formatStep(step, edited),
          change: formatStepChange(step, edited - base),
        })}
      </b>
      {whole && (
        <small>
          {sayWhy('why.whole', {
            base: formatStep(step, whole.base),
            edited: formatStep(step, whole.edited),
            change: formatStepChange(step, whole.edited - whole.base),
          })}
        </small>
      )}
      {routes.slice(0, 3).map((route) => (
        <small key={route.name}>
          {sayWhy('why.routes', {
            name: route.name,
            base: formatStep(step, route.base),
            edited: formatStep(step, route.edited),
          })}
        </small>
      ))}
      {expected && (
        <small>
          {sayWhy('why.expected', {
            asIs: n(expected.asIs),
            halved: n(expected.halved),
            doubled: n(expected.doubled),
          })}
        </small>
      )}
    </>
  )
}

function Curve({
  step,
  causes,
  title,
  clock,
}: {
  step: CauseStep
  causes: Causes
  title: string
  clock: (atS: number) => string
}) {
  const { series } = step
  if (series === undefined) return null
  const wholeS = (series.base.length - 1) * causes.stepS
  return (
    <StepCurve
      series={series}
      partsAt={wholeS > 0 ? step.atS / wholeS : 0}
      label={sayWhy('why.drawing', {
        what: title,
        from: clock(0).slice(0, 5),
        until: clock(wholeS).slice(0, 5),
        base: formatStep(step, series.base.at(-1) ?? 0),
        edited: formatStep(step, series.edited.at(-1) ?? 0),
      })}
    />
  )
}
