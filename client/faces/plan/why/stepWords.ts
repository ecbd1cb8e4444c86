/** Steps of a chain of causes in words and numbers. */
import type { City } from '../../../../twin/city.ts'
import { mechanisms, type Mechanism, type MechanismId } from '../../../../twin/scenario/causes/mechanisms.ts'
import type { CauseStep } from '../../../../twin/scenario/causes/step.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import {
  formatDuration,
  formatNumber,
  formatPercent,
  formatPower,
  formatSpeed,
  withSign,
} from '../../../language/format.ts'
import { sayPlan } from '../../../language/planWords.ts'
import { sayWhy } from '../../../language/whyWords.ts'
import { streetName } from '../../../shell/events.ts'
import { wordsOfEdit } from '../editWords.ts'

export function titleOfStep(step: CauseStep, city: City | undefined, edits: readonly ScenarioEdit[]): string {
  if (step.kind === 'edit') {
    const edit = edits.find(({ id }) => id === step.edit)
    return edit ? wordsOfEdit(edit, city) : sayWhy('step.edit')
  }
  const [first] = step.places[0]?.rows ?? []
  return sayWhy(`step.${step.kind}`, {
    count: formatNumber(step.count),
    street: first === undefined ? '' : streetName(city, first),
    feeder: first === undefined ? '' : city?.grid?.feeders.name[first] || `${first}`,
  })
}

/** A value of a step; of approaches the mean of them. */
export function formatStep({ unit, count }: CauseStep, value: number): string {
  switch (unit) {
    case 'feeders':
      return sayWhy('unit.feeders', { n: formatNumber(value) })
    case 'signals':
      return sayWhy('unit.signals', { n: formatNumber(value) })
    case 'vph':
      return sayWhy('unit.vph', { n: formatNumber(value / Math.max(1, count)) })
    case 'mps':
      return formatSpeed(value)
    case 'vehicles':
      return sayPlan('unit.vehicles', { n: formatNumber(value) })
    case 'h':
      return sayWhy('unit.vehicleH', { n: formatNumber(value) })
    case 's':
      return formatDuration(value)
    case 'degC':
      return sayWhy('unit.degC', { n: formatNumber(value, 1) })
    case 'W':
      return formatPower(value)
    case 'ratio':
      return formatPercent(value, 1)
    case 'pu':
      return sayPlan('unit.pu', { n: formatNumber(value, 4) })
    case 'requests':
      return sayPlan('unit.requests', { n: formatNumber(value) })
    case 'trips':
      return sayPlan('unit.trips', { n: formatNumber(value) })
    case undefined:
      return ''
  }
}

export function formatStepChange(step: CauseStep, change: number): string {
  return withSign(change, (size) =>
    step.unit === 'ratio'
      ? sayPlan('unit.points', { n: formatNumber(size * 100, 1) })
      : formatStep(step, size),
  )
}

/** By whose word a step brings about the next. */
export function wordOfMechanism(id: MechanismId): string {
  const mechanism: Mechanism = mechanisms[id]
  if (mechanism.basis === 'definition') return sayWhy('why.definition')
  const value = formatMagnitude(mechanism)
  if (mechanism.basis === 'published') return sayWhy('why.published', { value, source: mechanism.source })
  const { sensitivity } = mechanism
  if (sensitivity === undefined) return sayWhy('why.assumed', { value })
  return sayWhy('why.assumedSensitive', {
    value,
    halved: formatPercent(sensitivity.halved),
    doubled: formatPercent(sensitivity.doubled),
  })
}

function formatMagnitude({ value, unit }: Exclude<Mechanism, { basis: 'definition' }>): string {
  switch (unit) {
    case 's/vehicle':
      return sayWhy('unit.secondsEach', { n: formatNumber(value, 1) })
    case 'share/°C':
      return sayWhy('unit.perDegree', { n: formatPercent(value) })
    case 'W':
      return formatPower(value)
    case 'ratio':
      return sayWhy('unit.times', { n: formatNumber(value, 3) })
    case 'share':
      return formatPercent(value)
    case 'calls/customer/h':
      return sayWhy('unit.callsPerCustomer', { n: formatNumber(value, 3) })
    case 'calls/signal/h':
      return sayWhy('unit.callsPerSignal', { n: formatNumber(value, 3) })
    case 'calls/vehicle/h':
      return sayWhy('unit.callsPerVehicle', { n: formatNumber(value, 3) })
  }
}
