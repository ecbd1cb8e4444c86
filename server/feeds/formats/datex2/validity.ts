/** From when until when a record of a situation holds. */
import type { Deviations } from '../../deviations.ts'
import type { ReadOptions } from '../../format.ts'
import { isTime, tellTime, timeOf } from '../../plausible.ts'
import { childOf, childrenOf, textOf, type Element } from '../../xml.ts'

export interface Validity {
  readonly fromMs: number
  /** Infinity: until further notice. */
  readonly untilMs: number
  /** Only at hours of a day or on days of a week within that time, which are not read. */
  readonly isRecurring: boolean
}

/** Undefined when its times cannot be, which is noted. Of several periods it is the one now or the next. */
export function validityOf(
  record: Element,
  where: string,
  { nowMs, utcOffsetS }: ReadOptions,
  deviations: Deviations,
): Validity | undefined {
  const time = (text: string) => timeOf(text, utcOffsetS)
  const specification = childOf(record, 'validity', 'validityTimeSpecification')
  const startText = textOf(specification, 'overallStartTime')
  const overall = {
    fromMs: time(startText || textOf(record, 'situationRecordCreationTime')),
    untilMs: until(time, textOf(specification, 'overallEndTime'), where, nowMs, deviations),
  }
  if (startText === '') deviations.add('timeMissing', 'warning', where, '', 'overallStartTime')
  const periods = childrenOf(specification, 'validPeriod')
  const isRecurring = periods.some(({ children }) =>
    children.some(({ name }) => name.startsWith('recurring')),
  )
  if (isRecurring)
    deviations.add(
      'recurringNotRead',
      'warning',
      where,
      'times of the day or week',
      'periods with a start and an end',
    )
  const within = periods
    .map((period) => ({
      fromMs: time(textOf(period, 'startOfPeriod')),
      untilMs: until(time, textOf(period, 'endOfPeriod'), where, nowMs, deviations),
    }))
    .filter(({ fromMs, untilMs }) => fromMs < untilMs && untilMs > nowMs)
    .reduce<typeof overall | undefined>(
      (first, next) => (first && first.fromMs <= next.fromMs ? first : next),
      undefined,
    )
  const { fromMs, untilMs } = within ?? overall
  if (!isTime(fromMs, nowMs))
    deviations.add('timeImpossible', 'error', where, tellTime(fromMs), 'a time within ten years of now')
  else if (!(untilMs >= fromMs))
    deviations.add('endBeforeStart', 'error', where, tellTime(untilMs), `a time after ${tellTime(fromMs)}`)
  else return { fromMs, untilMs, isRecurring }
  return undefined
}

/** No end, or one that cannot be, is further notice. */
function until(
  time: (text: string) => number,
  text: string,
  where: string,
  nowMs: number,
  deviations: Deviations,
): number {
  if (text === '') return Infinity
  const untilMs = time(text)
  if (isTime(untilMs, nowMs)) return untilMs
  deviations.add('endImpossible', 'warning', where, text, 'a time within ten years of now')
  return Infinity
}
