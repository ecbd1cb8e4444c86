/**
 * What a recording holds, small enough for memory: where keyframes lie, what happened, and the indicators' course. It is kept
 * in a log of its own beside the frames and read from there, so that any process which can read the logs knows as much as the
 * one that writes them.
 */
import { eventKinds, type EventKind } from '../../twin/events.ts'
import { EventCourse } from './eventCourse.ts'
import { KeyframeCourse } from './keyframeCourse.ts'
import type { Log, LogRecord } from './log/log.ts'
import { ValueCourse } from './valueCourse.ts'

/** What is written, as JSON. Kinds that a later server adds are passed over by an earlier one. */
export type IndexEntry =
  | {
      readonly kind: 'run'
      readonly run: number
      readonly id: string
      readonly startMs: number
      readonly utcOffsetS: number
      readonly schemaHash: number
    }
  /** `seq` is its number in the log of frames. */
  | { readonly kind: 'keyframe'; readonly run: number; readonly seq: number; readonly cityMs: number }
  | {
      readonly kind: 'events'
      readonly run: number
      readonly events: readonly RecordedEvent[]
    }
  | {
      readonly kind: 'values'
      readonly run: number
      readonly cityMs: number
      readonly values: readonly number[]
    }
  /** Nothing was recorded between these times of the city. */
  | {
      readonly kind: 'lost'
      readonly run: number
      readonly fromMs: number
      readonly toMs: number
    }

export interface RecordedEvent {
  readonly kind: Exclude<EventKind, 'none'>
  readonly row: number
  readonly value: number
  /** City time, milliseconds. */
  readonly timeMs: number
}

export interface IndexedRun {
  readonly run: number
  readonly id: string
  readonly startMs: number
  readonly utcOffsetS: number
  readonly schemaHash: number
  readonly keyframes: KeyframeCourse
  readonly events: EventCourse
  readonly values: ValueCourse
  readonly lost: { readonly fromMs: number; readonly toMs: number }[]
}

export class RecordIndex {
  /** In the order they began. */
  readonly runs: IndexedRun[] = []
  /** Number of the last entry taken in. */
  at = 0
  private readonly byRun = new Map<number, IndexedRun>()

  /** Takes in everything that is there now. */
  async load(log: Log): Promise<void> {
    for (const record of await log.range(await log.oldest(), await log.head())) this.take(record)
  }

  /** Takes in what comes, until the log is closed. */
  async follow(log: Log): Promise<void> {
    for await (const record of log.tail(this.at + 1)) this.take(record)
  }

  /** Forgets what lies before record `oldestSeq` of the frames. */
  forget(oldestSeq: number): void {
    for (const run of this.runs) {
      run.keyframes.forget(oldestSeq)
      const fromMs = run.keyframes.at(0)?.cityMs ?? Infinity
      run.events.forget(fromMs)
      run.values.forget(fromMs)
      dropBefore(run.lost, ({ toMs }) => toMs >= fromMs)
    }
    // the present run stays, though its first keyframe may be still to come
    while (this.runs.length > 1 && this.runs[0].keyframes.length === 0)
      this.byRun.delete(this.runs.shift()!.run)
  }

  private take({ seq, bytes }: LogRecord): void {
    this.at = seq
    const entry = parseEntry(bytes)
    if (entry === undefined) return
    if (entry.kind === 'run') {
      const { kind: _, ...facts } = entry
      const run: IndexedRun = {
        ...facts,
        keyframes: new KeyframeCourse(),
        events: new EventCourse(),
        values: new ValueCourse(),
        lost: [],
      }
      this.runs.push(run)
      this.byRun.set(run.run, run)
      return
    }
    const run = this.byRun.get(entry.run)
    if (run === undefined) return
    if (entry.kind === 'keyframe') run.keyframes.push(entry)
    else if (entry.kind === 'events') run.events.push(entry.events)
    else if (entry.kind === 'values') run.values.push(entry.cityMs, entry.values)
    else run.lost.push({ fromMs: entry.fromMs, toMs: entry.toMs })
  }
}

export function entryBytes(entry: IndexEntry): Uint8Array {
  return Buffer.from(JSON.stringify(entry))
}

const kinds: readonly string[] = [
  'run',
  'keyframe',
  'events',
  'values',
  'lost',
] satisfies IndexEntry['kind'][]

/** Our own writing, checked by the log: only what a later server may have added is looked for. */
function parseEntry(bytes: Uint8Array): IndexEntry | undefined {
  const entry = JSON.parse(Buffer.from(bytes).toString()) as IndexEntry
  if (!kinds.includes(entry.kind)) return undefined
  if (entry.kind !== 'events') return entry
  return { ...entry, events: entry.events.filter(({ kind }) => eventKinds.includes(kind)) }
}

function dropBefore<T>(list: T[], isKept: (one: T) => boolean): void {
  const first = list.findIndex(isKept)
  list.splice(0, first < 0 ? list.length : first)
}
