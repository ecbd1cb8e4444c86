/** Which answer costs least: plans in the order of one measure, and how sure the difference from doing nothing is. */
import type { PlanState } from '../../protocol/responseMessages.ts'
import { pairedDifference, type DifferenceOf } from '../interval.ts'
import { grainOf, type OutcomeValues } from '../outcome.ts'
import type { PlannedIncident } from './incident.ts'
import { planMeasures, type PlanMeasure } from './measures.ts'
import type { ResponsePlan } from './plans.ts'

/** The one that an incident is felt by first. */
export function measureOf({ kind }: PlannedIncident): PlanMeasure {
  if (kind === 'busesLate') return 'busDelayS'
  return kind === 'streetBlocked' ? 'vehicleHours' : 'customerMinutesOut'
}

/**
 * Plans, the least costly first, as far as they have run; `outcomes` are by plan and member, with holes where a run is not done,
 * and those of the first are of doing nothing. All are compared over the same members, those that every plan has run, as soon as
 * there is one; until then each over those that it and doing nothing have both run. What cannot be compared yet comes last.
 */
export function rankedPlans(
  plans: readonly ResponsePlan[],
  outcomes: readonly MemberOutcomes[],
  measure: PlanMeasure,
): PlanState[] {
  const [nothing] = outcomes
  const everywhere = membersOf(nothing).filter((member) => outcomes.every((of) => of[member] !== undefined))
  const known = plans.map((plan, at): PlanState => {
    const own = outcomes[at]
    const done = membersOf(own)
    const both = everywhere.length > 0 ? everywhere : done.filter((member) => nothing[member] !== undefined)
    return {
      ...plan,
      runs: done.length,
      ...(both.length > 0 && {
        values: byMeasure((id) => both.reduce((sum, member) => sum + own[member]![id], 0) / both.length),
        against: byMeasure((id) => differenceOf(nothing, own, both, id)),
      }),
    }
  })
  const compared = known.flatMap(({ against }, at) => (against === undefined ? [] : [{ at, against }]))
  const order = rankedBy(
    compared.map(({ against }) => byMeasure((id) => against[id].difference)),
    measure,
  ).map((place) => compared[place].at)
  return [...order.map((at) => known[at]), ...known.filter((_, at) => !order.includes(at))]
}

/** By member; one that is not done is a hole. */
type MemberOutcomes = readonly (OutcomeValues | undefined)[]

function membersOf(of: MemberOutcomes): number[] {
  return of.flatMap((values, member) => (values === undefined ? [] : [member]))
}

function differenceOf(
  nothing: MemberOutcomes,
  own: MemberOutcomes,
  members: readonly number[],
  measure: PlanMeasure,
): DifferenceOf {
  const valuesOf = (of: MemberOutcomes) => members.map((member) => of[member]![measure])
  return pairedDifference(valuesOf(nothing), valuesOf(own), grainOf(measure))
}

function byMeasure<T>(of: (measure: PlanMeasure) => T): Record<PlanMeasure, T> {
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
