/** What the server and the thread that reads feeds say to each other. */
import type { FeedContent } from './content.ts'
import type { Deviation } from './deviations.ts'
import type { FeedFile, ReadOptions } from './format.ts'
import type { Shown } from './shown.ts'

export interface ReadAsked {
  readonly id: number
  readonly format: string
  readonly file: FeedFile
  readonly options: ReadOptions
}

export interface ReadDone {
  readonly content: FeedContent
  readonly shown: readonly Shown[]
  readonly deviations: {
    readonly total: number
    readonly byRule: ReadonlyMap<string, number>
    readonly examples: readonly Deviation[]
  }
}

export type FromReader =
  | { readonly kind: 'read'; readonly id: number; readonly done: ReadDone }
  | { readonly kind: 'refused'; readonly id: number; readonly why: string }
