/** What happened, oldest first, in arrays: a day has tens of thousands of events, and an object for each would be most of what a recording holds in memory. */
import { eventKinds } from '../../twin/events.ts'
import type { RecordedEvent } from './recordIndex.ts'

const CHUNK = 512

interface Chunk {
  length: number
  /** Row of `eventKinds`. */
  readonly kinds: Uint8Array
  readonly rows: Uint32Array
  readonly values: Float64Array
  readonly timesMs: Float64Array
}

export class EventCourse {
  private readonly chunks: Chunk[] = []

  /** Adds events, none of them before those already there. */
  push(events: readonly RecordedEvent[]): void {
    for (const { kind, row, value, timeMs } of events) {
      let chunk = this.chunks.at(-1)
      if (chunk === undefined || chunk.length === CHUNK) this.chunks.push((chunk = emptyChunk()))
      const at = chunk.length++
      chunk.kinds[at] = eventKinds.indexOf(kind)
      chunk.rows[at] = row
      chunk.values[at] = value
      chunk.timesMs[at] = timeMs
    }
  }

  /** Between two moments, both included. */
  between(fromMs: number, toMs: number): RecordedEvent[] {
    const found: RecordedEvent[] = []
    for (const { length, kinds, rows, values, timesMs } of this.chunks) {
      for (let i = 0; i < length; i++) {
        const timeMs = timesMs[i]
        if (timeMs < fromMs || timeMs > toMs) continue
        const kind = eventKinds[kinds[i]] as RecordedEvent['kind']
        found.push({ kind, row: rows[i], value: values[i], timeMs })
      }
    }
    return found
  }

  /** Lets go of chunks that lie wholly before `fromMs`. */
  forget(fromMs: number): void {
    while (this.chunks.length > 0 && this.chunks[0].timesMs[this.chunks[0].length - 1] < fromMs)
      this.chunks.shift()
  }
}

function emptyChunk(): Chunk {
  return {
    length: 0,
    kinds: new Uint8Array(CHUNK),
    rows: new Uint32Array(CHUNK),
    values: new Float64Array(CHUNK),
    timesMs: new Float64Array(CHUNK),
  }
}
