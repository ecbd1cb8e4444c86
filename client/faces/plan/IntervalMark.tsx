/** A difference and its interval about zero: a line with a point, on a scale of its own, hatched where it is not clear. */
import type { Verdict } from './SuretyRow.tsx'

const WIDTH = 120
const HEIGHT = 14

interface IntervalMarkProps {
  readonly interval: readonly [low: number, high: number]
  readonly difference: number
  readonly verdict: Verdict
}

export function IntervalMark({ interval: [low, high], difference, verdict }: IntervalMarkProps) {
  const most = Math.max(Math.abs(low), Math.abs(high), Number.MIN_VALUE)
  const x = (value: number) => WIDTH / 2 + (value / most) * (WIDTH / 2 - 4)
  const y = HEIGHT / 2
  return (
    <svg className="interval" data-verdict={verdict} width={WIDTH} height={HEIGHT} aria-hidden="true">
      <line className="zero" x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} />
      <line className="reach" x1={x(low)} x2={x(high)} y1={y} y2={y} />
      <circle cx={x(difference)} cy={y} r={3.5} />
    </svg>
  )
}
