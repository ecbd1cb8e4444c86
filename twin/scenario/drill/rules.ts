/**
 * The rules of the drill: a substation is lost at ten past six in the evening, and there are ten minutes to act; it is counted to
 * twenty. Each kind of act has a crew, which does one thing after another and needs some time for each.
 */
import type { City } from '../../city.ts'
import type { EditKindId, ScenarioEdit } from '../edits.ts'

/** A Tuesday in autumn, of the days that the cities' normal life is made of; and the city's clock. */
export const DRILL_DATE = '2024-03-12'
export const DRILL_AT_S = 18 * 3600 + 10 * 60
/** For acting, seconds; and until when all is counted: what was done takes effect after it. */
export const ACT_S = 600
export const WHOLE_S = 1200
/** Simulated seconds between two power flows; a switch is answered at once. Other numbers give other loads, so it is one of the rules. */
export const SOLVE_EVERY_S = 60
export const MOST_ACTS = 100

export const crews = ['grid', 'customers', 'signals', 'buses', 'streets'] as const
export type Crew = (typeof crews)[number]

/** Who does what, and how long that takes, seconds. Assumed: a switch moved from the control room after its checks, a plan sent to a signal, a word by radio to the drivers, police on the spot. */
export const crewOf: Readonly<Partial<Record<EditKindId, { readonly crew: Crew; readonly takesS: number }>>> =
  {
    closeTie: { crew: 'grid', takesS: 60 },
    openBreaker: { crew: 'grid', takesS: 30 },
    demandResponse: { crew: 'customers', takesS: 120 },
    signalPlan: { crew: 'signals', takesS: 30 },
    detourBuses: { crew: 'buses', takesS: 60 },
    busFrequency: { crew: 'buses', takesS: 60 },
    holdBuses: { crew: 'buses', takesS: 60 },
    closeToCars: { crew: 'streets', takesS: 120 },
    closeStreet: { crew: 'streets', takesS: 120 },
  }

/** Something done at a clock time: an edit begun, or one taken back. */
export type DrillAct =
  { readonly atS: number; readonly edit: ScenarioEdit } | { readonly atS: number; readonly undo: string }

/** An edit as its crew makes it. */
export interface CrewWork {
  readonly edit: ScenarioEdit
  readonly crew: Crew
  /** When it was asked for, when it holds, and until when; seconds after the loss. */
  readonly atS: number
  readonly fromS: number
  readonly untilS: number | undefined
}

/** When a crew would have done one more act, asked for at `atS`. */
export function doneAtS(work: readonly CrewWork[], kind: EditKindId, atS: number): number {
  const { crew, takesS } = crewOf[kind]!
  const freeS = Math.max(atS, ...work.filter((one) => one.crew === crew).map(({ fromS }) => fromS))
  return freeS + takesS
}

/** What the crews make of acts, in their order. Acts of kinds that no crew has are left out. */
export function workOf(acts: readonly DrillAct[]): CrewWork[] {
  const work: CrewWork[] = []
  for (const act of acts) {
    if ('undo' in act) {
      const at = work.findIndex(({ edit }) => edit.id === act.undo)
      if (at >= 0) work[at] = { ...work[at], untilS: act.atS }
      continue
    }
    const crew = crewOf[act.edit.kind]?.crew
    if (crew === undefined) continue
    const fromS = doneAtS(work, act.edit.kind, act.atS)
    work.push({ edit: act.edit, crew, atS: act.atS, fromS, untilS: undefined })
  }
  return work
}

/** The edits of a scenario that come to the same: each from when its crew has made it. What was taken back before is not made. */
export function editsOf(work: readonly CrewWork[]): ScenarioEdit[] {
  return work
    .filter(({ fromS, untilS }) => untilS === undefined || untilS > fromS)
    .map(({ edit, fromS, untilS }) => ({ ...edit, fromS, ...(untilS !== undefined && { untilS }) }))
}

/** The substation that supplies most customers; undefined in a city without one. */
export function largestSubstation({ grid }: City): number | undefined {
  const customers = customersBySubstation({ grid })
  const most = Math.max(...customers)
  return most > 0 ? customers.indexOf(most) : undefined
}

export function customersBySubstation({ grid }: Pick<City, 'grid'>): number[] {
  if (grid === undefined) return []
  const { substations, feeders, buses, transformers } = grid
  const customers = Array.from(substations.xM, () => 0)
  transformers.bus.forEach((bus, row) => {
    customers[feeders.substation[buses.feeder[bus]]] += transformers.customers[row]
  })
  return customers
}
