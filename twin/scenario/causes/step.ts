/** What a search for causes finds: steps, each measured in both runs, and what each of them comes from. */
import type { MechanismId } from './mechanisms.ts'

/** What is measured in a step. */
export type StepKind =
  | 'edit' // an edit of the scenario
  | 'trips' // trips by car that set out
  | 'feeders' // feeders of which some customers have no supply
  | 'signals' // signals that are dark
  | 'capacity' // what approaches let go in an hour
  | 'speed' // mean speed on the streets edited
  | 'queues' // vehicles that stand on the streets tied to it
  | 'delay' // time that vehicles spend on these
  | 'buses' // mean delay of the buses that pass there
  | 'arrivals' // cars that end their trip
  | 'heat' // outdoor temperature
  | 'charging' // power of electric cars
  | 'sun' // power of rooftop cells
  | 'load' // drawn by customers of the feeders that changed
  | 'loading' // of the fullest feeder
  | 'voltage' // lowest, of the feeder with the lowest
  | 'outageCalls'
  | 'signalCalls'
  | 'queueCalls'

export type StepUnit =
  | 'feeders'
  | 'signals'
  | 'vph'
  | 'mps'
  | 'vehicles'
  | 'h'
  | 's'
  | 'degC'
  | 'W'
  | 'ratio'
  | 'pu'
  | 'requests'
  | 'trips'

/** Rows of a table of the city, to be lit on the map: the foremost of them. */
export interface StepPlaces {
  readonly table: string
  readonly rows: readonly number[]
}

export interface CauseOf {
  /** Id of a step. */
  readonly step: string
  readonly mechanism: MechanismId
  /** Of what this step differs by, what comes that way, 0 to 1. */
  readonly share: number
}

export interface CauseStep {
  readonly id: string
  readonly kind: StepKind
  /** Of an edit. */
  readonly edit?: string
  /** How many things it is measured on, all in all. */
  readonly count: number
  readonly places: readonly StepPlaces[]
  readonly unit?: StepUnit
  /** Seconds after the run began at which it first differed by more than noise. */
  readonly atS: number
  /** By so much it moves from look to look without any edit, twice over. */
  readonly noise?: number
  /** Seconds after the run began at which the two runs differ most, and both values there. */
  readonly peakS?: number
  readonly base?: number
  readonly edited?: number
  /** Both runs, evenly spaced over the whole of it. */
  readonly series?: { readonly base: readonly number[]; readonly edited: readonly number[] }
  /** Routes of buses that fell behind most: short name, mean delay without and with the edits, seconds. */
  readonly routes?: readonly { readonly name: string; readonly base: number; readonly edited: number }[]
  /** The same of the whole city, where that is a sum: what the streets of the step do not make up, others do. */
  readonly whole?: { readonly base: number; readonly edited: number }
  /** Of calls, how many more the edits let expect, as the rate is assumed, at half of it and at twice. */
  readonly expected?: { readonly asIs: number; readonly halved: number; readonly doubled: number }
  /** The largest share first. */
  readonly from: readonly CauseOf[]
}

export interface Causes {
  /** Unix time at which the two runs begin, seconds, and how far apart the values of a series are. */
  readonly beginS: number
  readonly stepS: number
  readonly steps: readonly CauseStep[]
  /** By measure of the outcome, what it comes from; the largest share first. A measure that is not here was not traced to the edits. */
  readonly ends: Readonly<Record<string, readonly CauseOf[]>>
}

/** The steps from a measure back to an edit, by the largest share at each; empty when it was not traced. `pick` chooses another way at a step. */
export function chainOf(
  causes: Causes,
  measure: string,
  pick: Readonly<Record<string, string>> = {},
): CauseStep[] {
  const byId = new Map(causes.steps.map((step) => [step.id, step]))
  const chain: CauseStep[] = []
  const next = (from: readonly CauseOf[], at: string): CauseStep | undefined => {
    const chosen = from.find(({ step }) => step === pick[at]) ?? from[0]
    return chosen && byId.get(chosen.step)
  }
  let step = next(causes.ends[measure] ?? [], measure)
  // no step comes from itself, so no chain is longer than there are steps
  while (step !== undefined && chain.length < causes.steps.length) {
    chain.push(step)
    step = next(step.from, step.id)
  }
  return chain
}
