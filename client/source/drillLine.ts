/** Drills of a page without a server: each in a worker of its own, its streams passed on as a server would. */
import type { DrillMessage } from '../../twin/protocol/drillMessages.ts'
import type { DrillBase } from '../../twin/scenario/drill/document.ts'
import type { Reply } from '../../twin/protocol/messages.ts'
import type { SourceListener } from './frameSource.ts'
import type { CityPlace } from './cityPlace.ts'
import type { DrillSide, FromDrillWorker, ToDrillWorker } from './drill.worker.ts'

export interface DrillLine {
  drill(message: DrillMessage): Promise<Reply<{ id: string }>>
  /** Whether `stream` is a drill's; it is begun with a keyframe. */
  watch(stream: string): boolean
  unwatch(stream: string): void
  close(): void
}

interface Running {
  readonly worker: Worker
  readonly answers: ((error: string | undefined) => void)[]
}

export function makeDrillLine(
  place: () => Promise<CityPlace>,
  base: DrillBase,
  listener: () => SourceListener | undefined,
): DrillLine {
  const running = new Map<string, Running>()
  const watched = new Set<string>()
  let count = 0
  let seq = 0

  const ask = ({ worker, answers }: Running, message: ToDrillWorker): Promise<string | undefined> =>
    new Promise((done) => {
      answers.push(done)
      worker.postMessage(message)
    })
  const begin = async (message: DrillMessage): Promise<string> => {
    const id = `drill-${++count}`
    const worker = new Worker(new URL('./drill.worker.ts', import.meta.url), { type: 'module' })
    const one: Running = { worker, answers: [] }
    running.set(id, one)
    worker.addEventListener('message', ({ data }: MessageEvent<FromDrillWorker>) => hear(id, one, data))
    const error =
      (await ask(one, { kind: 'open', place: await place(), base })) ??
      (await ask(one, { kind: 'say', message }))
    if (error === undefined) return id
    end(id)
    throw new Error(error)
  }
  const hear = (id: string, { answers }: Running, data: FromDrillWorker) => {
    if (data.kind === 'answer') answers.shift()?.(data.error)
    else if (data.kind === 'news') listener()?.drill?.({ ...data.news, id })
    else {
      const stream = streamOf(id, data.side)
      if (!watched.has(stream)) return
      const facts = { seq: ++seq, stateHash: undefined, cutAtMs: performance.now(), wireBytes: 0 }
      if (!listener()?.frame(stream, data.bytes, facts)) askWhole(stream)
    }
  }
  const askWhole = (stream: string) => {
    const id = stream.replace(/\.base$/, '')
    const one = running.get(id)
    if (one !== undefined) void ask(one, { kind: 'keyframe', side: stream === id ? 'played' : 'base' })
  }
  const end = (id: string) => {
    running.get(id)?.worker.terminate()
    running.delete(id)
  }

  return {
    async drill(message) {
      try {
        if (message.do === 'start' || message.do === 'verify') return { ok: true, id: await begin(message) }
        const { id } = message
        const one = running.get(id)
        if (one === undefined) throw new Error(`id: you have no drill ${id}`)
        if (message.do === 'stop') end(id)
        else {
          const error = await ask(one, { kind: 'say', message })
          if (error !== undefined) throw new Error(error)
        }
        return { ok: true, id }
      } catch (error) {
        return { ok: false, error: (error as Error).message }
      }
    },
    watch(stream) {
      if (!stream.startsWith('drill-')) return false
      watched.add(stream)
      askWhole(stream)
      return true
    },
    unwatch: (stream) => void watched.delete(stream),
    close() {
      for (const id of running.keys()) end(id)
    },
  }
}

function streamOf(id: string, side: DrillSide): string {
  return side === 'base' ? `${id}.base` : id
}
