/** A step as two lines over the whole of the run, without the edits and with them, and a mark where they part. */
import type { CauseStep } from '../../../../twin/scenario/causes/step.ts'

const WIDTH = 292
const HEIGHT = 40
const MARGIN = 3

interface StepCurveProps {
  readonly series: NonNullable<CauseStep['series']>
  /** Of the whole run's length, where they part. */
  readonly partsAt: number
  readonly label: string
}

export function StepCurve({ series: { base, edited }, partsAt, label }: StepCurveProps) {
  const low = Math.min(...base, ...edited)
  const high = Math.max(...base, ...edited)
  const span = high - low || 1
  const x = (i: number) => MARGIN + (i / Math.max(1, base.length - 1)) * (WIDTH - 2 * MARGIN)
  const y = (value: number) => HEIGHT - MARGIN - ((value - low) / span) * (HEIGHT - 2 * MARGIN)
  const lineOf = (values: readonly number[]) =>
    values.map((value, i) => `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join('')
  const atX = x(partsAt * (base.length - 1))
  return (
    <svg className="step-curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <line className="parts" x1={atX} x2={atX} y1={0} y2={HEIGHT} />
      <path className="base" d={lineOf(base)} />
      <path className="edited" d={lineOf(edited)} />
    </svg>
  )
}
