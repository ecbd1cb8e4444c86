/** What the server's main thread and the thread of a drill say to each other. */
import type { ToDrill } from '../../../twin/protocol/drillMessages.ts'
import type { DrillNews } from '../../../twin/scenario/drill/hosted.ts'
import type { Framed } from '../framer.ts'
import type { Side } from '../loopMessages.ts'

export interface DrillSetUp {
  readonly root: string
  readonly cityId: string
}

/** Each is answered once. */
export interface DrillQuestion {
  readonly n: number
  readonly message: ToDrill
}

export type FromDrill =
  | { readonly kind: 'answer'; readonly n: number; readonly error: string | undefined }
  | { readonly kind: 'news'; readonly news: DrillNews }
  | ({ readonly kind: 'frame' | 'keyframe'; readonly side: Side } & Framed)
