/** What of a run is about reaching places: measures beside those of `outcome.ts`, which every run has; these need a map that names places. */

export interface ReachMeasure {
  readonly id: string
  readonly unit: 's' | 'ratio' | 'jobs' | 'clinics' | 'schools' | 'requests'
  readonly worseWhen: 'higher' | 'lower'
  /** The least that counts, as of `Outcome`. */
  readonly grain: number
}

/** Within so long on foot and by bus. As the question of the city asks. */
export const REACH_S = 45 * 60
/** A fire engine is there in time within. As the question of the city asks. */
export const FIRE_S = 8 * 60

export const reachMeasures = [
  /** Jobs, clinics and schools within REACH_S on foot and by bus, of a resident in the mean. */
  { id: 'reachJobs', unit: 'jobs', worseWhen: 'lower', grain: 1 },
  { id: 'reachClinics', unit: 'clinics', worseWhen: 'lower', grain: 0.001 },
  { id: 'reachSchools', unit: 'schools', worseWhen: 'lower', grain: 0.001 },
  /** From the nearest fire station, in the traffic of the run: of residents the one in the middle, and the share within FIRE_S. */
  { id: 'fireMedianS', unit: 's', worseWhen: 'higher', grain: 0.1 },
  { id: 'fireInTimeRatio', unit: 'ratio', worseWhen: 'lower', grain: 0.0001 },
  /** Calls to expect of what the city gave cause for: outages, dark signals, long queues. No dice in it. */
  { id: 'expectedRequests', unit: 'requests', worseWhen: 'higher', grain: 0.01 },
] as const satisfies readonly ReachMeasure[]

export type ReachId = (typeof reachMeasures)[number]['id']

export interface PlacePair {
  /** As the map has it, and as OpenStreetMap tags it. */
  readonly name: string
  readonly kind: string
  /** To the place from the middle of the city, or the way back. */
  readonly isTowards: boolean
  /** Seconds; Infinity where no way leads. */
  readonly s: number
}

/** Of one run; what a city's map does not hold is not there. */
export interface ReachValues {
  readonly measures: Readonly<Partial<Record<ReachId, number>>>
  /** By car between the middle of the city and places that everybody knows. */
  readonly pairs: readonly PlacePair[]
}

/** Of a time by car between places, seconds. */
export const PAIR_GRAIN_S = 0.1
