/**
 * A twin in the browser, without a server: reads a city's datasets, steps the city and posts its frames. Also runs the fixed
 * run of `twin/scenario/runAndHash.ts`, to show that this engine gives the same bytes as every other.
 */
import { deflateSync } from 'fflate'
import { parseCity, type City, type CityDatasets } from '../../twin/city.ts'
import type { Command } from '../../twin/commands.ts'
import type { SavedState } from '../../twin/kernel/domain.ts'
import { timeMsAt } from '../../twin/kernel/clock.ts'
import { FrameEncoder } from '../../twin/protocol/frame.ts'
import type { Moment } from '../../twin/protocol/recording.ts'
import { runAndHash } from '../../twin/scenario/runAndHash.ts'
import { createTwin, type Twin, type TwinOptions } from '../../twin/twin.ts'
import { createWarmTwin } from '../../twin/warm.ts'
import { readWarm, type WarmDay } from '../../twin/warmFile.ts'
import { infoOf, readDatasets, readerOf, type CityPlace, type Reader } from './cityPlace.ts'
import { makeTwinDoors } from './twinDoors.ts'

/** Asked of the worker, one after another; each is answered once. */
export type ToTwinWorker =
  /** A dataset `warm`, where there is one, is the life a city begins in. */
  | { readonly kind: 'load'; readonly place: CityPlace }
  | { readonly kind: 'hash'; readonly seed: number; readonly seconds: number }
  | {
      readonly kind: 'start'
      readonly options: TwinOptions
      /** A city without stored life lives so long before its first frame, seconds, so that its streets have filled. */
      readonly settleS: number
      /** Frames come with what a recording keeps of them. */
      readonly isKept: boolean
    }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'advance'; readonly seconds: number }
  /** All as of the last frame. */
  | { readonly kind: 'keyframe' }
  | { readonly kind: 'save' }
  /** What a server would answer at a path. */
  | { readonly kind: 'door'; readonly path: string }

export type FromTwinWorker =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'hash'; readonly hash: number }
  | { readonly kind: 'taken' }
  /** What changed since the frame before; the first is a keyframe. Not deflated: it crosses no wire. */
  | {
      readonly kind: 'frame'
      readonly tick: number
      readonly bytes: Uint8Array
      readonly kept: readonly Moment[]
    }
  | { readonly kind: 'saved'; readonly state: SavedState; readonly startMs: number; readonly seed: number }
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'failed'; readonly error: string }
  /** No answer: how far the streets have filled, 0 to 1. */
  | { readonly kind: 'settling'; readonly share: number }

const SETTLE_AT_ONCE_S = 20
/** As far apart as a server's, so that a replay finds one in each of its pieces. */
const KEYFRAME_EVERY_S = 30

interface Running {
  readonly twin: Twin
  readonly encoder: FrameEncoder
  readonly isKept: boolean
  keyframeAtS: number
}

let read: Reader | undefined
let datasets: CityDatasets | undefined
let city: City | undefined
let warm: WarmDay | undefined
let running: Running | undefined
let doors: ReturnType<typeof makeTwinDoors> | undefined
let last: Promise<void> = Promise.resolve()

addEventListener('message', ({ data }: MessageEvent<ToTwinWorker>) => {
  last = last.then(async () => {
    try {
      answer(await take(data))
    } catch (error) {
      answer({ kind: 'failed', error: (error as Error).message })
    }
  })
})

function answer(message: FromTwinWorker): void {
  if (message.kind === 'frame')
    postMessage(message, {
      transfer: [message.bytes.buffer, ...message.kept.map(({ frame }) => frame.buffer)],
    })
  else postMessage(message)
}

async function take(message: ToTwinWorker): Promise<FromTwinWorker> {
  switch (message.kind) {
    case 'load': {
      read = readerOf(message.place)
      datasets = await readDatasets(await infoOf(message.place), read)
      city = parseCity(datasets)
      const stored = await read('warm')
      warm = stored && readWarm(stored)
      return { kind: 'loaded' }
    }
    case 'hash':
      return { kind: 'hash', hash: runAndHash(loaded(datasets), message.seed, message.seconds) }
    case 'start': {
      const twin = begun(loaded(city), message.options, message.settleS)
      const { isKept } = message
      running = { twin, encoder: new FrameEncoder(twin.tables), isKept, keyframeAtS: -Infinity }
      doors = makeTwinDoors(twin, loaded(read))
      return frameOf(running)
    }
    case 'command':
      loaded(running).twin.command(message.command)
      return { kind: 'taken' }
    case 'advance':
      loaded(running).twin.advance(message.seconds)
      return frameOf(loaded(running))
    case 'keyframe': {
      const { twin, encoder } = loaded(running)
      return { kind: 'frame', tick: twin.clock.tick, bytes: encoder.keyframe(), kept: [] }
    }
    case 'save': {
      const { twin } = loaded(running)
      return { kind: 'saved', state: twin.save(), startMs: twin.clock.startMs, seed: twin.city.info.seed }
    }
    case 'door':
      return { kind: 'answer', body: await loaded(doors)(message.path) }
  }
}

/** A twin that has come to `options.startMs` with life on its streets. */
function begun(city: City, options: TwinOptions, settleS: number): Twin {
  if (warm !== undefined) return createWarmTwin(city, warm, options)
  const twin = createTwin(city, { ...options, startMs: options.startMs - settleS * 1000 })
  for (let s = 0; s < settleS; s += SETTLE_AT_ONCE_S) {
    answer({ kind: 'settling', share: s / settleS })
    twin.advance(Math.min(SETTLE_AT_ONCE_S, settleS - s))
  }
  return twin
}

function frameOf(run: Running): FromTwinWorker {
  const { clock } = run.twin
  const bytes = run.encoder.delta(clock.tick)
  return { kind: 'frame', tick: clock.tick, bytes, kept: run.isKept ? momentsOf(run, bytes) : [] }
}

/** The frame as a recording keeps it; a keyframe in its place whenever one is due. */
function momentsOf(run: Running, delta: Uint8Array): Moment[] {
  const { twin, encoder } = run
  const { clock } = twin
  const cityMs = timeMsAt(clock, clock.tick)
  const isKeyframe = cityMs / 1000 - run.keyframeAtS >= KEYFRAME_EVERY_S
  if (isKeyframe) run.keyframeAtS = cityMs / 1000
  const frame = deflateSync(isKeyframe ? encoder.keyframe() : delta, { level: 1 })
  return [{ isKeyframe, run: 1, tick: clock.tick, cityMs, wallMs: cityMs, frame }]
}

function loaded<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('twin worker: load a city and start it first')
  return thing
}
