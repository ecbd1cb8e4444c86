/** What an ensemble and its threads say to each other. */
import type { SavedState } from '../../../twin/kernel/domain.ts'
import type { Variation } from '../../../twin/kernel/variation.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import type { Causes } from '../../../twin/scenario/causes/step.ts'
import type { Trace } from '../../../twin/scenario/causes/trace.ts'
import type { OutcomeValues } from '../../../twin/scenario/outcome.ts'
import type { RunMeans } from '../../../twin/scenario/runMeans.ts'
import type { ReachValues } from '../../../twin/scenario/reach/measures.ts'
import type { RunTables } from '../../../twin/scenario/runTables.ts'
import type { TripTimes } from '../../../twin/scenario/winners.ts'
import type { RunFacts } from '../loopMessages.ts'

export interface RunThreadSetUp {
  readonly root: string
  readonly cityId: string
  /** Of the runs; where they begin in an hour's normal life, of that hour. */
  readonly facts: RunFacts
  /** Each thread puts that hour's life on the streets by itself, all the same; else they are told a state. */
  readonly isHour: boolean
  /** Gives way to all other threads of the machine. */
  readonly isLowPriority: boolean
}

/** One run: from the moment that all of an ensemble begin at. */
export interface RunTask {
  readonly edits: readonly ScenarioEdit[]
  readonly horizonS: number
  /** Its own dice and demand; the twin's own when left out. */
  readonly draw: Variation | undefined
  readonly wantsTables: boolean
  readonly wantsTrips: boolean
  /** For the search for causes. */
  readonly wantsTrace?: boolean
}

/** Two runs of one member, to be searched for what brought about their difference. */
export interface CausesTask {
  readonly edits: readonly ScenarioEdit[]
  readonly base: Trace
  readonly edited: Trace
}

export type ToRun =
  | { readonly kind: 'begin'; readonly state: SavedState }
  | { readonly kind: 'run'; readonly task: RunTask }
  | { readonly kind: 'causes'; readonly task: CausesTask }

export interface RunResult {
  readonly outcome: OutcomeValues
  /** Place by place; undefined once they are summed. */
  readonly means: RunMeans | undefined
  readonly tables: RunTables | undefined
  readonly trips: TripTimes | undefined
  readonly trace: Trace | undefined
  readonly reach: ReachValues
  /** A fingerprint of the state at the end. */
  readonly hash: number
}

export type FromRun =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly doneS: number }
  | { readonly kind: 'done'; readonly result: RunResult }
  | { readonly kind: 'causes'; readonly causes: Causes }
