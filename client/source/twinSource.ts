/** Frames without a server: a twin in a worker, stepped on the city's own time. What only a server can do is refused in words. */
import type { Reply } from '../../twin/protocol/messages.ts'
import { LIVE, PROTOCOL_VERSION } from '../../twin/protocol/names.ts'
import { publishedTables } from '../../twin/domains.ts'
import { schemaHash } from '../../twin/protocol/frame.ts'
import type { Moment } from '../../twin/protocol/recording.ts'
import type { DrillBase } from '../../twin/scenario/drill/document.ts'
import type { CityPlace } from './cityPlace.ts'
import { makeDrillLine } from './drillLine.ts'
import { SETTLING, type FrameSource, type SourceListener } from './frameSource.ts'
import type { FromTwinWorker, ToTwinWorker } from './twin.worker.ts'
import { makeWorkerRuns } from './workerRuns.ts'

/** A tab that slept does not chase the time it missed by more than this many steps at once. */
const MOST_STEPS = 5
const STEP_MS = 1000
const TICK_MS = 20

export interface TwinSourceOptions {
  /** What the city's clocks add to UTC. */
  readonly utcOffsetS: number
  readonly city: () => Promise<{ readonly id: string; readonly place: CityPlace }>
  /** Said of what only a server can do. */
  readonly refusal: string
  /** Where drills begin; without it there are none. */
  readonly drill?: DrillBase
  /** A city without stored life lives so long before its first frame, seconds. */
  readonly settleS?: number
  /** Hears of everything that a recording of the present keeps. */
  readonly keep?: (moments: readonly Moment[], startMs: number) => void
}

export interface TwinSource extends FrameSource {
  /** What a server would answer at a path. */
  door(path: string): Promise<unknown>
}

export function makeTwinSource({
  utcOffsetS,
  city,
  refusal,
  drill,
  settleS = 0,
  keep,
}: TwinSourceOptions): TwinSource {
  const worker = new Worker(new URL('./twin.worker.ts', import.meta.url), { type: 'module' })
  const answers: { done: (answer: FromTwinWorker) => void; failed: (error: Error) => void }[] = []
  let listener: SourceListener | undefined
  let timer: ReturnType<typeof setInterval> | undefined
  let isWatched = false
  let isRunning = false
  let startMs = 0
  let steps = 0
  let seq = 0
  let place: CityPlace | undefined

  worker.addEventListener('message', ({ data }: MessageEvent<FromTwinWorker>) => {
    if (data.kind === 'settling') return listener?.loading?.(SETTLING, data.share)
    const waiting = answers.shift()
    if (data.kind === 'failed') waiting?.failed(new Error(data.error))
    else waiting?.done(data)
  })
  // answers come in the order of the questions
  const ask = (message: ToTwinWorker): Promise<FromTwinWorker> =>
    new Promise((done, failed) => {
      answers.push({ done, failed })
      worker.postMessage(message)
    })
  const askFor = async <K extends FromTwinWorker['kind']>(message: ToTwinWorker, kind: K) => {
    const answer = await ask(message)
    if (answer.kind !== kind) throw new Error(`the twin's worker answered ${answer.kind}`)
    return answer as Extract<FromTwinWorker, { kind: K }>
  }
  const pass = (answer: FromTwinWorker) => {
    if (answer.kind !== 'frame') return
    if (answer.kept.length > 0) keep?.(answer.kept, tickZeroMs)
    if (!isWatched) return
    // no line that could be late or lose anything lies between
    const facts = { seq: ++seq, stateHash: undefined, cutAtMs: performance.now(), wireBytes: 0 }
    if (!listener?.frame(LIVE, answer.bytes, facts)) sendKeyframe()
  }
  const sendKeyframe = () => {
    if (isRunning && isWatched) void ask({ kind: 'keyframe' }).then(pass)
  }
  const advance = () => {
    const due = Math.floor((Date.now() - startMs) / STEP_MS) - steps
    if (due <= 0 || answers.length > 0) return
    const seconds = Math.min(due, MOST_STEPS)
    steps += due
    void ask({ kind: 'advance', seconds }).then(pass)
  }
  let asked: ReturnType<TwinSourceOptions['city']> | undefined
  const ofCity = () => (asked ??= city())
  const drills =
    drill &&
    makeDrillLine(
      async () => (await ofCity()).place,
      drill,
      () => listener,
    )
  /** Of the twin's tick 0: a city that begins with life has lived before it was asked for. */
  let tickZeroMs = 0
  const start = async () => {
    const found = await ofCity()
    place = found.place
    await ask({ kind: 'load', place })
    startMs = Math.floor(Date.now() / STEP_MS) * STEP_MS
    const options = { startMs, utcOffsetS }
    const first = await askFor({ kind: 'start', options, settleS, isKept: keep !== undefined }, 'frame')
    tickZeroMs = startMs - first.tick * TICK_MS
    isRunning = true
    listener?.status?.({ state: 'open' })
    listener?.welcome?.({
      protocol: PROTOCOL_VERSION,
      schemaHash: schemaHash(publishedTables),
      cityId: found.id,
      startMs: tickZeroMs,
      utcOffsetS,
      speed: 1,
      build: 'demo',
    })
    pass(first)
    timer = setInterval(advance, STEP_MS / 4)
  }
  const refuse = async (): Promise<Reply<never>> => ({ ok: false, error: refusal })
  const runs = makeWorkerRuns({
    listener: () => listener,
    place: () => place,
    utcOffsetS,
    settleS,
    async fork() {
      const { state, startMs, seed } = await askFor({ kind: 'save' }, 'saved')
      return { state, facts: { startMs, seed, utcOffsetS } }
    },
  })
  return {
    open(given) {
      listener = given
      given.status?.({ state: 'connecting' })
      start().catch((error: Error) => {
        console.warn(error)
        given.status?.({ state: 'lost' })
      })
    },
    watch(stream) {
      if (stream !== LIVE) {
        if (drills?.watch(stream) !== true) runs.watch(stream)
        return
      }
      isWatched = true
      sendKeyframe()
    },
    unwatch(stream) {
      if (stream === LIVE) isWatched = false
      else {
        drills?.unwatch(stream)
        runs.unwatch(stream)
      }
    },
    drawn() {},
    door: async (path) => (await askFor({ kind: 'door', path }, 'answer')).body,
    fileRequest: refuse,
    comment: refuse,
    handleAlarm: refuse,
    actAtDesk: refuse,
    exercise: refuse,
    startScenario: runs.startScenario,
    startEnsemble: runs.startEnsemble,
    stopEnsemble: runs.stop,
    askPreliminary: refuse,
    ensemblePlaces: refuse,
    playStory: runs.playStory,
    respond: refuse,
    drill: drills?.drill ?? refuse,
    stopScenario: runs.stop,
    close() {
      clearInterval(timer)
      runs.close()
      worker.terminate()
      drills?.close()
    },
  }
}
