/** What can be asked of a recorded past, whether a server keeps it or it came as a file. */
import type { EventKind } from '../../twin/events.ts'

export interface PastPart {
  readonly fromMs: number
  readonly toMs: number
}

export interface PastSpan {
  /** Oldest first; between two lies a gap. Empty when nothing is recorded yet. */
  readonly parts: readonly PastPart[]
  /** Inside parts: times of which nothing was kept. */
  readonly lost: readonly PastPart[]
  /** Recordings of other releases that the server keeps and cannot show. */
  readonly unreadable?: number
}

export interface PastEvent {
  readonly kind: EventKind
  /** Row of the thing in its own table, as in `twin/events.ts`. */
  readonly row: number
  readonly value: number
  readonly timeMs: number
}

export interface PastMarks {
  /** Outages, closures and what ended them, one by one, oldest first. */
  readonly incidents: readonly PastEvent[]
  /** How many of each kind there were in each `stepMs`, of all kinds. */
  readonly counts: readonly { readonly timeMs: number; readonly kinds: Partial<Record<EventKind, number>> }[]
  readonly stepMs: number
}

export interface PastCourse {
  readonly timesMs: readonly number[]
  readonly values: readonly number[]
}

export interface Show {
  readonly timeMs: number
  /** Another moment than what follows: anything that moves is put where it was. */
  readonly isJump: boolean
  /** Minutes pass within a second: whole minutes are enough. */
  readonly isCoarse: boolean
}

export interface Shown {
  /** City time of the picture; before the asked one where nothing was recorded. */
  readonly timeMs: number
}

/** Each of these may reject with a sentence for the reader. */
export interface PastSource {
  span(): Promise<PastSpan>
  marks(fromMs: number, toMs: number, stepMs: number): Promise<PastMarks>
  /** One row of the indicators. */
  values(row: number, fromMs: number, toMs: number): Promise<PastCourse>
  /** Somebody may soon ask for a moment, this one or another: the first answer is then as quick as the next. */
  prepare(timeMs: number): void
  /** Sends the frame of a moment to the listener; resolves when it has been taken in. */
  show(moment: Show): Promise<Shown>
  /** The moments between, as a file that `open` takes. */
  save(fromMs: number, toMs: number): Promise<Uint8Array<ArrayBuffer>>
  /** Shows a saved file instead of what the server keeps, until `close`. Rejects with a sentence when it cannot be shown here. */
  open(file: Uint8Array<ArrayBuffer>, cityId: string): Promise<PastSpan>
  close(): void
}
