/**
 * Why two runs of one seed and demand, with a scenario's edits and without, came to different ends: the steps in which they part,
 * and from what each comes, back to the edits. Nothing is told that the runs do not show: a step is there when its numbers differ
 * by more than noise and something before it brought it about.
 */
import type { City } from '../../city.ts'
import type { ScenarioEdit } from '../edits.ts'
import type { OutcomeId } from '../outcome.ts'
import { callSteps } from './calls.ts'
import { editSteps } from './editSteps.ts'
import { gridSteps } from './gridSteps.ts'
import { sharedOut } from './measure.ts'
import type { MechanismId } from './mechanisms.ts'
import type { Causes, CauseOf, CauseStep, StepKind } from './step.ts'
import { streetSteps } from './streetSteps.ts'
import type { Trace } from './trace.ts'

/** What a measure is made of; of several that are there, the first. */
const madeOf: Readonly<Record<OutcomeId, readonly StepKind[]>> = {
  vehicleHours: ['delay', 'trips'],
  tripsEnded: ['arrivals', 'trips'],
  vehicleKm: ['trips'],
  co2Kg: ['delay', 'trips'],
  speedRatio: ['queues', 'delay', 'speed'],
  queuedVehicles: ['queues'],
  busDelayS: ['buses'],
  busOnTimeRatio: ['buses'],
  suppliedWh: ['load', 'feeders'],
  lostWh: ['load', 'feeders'],
  customerMinutesOut: ['feeders'],
  maxFeederLoading: ['loading'],
  minVoltagePu: ['voltage'],
  requestsOpened: [],
}

/** Throws when the traces are not of runs that begin and are looked at together. */
export function findCauses(city: City, edits: readonly ScenarioEdit[], base: Trace, edited: Trace): Causes {
  if (base.looks !== edited.looks || base.stepS !== edited.stepS || base.beginS !== edited.beginS)
    throw new Error('causes: the two runs were not looked at at the same times')
  const found = editSteps(edits, city)
  const first = gridSteps(city, base, edited, found, undefined)
  const supply = first.find(({ kind }) => kind === 'feeders')
  const streets = streetSteps(city, base, edited, found, supply)
  const arrivals = streets.find(({ kind }) => kind === 'arrivals')
  const grid = arrivals === undefined ? first : gridSteps(city, base, edited, found, arrivals)
  const named = (kind: StepKind) => [...grid, ...streets].find((step) => step.kind === kind)
  const calls = callSteps(base, edited, {
    outageReports: supply,
    darkSignalReports: named('signals'),
    queueReports: named('queues'),
  })
  const steps = inOrder([...found.map(({ step }) => step), ...grid, ...streets, ...calls])
  const ends: Record<string, readonly CauseOf[]> = {}
  for (const [measure, kinds] of Object.entries(madeOf)) {
    const kind = kinds.find((each) => named(each) !== undefined)
    if (kind !== undefined) ends[measure] = [{ step: named(kind)!.id, mechanism: 'measuring', share: 1 }]
  }
  const byCalls = sharedOut(
    calls.map((step): [string, MechanismId, number] => [step.id, 'measuring', changeOf(step)]),
  )
  if (byCalls.length > 0) ends['requestsOpened'] = byCalls
  return { beginS: base.beginS, stepS: base.stepS, steps: usedOf(steps, ends), ends }
}

/** What parted later cannot have brought it about: in its place stands what that comes from itself. An edit is before all it does. */
function inOrder(steps: readonly CauseStep[]): CauseStep[] {
  const byId = new Map(steps.map((step) => [step.id, step]))
  const before = (from: readonly CauseOf[], atS: number): CauseOf[] =>
    from.flatMap((cause) => {
      const step = byId.get(cause.step)
      if (step === undefined) return []
      if (step.atS <= atS) return [cause]
      return before(step.from, atS).map((each) => ({ ...each, share: each.share * cause.share }))
    })
  return steps.map((step) => ({
    ...step,
    from: sharedOut(
      joined(before(step.from, step.atS)).map(({ step: id, mechanism, share }) => [id, mechanism, share]),
    ),
  }))
}

/** Each step once, with all its shares. */
function joined(causes: readonly CauseOf[]): CauseOf[] {
  const byStep = new Map<string, CauseOf>()
  for (const cause of causes) {
    const share = (byStep.get(cause.step)?.share ?? 0) + cause.share
    byStep.set(cause.step, { ...cause, share })
  }
  return [...byStep.values()]
}

function changeOf({ base = 0, edited = 0 }: CauseStep): number {
  return edited - base
}

/** Steps that some measure comes from. */
function usedOf(
  steps: readonly CauseStep[],
  ends: Readonly<Record<string, readonly CauseOf[]>>,
): CauseStep[] {
  const used = new Set<string>()
  const reach = (from: readonly CauseOf[]) => {
    for (const { step: id } of from) {
      if (used.has(id)) continue
      used.add(id)
      reach(steps.find((step) => step.id === id)?.from ?? [])
    }
  }
  Object.values(ends).forEach(reach)
  return steps.filter(({ id }) => used.has(id))
}
