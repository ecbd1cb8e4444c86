/** Frames without a server: a twin in a worker, stepped on the city's own time. What only a server can do is refused in words. */
import type { Reply } from '../../twin/protocol/messages.ts'
import { LIVE, PROTOCOL_VERSION } from '../../twin/protocol/names.ts'
import { publishedTables } from '../../twin/domains.ts'
import { schemaHash } from '../../twin/protocol/frame.ts'
import { addressOf, fullAddressOf } from './address.ts'
import type { CityInfo } from '../../twin/city.ts'
import type { DrillBase } from '../../twin/scenario/drill/document.ts'
import { makeDrillLine, type DrillCity } from './drillLine.ts'
import type { FrameSource, SourceListener } from './frameSource.ts'
import type { FromTwinWorker, ToTwinWorker } from './twin.worker.ts'

/** A tab that slept does not chase the time it missed by more than this many steps at once. */
const MOST_STEPS = 5
const STEP_MS = 1000

/** What GET /api/city gives, as far as it is needed here. */
interface Index {
  readonly datasets: Readonly<Record<string, { readonly url: string }>>
}

/** The city's files lie where a server would have them; `utcOffsetS` is what its clocks add to UTC, `drillBase` where drills begin. */
export function makeTwinSource(utcOffsetS: number, drillBase: DrillBase): FrameSource {
  const worker = new Worker(new URL('./twin.worker.ts', import.meta.url), { type: 'module' })
  const answers: { done: (answer: FromTwinWorker) => void; failed: (error: Error) => void }[] = []
  let listener: SourceListener | undefined
  let timer: ReturnType<typeof setInterval> | undefined
  let isWatched = false
  let isRunning = false
  let startMs = 0
  let steps = 0
  let seq = 0

  worker.addEventListener('message', ({ data }: MessageEvent<FromTwinWorker>) => {
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
  const pass = (answer: FromTwinWorker) => {
    if (answer.kind !== 'frame' || !isWatched) return
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
  let given: Promise<DrillCity> | undefined
  const city = () => (given ??= fetchCity())
  const drills = makeDrillLine(city, drillBase, () => listener)
  const start = async () => {
    const { info, urls } = await city()
    await ask({ kind: 'load', info, urls })
    startMs = Math.floor(Date.now() / STEP_MS) * STEP_MS
    const first = await ask({ kind: 'start', options: { startMs, utcOffsetS } })
    if (first.kind !== 'frame') throw new Error('the twin gave no frame')
    isRunning = true
    listener?.status?.({ state: 'open' })
    listener?.welcome?.({
      protocol: PROTOCOL_VERSION,
      schemaHash: schemaHash(publishedTables),
      cityId: info.id,
      // a warm twin's clock began before the moment that was asked for
      startMs: startMs - first.tick * 20,
      utcOffsetS,
      speed: 1,
      build: 'demo',
    })
    pass(first)
    timer = setInterval(advance, STEP_MS / 4)
  }
  const refuse = async (): Promise<Reply<never>> => ({
    ok: false,
    error: 'This is a demo without a server; install Citytwin for this.',
  })
  return {
    open(given) {
      listener = given
      given.status?.({ state: 'connecting' })
      start().catch(() => given.status?.({ state: 'lost' }))
    },
    watch(stream) {
      if (stream !== LIVE) return void drills.watch(stream)
      isWatched = true
      sendKeyframe()
    },
    unwatch: (stream) => {
      if (stream === LIVE) isWatched = false
      else drills.unwatch(stream)
    },
    drawn() {},
    fileRequest: refuse,
    comment: refuse,
    handleAlarm: refuse,
    actAtDesk: refuse,
    exercise: refuse,
    startScenario: refuse,
    startEnsemble: refuse,
    stopEnsemble: refuse,
    askPreliminary: refuse,
    ensemblePlaces: refuse,
    playStory: refuse,
    respond: refuse,
    drill: (message) => drills.drill(message),
    stopScenario: refuse,
    close() {
      clearInterval(timer)
      worker.terminate()
      drills.close()
    },
  }
}

async function fetchCity(): Promise<DrillCity> {
  const response = await fetch(addressOf('/api/city'))
  // the file's shape is vouched for by who built the demo
  const { datasets, ...info } = (await response.json()) as Index & CityInfo
  const urls = Object.entries(datasets).map(([name, { url }]) => [name, fullAddressOf(url)])
  return { info, urls: Object.fromEntries(urls) as Record<string, string> }
}
