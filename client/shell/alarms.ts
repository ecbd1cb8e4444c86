/** Which numbers need a person now: at most one alarm an indicator, gravest first. The rules stand here until the twin keeps alarms itself. */
import { indicators, type IndicatorId } from '../../twin/objectives/indicators.ts'
import { formatUnit } from '../language/format.ts'
import { say, type MessageKey } from '../language/language.ts'
import type { Indicators } from './api.ts'

export const severities = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof severities)[number]

export interface Alarm {
  readonly id: IndicatorId
  readonly severity: Severity
}

/** Which indicator beyond its limit is an alarm, and how grave. Assumed. */
const severityOf: Partial<Record<IndicatorId, Severity>> = {
  customersOut: 'critical',
  darkSignals: 'high',
  maxFeederLoading: 'high',
  minVoltagePu: 'medium',
  slowLinks: 'medium',
  meanDelayS: 'medium',
  speedRatio: 'low',
  onTimeRatio: 'low',
}

export function alarmsOf(values: Indicators): Alarm[] {
  const found: Alarm[] = []
  for (const { id, limit, worseWhen } of indicators) {
    const value = values[id]
    const severity = severityOf[id]
    if (severity === undefined || limit === undefined || value === undefined || !Number.isFinite(value))
      continue
    // A city without the domain, or one without a bus on the road, has 0 where lower is worse.
    if (worseWhen === 'lower' && value === 0) continue
    if (worseWhen === 'higher' ? value > limit : value < limit) found.push({ id, severity })
  }
  return found.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}

/** «Customers without power» and «2,310 customers». */
export function wordsOfAlarm(alarm: Alarm, values: Indicators): { title: string; value: string } {
  const key: MessageKey = `indicator.${alarm.id}`
  const unit = indicators.find(({ id }) => id === alarm.id)?.unit ?? ''
  return { title: say(key), value: formatUnit(values[alarm.id] ?? NaN, unit) }
}
