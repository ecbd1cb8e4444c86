/** A source with a past: all streams of a line, and the stream `REPLAY` of recorded moments, decoded in a worker that starts when it is first asked. */
import { fullAddressOf } from './address.ts'
import type { Moment } from '../../twin/protocol/recording.ts'
import { REPLAY, type FrameSource, type SourceListener } from './frameSource.ts'
import type { PastSource } from './pastSource.ts'
import type { FromReplayWorker, ToReplayWorker } from './replay.worker.ts'
import type { Picture } from './replayPlayer.ts'

type Question = ToReplayWorker extends infer Q ? (Q extends { id: number } ? Omit<Q, 'id'> : never) : never

/** The moments of a city that runs in the page, on their way to what remembers them. */
export interface Memory {
  readonly cityId: string
  readonly utcOffsetS: number
  /** Told from now on of every moment, with the Unix time of tick 0. */
  onMoments(hear: (moments: readonly Moment[], startMs: number) => void): void
}

/** The past is what the page's own server keeps, the file at `recording`, or what the page remembers. */
export function withReplay(
  line: FrameSource,
  from: { recording?: string; memory?: Memory } = {},
): FrameSource {
  let listener: SourceListener | undefined
  return {
    ...line,
    past: makePast(from, () => listener),
    open(given) {
      listener = given
      line.open(given)
    },
    // recorded moments come when they are asked for, not by themselves
    watch: (stream) => stream !== REPLAY && line.watch(stream),
    unwatch: (stream) => stream !== REPLAY && line.unwatch(stream),
    look: (stream, view) => stream !== REPLAY && line.look?.(stream, view),
    drawn: (stream, tick) => stream !== REPLAY && line.drawn(stream, tick),
  }
}

function makePast(
  { recording, memory }: { recording?: string; memory?: Memory },
  listener: () => SourceListener | undefined,
): PastSource {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, { done: (answer: never) => void; failed: (error: Error) => void }>()

  const start = (): Worker => {
    const made = new Worker(new URL('./replay.worker.ts', import.meta.url), { type: 'module' })
    made.addEventListener('message', ({ data }: MessageEvent<FromReplayWorker>) => {
      const asked = waiting.get(data.id)
      waiting.delete(data.id)
      // the answer's type was fixed together with the question
      if ('error' in data) asked?.failed(new Error(data.error))
      else asked?.done(data.answer as never)
    })
    made.addEventListener('error', ({ message }) => {
      for (const { failed } of waiting.values())
        failed(new Error(message || 'the replay could not be started'))
      waiting.clear()
      worker = undefined
    })
    // a worker's own address is another than the page's
    made.postMessage({
      id: 0,
      kind: 'base',
      base: fullAddressOf('/').replace(/\/$/, ''),
      recording: recording && fullAddressOf(recording),
    } satisfies ToReplayWorker)
    if (memory) made.postMessage({ id: 0, kind: 'remember', cityId: memory.cityId } satisfies ToReplayWorker)
    return made
  }
  const ask = <T>(question: Question): Promise<T> =>
    new Promise((done, failed) => {
      worker ??= start()
      const id = ++lastId
      waiting.set(id, { done, failed })
      worker.postMessage({ ...question, id })
    })

  memory?.onMoments((moments, startMs) => {
    const run = { run: 1, startMs, utcOffsetS: memory.utcOffsetS }
    void ask({ kind: 'keep', moments, run }).catch(() => undefined)
  })

  return {
    span: () => ask({ kind: 'span' }),
    marks: (fromMs, toMs, stepMs) => ask({ kind: 'marks', fromMs, toMs, stepMs }),
    values: (row, fromMs, toMs) => ask({ kind: 'values', row, fromMs, toMs }),
    save: (fromMs, toMs) => ask({ kind: 'save', fromMs, toMs }),
    open: (file, cityId) => ask({ kind: 'open', file, cityId }),
    // neither has an answer; what fails is said of the next question
    close: () => void ask({ kind: 'close' }).catch(() => undefined),
    prepare: (timeMs) => void ask({ kind: 'prepare', timeMs }).catch(() => undefined),
    async show(show) {
      const { bytes, isJump, timeMs, startMs, utcOffsetS } = await ask<Picture>({ kind: 'show', show })
      if (isJump) listener()?.jump?.(REPLAY, { startMs, utcOffsetS })
      const facts = { seq: 0, stateHash: undefined, cutAtMs: performance.now(), wireBytes: 0 }
      listener()?.frame(REPLAY, bytes, facts)
      return { timeMs }
    },
  }
}
