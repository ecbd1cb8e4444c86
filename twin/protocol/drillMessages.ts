/** What page and host say of a drill, over a socket or to a worker alike. */
import * as v from 'valibot'
import { editSchema } from '../scenario/edits.ts'
import { MOST_LETTERS } from '../scenario/drill/document.ts'
import type { DrillOffer } from '../scenario/drill/offers.ts'
import type { Verdict } from '../scenario/drill/replay.ts'
import { crewOf, type CrewWork } from '../scenario/drill/rules.ts'
import type { DrillScore } from '../scenario/drill/score.ts'

/** City seconds a second; 0 holds the clock, the last is as fast as the machine can. */
export const paces = [0, 1, 6, 30, 1000] as const
const id = v.pipe(v.string(), v.maxLength(64))
const actName = v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/))

export const drillMessageSchema = v.variant('do', [
  /** Without a substation, the one that supplies most. */
  v.strictObject({
    do: v.literal('start'),
    substation: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xfffffffe))),
  }),
  v.strictObject({
    do: v.literal('act'),
    id,
    edits: v.pipe(
      v.array(editSchema),
      v.minLength(1),
      v.maxLength(4),
      v.check((edits) => edits.every(({ kind }) => crewOf[kind] !== undefined), 'edits that a crew does'),
    ),
  }),
  v.strictObject({ do: v.literal('undo'), id, act: actName }),
  v.strictObject({ do: v.literal('pace'), id, pace: v.picklist(paces) }),
  /** Plays a file again and says whether it claims what comes. */
  v.strictObject({ do: v.literal('verify'), file: v.pipe(v.string(), v.maxLength(MOST_LETTERS)) }),
  v.strictObject({ do: v.literal('stop'), id }),
])
export type DrillMessage = v.InferOutput<typeof drillMessageSchema>
/** What a host is told of a game that it has. */
export type ToDrill = DrillMessage extends infer M ? (M extends unknown ? Omit<M, 'id'> : never) : never

/** How a drill stands. Its two streams are `<id>` (played) and `<id>.base` (nothing done). */
export interface DrillState {
  readonly id: string
  readonly state: 'queued' | 'preparing' | 'playing' | 'counting' | 'done' | 'stopped' | 'failed'
  /** A game, or a file played again. */
  readonly what: 'game' | 'verify'
  readonly substation: number
  /** Unix time of tick 0 of its streams, milliseconds; undefined until it runs. */
  readonly startMs?: number
  /** Seconds since the loss. */
  readonly doneS: number
  readonly pace: number
  /** Without supply now. */
  readonly customersOut: { readonly base: number; readonly played: number }
  readonly score: DrillScore
  readonly work: readonly CrewWork[]
  /** Empty once there is no more time to act. */
  readonly offers: readonly DrillOffer[]
  /** The game as a file, once it is done. */
  readonly file?: string
  /** Of a file played again, once it is done. */
  readonly verdict?: Verdict
  readonly error?: string
}
