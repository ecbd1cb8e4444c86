/** Which answer costs least: plans in the order of one measure, and how sure the difference from doing nothing is. */
import { pairedDifference, type DifferenceOf } from '../interval.ts'
import { grainOf, type OutcomeValues } from '../outcome.ts'
import type { PlannedIncident } from './incident.ts'
import { planMeasures, type PlanMeasure } from './measures.ts'

/** The one that an incident is felt by first. */
export function measureOf({ kind }: PlannedIncident): PlanMeasure {
  if (kind === 'busesLate') return 'busDelayS'
  return kind === 'streetBlocked' ? 'vehicleHours' : 'customerMinutesOut'
}

/** Against doing nothing, of as many members as both have run. */
export function comparedWith(
  nothing: readonly OutcomeValues[],
  plan: readonly OutcomeValues[],
): Record<PlanMeasure, DifferenceOf> {
  const runs = Math.min(nothing.length, plan.length)
  const of = (measure: PlanMeasure) =>
    pairedDifference(
      nothing.slice(0, runs).map((values) => values[measure]),
      plan.slice(0, runs).map((values) => values[measure]),
      grainOf(measure),
    )
  return {
    customerMinutesOut: of('customerMinutesOut'),
    vehicleHours: of('vehicleHours'),
    busDelayS: of('busDelayS'),
  }
}

/** Indices of plans, the least first by `measure`; of equals by the other measures in their order, then as they came. */
export function rankedBy(
  plans: readonly Readonly<Record<PlanMeasure, number>>[],
  measure: PlanMeasure,
): number[] {
  const order = [measure, ...planMeasures.filter((other) => other !== measure)]
  return plans
    .map((_, at) => at)
    .sort((a, b) => {
      for (const by of order) if (plans[a][by] !== plans[b][by]) return plans[a][by] - plans[b][by]
      return a - b
    })
}
