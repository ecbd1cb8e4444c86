/** A page's what-if runs where there is no server: each in a worker of its own, told to the page as a server tells its runs. */
import type { SavedState } from '../../twin/kernel/domain.ts'
import type {
  EnsembleState,
  PlayStory,
  Reply,
  ScenarioState,
  StartEnsemble,
  StartScenario,
} from '../../twin/protocol/messages.ts'
import { runOfStory } from '../../twin/scenario/stories.ts'
import type { CityPlace } from './cityPlace.ts'
import type { SourceListener } from './frameSource.ts'
import type { FromRunWorker, RunBeginning, RunSide, ToRunWorker } from './run.worker.ts'

const DAY_MS = 86_400_000

export interface WorkerRunsOptions {
  readonly listener: () => SourceListener | undefined
  /** Undefined while there is no city yet. */
  readonly place: () => CityPlace | undefined
  readonly utcOffsetS: number
  readonly settleS: number
  /** The living twin as it stands. */
  readonly fork: () => Promise<{ readonly state: SavedState; readonly facts: RunBeginning['facts'] }>
}

interface Run {
  readonly worker: Worker
  /** Streams that are looked at, and whether a keyframe of theirs has come. */
  readonly watched: Map<RunSide, boolean>
  /** Says that whoever asked for it wants it no more. */
  readonly stopped: () => void
}

type Started = Reply<{ id: string }>

export function makeWorkerRuns({ listener, place, utcOffsetS, settleS, fork }: WorkerRunsOptions) {
  const runs = new Map<string, Run>()
  let count = 0
  let seq = 0

  const runOf = (stream: string): { readonly run: Run | undefined; readonly side: RunSide } => {
    const isBase = stream.endsWith('.base')
    return { run: runs.get(isBase ? stream.slice(0, -5) : stream), side: isBase ? 'base' : 'edited' }
  }
  const askKeyframe = (run: Run, side: RunSide) => {
    run.watched.set(side, false)
    run.worker.postMessage({ kind: 'keyframe', side } satisfies ToRunWorker)
  }
  const passFrame = (
    id: string,
    run: Run,
    { side, isKeyframe, bytes }: FromRunWorker & { kind: 'frame' },
  ) => {
    const hasKeyframe = run.watched.get(side)
    if (hasKeyframe === undefined || (!hasKeyframe && !isKeyframe)) return
    run.watched.set(side, true)
    const stream = side === 'base' ? `${id}.base` : id
    const facts = { seq: ++seq, stateHash: undefined, cutAtMs: performance.now(), wireBytes: 0 }
    if (listener()?.frame(stream, bytes, facts) === false) askKeyframe(run, side)
  }
  const beginningAt = async (atS: number | undefined): Promise<RunBeginning> => {
    const { state, facts } = await fork()
    if (atS === undefined) return { facts, state, settleS }
    // clock time `atS` of the city's own day
    const midnightMs = Math.floor((Date.now() + utcOffsetS * 1000) / DAY_MS) * DAY_MS - utcOffsetS * 1000
    return { facts: { ...facts, startMs: midnightMs + atS * 1000 }, state: undefined, settleS }
  }
  /** Begins a run; answers once it is known whether its edits can be made. */
  const begin = async (
    name: string,
    atS: number | undefined,
    ask: (where: { place: CityPlace; from: RunBeginning }) => ToRunWorker,
    hear: (id: string, message: FromRunWorker) => void,
    stopped: (id: string) => void,
  ): Promise<Started> => {
    const where = place()
    if (where === undefined) return { ok: false, error: 'the city is still starting' }
    const from = await beginningAt(atS)
    const id = `${name}-${++count}`
    const worker = new Worker(new URL('./run.worker.ts', import.meta.url), { type: 'module' })
    const run: Run = { worker, watched: new Map(), stopped: () => stopped(id) }
    return new Promise((resolve) => {
      worker.addEventListener('error', ({ message }) => {
        hear(id, { kind: 'failed', error: message })
        resolve({ ok: false, error: message })
      })
      worker.addEventListener('message', ({ data }: MessageEvent<FromRunWorker>) => {
        if (data.kind === 'begun') {
          runs.set(id, run)
          resolve({ ok: true, id })
        } else if (data.kind === 'failed' && !runs.has(id)) {
          worker.terminate()
          const { error, refused } = data
          resolve({ ok: false, error, ...(refused && { refused }) })
        } else if (data.kind === 'frame') passFrame(id, run, data)
        else hear(id, data)
      })
      worker.postMessage(ask({ place: where, from }))
    })
  }

  const startScenario = (asked: StartScenario): Promise<Started> => {
    const { edits, horizonS, speed, atS } = asked
    let state: Omit<ScenarioState, 'id'> = { state: 'running', ahead: 0, doneS: 0, horizonS }
    return begin(
      'scenario',
      atS,
      (where) => ({ kind: 'scenario', ...where, edits, horizonS, speed }),
      (id, message) => {
        if (message.kind === 'progress') {
          const { doneS, startMs, comparison = state.comparison } = message
          state = { ...state, doneS, startMs, ...(comparison && { comparison }) }
        } else if (message.kind === 'failed') state = { ...state, state: 'failed', error: message.error }
        else if (message.kind === 'done') state = { ...state, state: 'done' }
        listener()?.scenario?.({ id, ...state })
      },
      (id) => listener()?.scenario?.({ id, ...state, state: 'stopped' }),
    )
  }
  const startEnsemble = (asked: StartEnsemble): Promise<Started> => {
    const { edits, horizonS, members, atS } = asked
    let state: Omit<EnsembleState, 'id'> = {
      state: 'running',
      ahead: 0,
      share: 0,
      pairs: 0,
      members,
      outcomes: [],
    }
    return begin(
      'ensemble',
      atS,
      (where) => ({ kind: 'ensemble', ...where, edits, horizonS, members }),
      (id, message) => {
        if (message.kind === 'measured') {
          const { share, pairs, outcomes, runs, trips } = message
          state = { ...state, share, pairs, outcomes, runs, ...(trips && { trips }) }
        } else if (message.kind === 'failed') state = { ...state, state: 'failed', error: message.error }
        else if (message.kind === 'done') {
          state = { ...state, state: 'done', share: 1 }
          end(id)
        }
        listener()?.ensemble?.({ id, ...state })
      },
      (id) => listener()?.ensemble?.({ id, ...state, state: 'stopped' }),
    )
  }
  const end = (id: string) => {
    runs.get(id)?.worker.terminate()
    return runs.delete(id)
  }

  return {
    startScenario,
    startEnsemble,
    playStory: (story: PlayStory) => startScenario(runOfStory(story)),
    async stop(id: string): Promise<Reply> {
      const run = runs.get(id)
      if (run === undefined) return { ok: false, error: `you have no run ${id}` }
      end(id)
      run.stopped()
      return { ok: true }
    },
    watch(stream: string): void {
      const { run, side } = runOf(stream)
      if (run !== undefined) askKeyframe(run, side)
    },
    unwatch(stream: string): void {
      const { run, side } = runOf(stream)
      run?.watched.delete(side)
    },
    close(): void {
      for (const { worker } of runs.values()) worker.terminate()
    },
  }
}
