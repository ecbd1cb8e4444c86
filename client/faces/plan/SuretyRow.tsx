/** One measure of pairs of runs: both values, the difference with its interval, and whether it is good. */
import type { ReactNode } from 'react'
import type { Surety } from '../../../twin/scenario/interval.ts'
import type { Outcome } from '../../../twin/scenario/outcome.ts'
import { sayPlan } from '../../language/planWords.ts'
import { IntervalMark } from './IntervalMark.tsx'
import { verdictOf } from './verdict.ts'

interface SuretyRowProps {
  readonly title: string
  readonly surety: Surety
  readonly worseWhen: Outcome['worseWhen']
  readonly format: (value: number) => string
  /** With its sign. */
  readonly formatChange: (value: number) => string
  readonly children?: ReactNode
}

export function SuretyRow({ title, surety, worseWhen, format, formatChange, children }: SuretyRowProps) {
  const { base, edited, difference, interval, isClear } = surety
  const verdict = verdictOf({ worseWhen }, difference, isClear || interval === undefined, formatChange)
  return (
    <li>
      <span>{title}</span>
      <b>{formatChange(difference)}</b>
      <small>{sayPlan('sure.values', { base: format(base), edited: format(edited) })}</small>
      <small className="verdict">{sayPlan(`verdict.${verdict}`)}</small>
      {interval && (
        <>
          <small>
            {sayPlan('sure.interval', { low: formatChange(interval[0]), high: formatChange(interval[1]) })}
          </small>
          <IntervalMark interval={interval} difference={difference} verdict={verdict} />
        </>
      )}
      {children}
    </li>
  )
}
