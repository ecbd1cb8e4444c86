/** What page and host say of response plans: asked for an incident, run, ranked. */
import * as v from 'valibot'
import type { DifferenceOf } from '../scenario/interval.ts'
import type { PlannedIncident } from '../scenario/response/incident.ts'
import { incidentSchema } from '../scenario/response/incidentSchema.ts'
import type { ResponsePlan } from '../scenario/response/plans.ts'
import type { PlanMeasure } from '../scenario/response/measures.ts'

export const respondSchema = v.variant('do', [
  v.strictObject({
    do: v.literal('start'),
    incident: incidentSchema,
    /** What each plan is lived for, seconds, and how often, under other dice and demand. */
    horizonS: v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(7200)),
    members: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)),
  }),
  v.strictObject({ do: v.literal('stop'), id: v.pipe(v.string(), v.maxLength(64)) }),
])
export type Respond = v.InferOutput<typeof respondSchema>

export interface PlanState extends ResponsePlan {
  /** Runs done, of as many as there are members. */
  readonly runs: number
  /** Means over the runs that it is compared by; undefined while it cannot be. */
  readonly values?: Readonly<Record<PlanMeasure, number>>
  /** Against doing nothing. */
  readonly against?: Readonly<Record<PlanMeasure, DifferenceOf>>
}

export interface ResponseState {
  readonly id: string
  readonly state: 'queued' | 'running' | 'done' | 'stopped' | 'failed'
  readonly incident: PlannedIncident
  /** By which it is ranked. */
  readonly measure: PlanMeasure
  readonly members: number
  /** Of all work, 0 to 1. */
  readonly share: number
  /** Best first; as found before the first runs are done. */
  readonly plans: readonly PlanState[]
  readonly error?: string
}
