/** Customers without supply over the twenty minutes: as played, and doing nothing. What lies between is what was saved. */
import { WHOLE_S } from '../../../../twin/scenario/drill/rules.ts'
import { sayDrill } from '../../../language/drillWords.ts'
import { formatNumber } from '../../../language/format.ts'
import { clockOf } from '../../../shell/lateHour.ts'
import { ACT_S, DRILL_AT_S } from '../../../../twin/scenario/drill/rules.ts'
import type { Course } from './useDrill.ts'

const WIDTH = 308
const HEIGHT = 132
const TOP = 16
const FOOT = 18

export function DrillPicture({ course }: { course: Course }) {
  const { doneS, base, played } = course
  const most = Math.max(1, ...base, ...played)
  const x = (atS: number) => (atS / WHOLE_S) * WIDTH
  const y = (value: number) => HEIGHT - FOOT - (value / most) * (HEIGHT - FOOT - TOP)
  /** Switches act at once: a level is held until the next. */
  const steps = (values: readonly number[]) =>
    values.map((value, i) => `${i === 0 ? 'M' : 'H'}${x(doneS[i])}${i === 0 ? ' ' : 'V'}${y(value)}`).join('')
  const lastOf = (values: readonly number[]) => values.at(-1) ?? 0
  const area =
    doneS.length === 0
      ? ''
      : `${steps(played)}L${x(doneS.at(-1)!)} ${y(lastOf(base))}${[...base.keys()]
          .toReversed()
          .map((i) => `L${x(doneS[i])} ${y(base[i])}`)
          .join('')}Z`
  const isApart = Math.abs(y(lastOf(base)) - y(lastOf(played))) > 14
  return (
    <svg
      className="drill-picture"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={sayDrill('drill.picture')}
    >
      <path className="saved" d={area} />
      <line className="axis" x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} />
      <line className="limit" x1={x(ACT_S)} x2={x(ACT_S)} y1={TOP} y2={y(0)} />
      <path className="base" d={steps(base)} />
      <path className="played" d={steps(played)} />
      <text x={WIDTH} y={y(lastOf(base)) - 4} textAnchor="end">
        {sayDrill('drill.nothing', { n: formatNumber(lastOf(base)) })}
      </text>
      {isApart && (
        <text x={WIDTH} y={y(lastOf(played)) - 4} textAnchor="end" className="loud">
          {sayDrill('drill.played')}: {formatNumber(lastOf(played))}
        </text>
      )}
      {[0, ACT_S, WHOLE_S].map((atS) => (
        <text
          key={atS}
          x={x(atS)}
          y={HEIGHT - 4}
          textAnchor={atS === 0 ? 'start' : atS === WHOLE_S ? 'end' : 'middle'}
        >
          {clockOf(DRILL_AT_S + atS)}
        </text>
      ))}
    </svg>
  )
}
