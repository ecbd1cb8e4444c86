/** By which answers to an incident are compared; all are worse when higher. */
import type { OutcomeId } from '../outcome.ts'

export const planMeasures = [
  'customerMinutesOut',
  'vehicleHours',
  'busDelayS',
] as const satisfies readonly OutcomeId[]
export type PlanMeasure = (typeof planMeasures)[number]
