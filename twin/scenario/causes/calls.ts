/** Calls that the couplings give cause for: how many to expect of what they acted on, and the steps that they are. */
import type { CouplingId } from '../../couplingWatch.ts'
import { exp } from '../../kernel/math.ts'
import { requestCauses } from '../../reports/tables.ts'
import { sharedOut, stepOf, sumOf, rounded } from './measure.ts'
import type { CauseStep, StepPlaces } from './step.ts'
import type { Act } from './acts.ts'
import type { Trace } from './trace.ts'

const kinds = [
  { coupling: 'outageReports', cause: 'outage', kind: 'outageCalls', table: 'power.transformers' },
  { coupling: 'darkSignalReports', cause: 'darkSignal', kind: 'signalCalls', table: 'traffic.signals' },
  { coupling: 'queueReports', cause: 'queue', kind: 'queueCalls', table: 'traffic.links' },
] as const
const callCouplings: readonly CouplingId[] = kinds.map(({ coupling }) => coupling)

/**
 * Requests to expect of an account: each row's calls come by chance at the rate that the coupling gave, and the first of them is
 * the request, so that of x calls to come it is one with a chance of 1 − e^−x. `factor` multiplies all rates.
 */
export function expectedCalls(acts: readonly Act[], factor = 1): number {
  return acts.reduce(
    (sum, { coupling, amount }) => (callCouplings.includes(coupling) ? sum + 1 - exp(-amount * factor) : sum),
    0,
  )
}

/** By kind of call, what the runs part in; `sources` are the steps that give cause for them. */
export function callSteps(
  base: Trace,
  edited: Trace,
  sources: Readonly<Record<(typeof kinds)[number]['coupling'], CauseStep | undefined>>,
): CauseStep[] {
  return kinds.flatMap(({ coupling, cause, kind, table }) => {
    const column = requestCauses.indexOf(cause)
    const acts = edited.acts.filter((act) => act.coupling === coupling)
    const before = base.acts.filter((act) => act.coupling === coupling)
    const places: StepPlaces = {
      table,
      rows: [...acts].sort((a, b) => b.amount - a.amount).map(({ row }) => row),
    }
    const step = stepOf(base, {
      id: kind,
      kind,
      unit: 'requests',
      least: 0.5,
      runs: sumOf(base.requests, edited.requests, [column], requestCauses.length, base.looks),
      count: acts.length,
      places: [places],
      from: sharedOut([[sources[coupling]?.id, coupling, 1]]),
    })
    if (step === undefined) return []
    const more = (factor: number) => rounded(expectedCalls(acts, factor) - expectedCalls(before, factor))
    return [{ ...step, expected: { asIs: more(1), halved: more(0.5), doubled: more(2) } }]
  })
}
