/** What the server's main thread and its twin threads say to each other. */
import type { Command } from '../../twin/commands.ts'
import type { MemberDraw } from '../../twin/forecast/member.ts'
import type { SavedState } from '../../twin/kernel/domain.ts'
import type { Table } from '../../twin/kernel/table.ts'
import type { Comparison } from '../../twin/protocol/messages.ts'
import type { ScenarioEdit } from '../../twin/scenario/edits.ts'

/** A run's facts that never change while it runs. */
export interface RunFacts {
  readonly seed: number
  /** Unix time of tick 0, milliseconds. */
  readonly startMs: number
  readonly utcOffsetS: number
}

/** What a host needs of a twin; `twin/twin.ts` has it. */
export interface HostedTwin {
  readonly clock: { readonly tick: number; readonly startMs: number }
  readonly tables: readonly Table[]
  step(): void
  /** Throws when the command names a row that is not there. */
  command(command: Command): void
  save(): SavedState
  load(state: SavedState): void
}

/** Everything of a run, so that another thread can go on from there. */
export interface Fork extends RunFacts {
  readonly state: SavedState
}

export interface LiveSetUp {
  readonly root: string
  readonly cityId: string
  readonly seed: number | undefined
  /** Local clock time to begin at, seconds after midnight; undefined is now. */
  readonly atS: number | undefined
  /** The day of `atS`, as 2026-11-27; undefined is today. */
  readonly date: string | undefined
  readonly speed: number
  /** Of a run that is faster than 1; its steps are taken together. */
  readonly framesPerS: number
  /** Where an earlier thread stopped. */
  readonly resume: Fork | undefined
}

export type ToLive =
  | { readonly kind: 'command'; readonly id: number; readonly command: Command }
  | { readonly kind: 'save'; readonly id: number }

export interface Load {
  /** Seconds the twin is behind its clock. */
  readonly behindS: number
  /** Simulated seconds let go so far because the machine was too slow. */
  readonly droppedS: number
  /** Mean wall milliseconds of one step since the last report. */
  readonly stepMs: number
  readonly steps: number
}

export type FromLive =
  | { readonly kind: 'doing'; readonly text: string; readonly ms: number }
  | { readonly kind: 'running'; readonly facts: RunFacts }
  | {
      readonly kind: 'frame'
      readonly tick: number
      readonly isKeyframe: boolean
      readonly bytes: ArrayBuffer
      readonly stateHash: number | undefined
      readonly load: Load
    }
  /** Everything as of the frame before it, made from time to time for whoever comes. */
  | {
      readonly kind: 'keyframe'
      readonly tick: number
      readonly bytes: ArrayBuffer
      readonly stateHash: number | undefined
    }
  | {
      readonly kind: 'commanded'
      readonly id: number
      readonly error: string | undefined
      readonly row: number
    }
  | { readonly kind: 'saved'; readonly id: number; readonly fork: Fork }
  | { readonly kind: 'lapsed' }

export interface ScenarioRun {
  /** The moment it begins from: a copy of the live twin, or the normal life of another hour. */
  readonly from: { readonly fork: Fork } | { readonly hour: RunFacts }
  readonly edits: readonly ScenarioEdit[]
  readonly horizonS: number
  /** Simulated seconds per second; 0 is as fast as the machine can. */
  readonly speed: number
}

export interface ScenarioSetUp {
  readonly root: string
  readonly cityId: string
  /** The live run's, so that the twins can be made before their moment is known. */
  readonly facts: RunFacts
}

/** The two twins of a scenario. */
export type Side = 'edited' | 'base'

export interface ToScenario {
  readonly kind: 'run'
  readonly run: ScenarioRun
}

export type FromScenario =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'frame' | 'keyframe'
      readonly side: Side
      readonly tick: number
      readonly isKeyframe: boolean
      readonly bytes: ArrayBuffer
      readonly stateHash: number | undefined
    }
  | {
      readonly kind: 'progress'
      readonly doneS: number
      readonly startMs: number
      readonly comparison: Comparison | undefined
    }
  | { readonly kind: 'done' }

export type ToForecast =
  | { readonly kind: 'begin'; readonly state: SavedState }
  | { readonly kind: 'run' | 'record'; readonly draw: MemberDraw }

export type FromForecast =
  | { readonly kind: 'ready' }
  /** A member's hour in pictures, as a file of `twin/protocol/recording.ts`. */
  | { readonly kind: 'recorded'; readonly file: Uint8Array }
  | {
      readonly kind: 'member'
      /** City time of the moment it began from, and the indicators then, in the order of `indicators`. */
      readonly madeMs: number
      readonly now: Float32Array
      /** As `runMember` gives them. */
      readonly paths: Float32Array[]
    }
