/** What the server and its thread of first answers say to each other. */
import type { PreliminaryAnswer } from '../../../twin/scenario/preliminary/answer.ts'
import type { PreliminaryAsked } from '../../../twin/scenario/preliminary/preliminary.ts'

export interface PreliminarySetUp {
  readonly root: string
  readonly cityId: string
  readonly seed: number
}

export type ToPreliminary =
  | { readonly kind: 'ask'; readonly id: number; readonly asked: PreliminaryAsked }
  /** Nobody waits for it any more. */
  | { readonly kind: 'drop'; readonly id: number }
  /** What a question of that time would need is made when there is nothing else to do. */
  | { readonly kind: 'prepare'; readonly asked: PreliminaryAsked }

export type FromPreliminary =
  | {
      readonly kind: 'answer'
      readonly id: number
      readonly answer: PreliminaryAnswer
      /** Of this thread, from the question on: what the clock showed, and what was computed. */
      readonly seconds: number
      readonly cpuSeconds: number
    }
  | { readonly kind: 'failed'; readonly id: number; readonly error: string }
