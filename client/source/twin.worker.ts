/**
 * A twin in the browser, without a server: fetches a city's datasets, steps the city and posts its frames. Also runs the fixed
 * run of `twin/scenario/runAndHash.ts`, to show that this engine gives the same bytes as every other.
 */
import { parseCity, type City, type CityDatasets, type CityInfo } from '../../twin/city.ts'
import type { Command } from '../../twin/commands.ts'
import { fetchBytes, fetchDatasets } from './fetchCity.ts'
import { FrameEncoder } from '../../twin/protocol/frame.ts'
import { runAndHash } from '../../twin/scenario/runAndHash.ts'
import type { Twin, TwinOptions } from '../../twin/twin.ts'
import { createWarmTwin } from '../../twin/warm.ts'
import { readWarm, type WarmDay } from '../../twin/warmFile.ts'

/** Asked of the worker, one after another; each is answered once. */
export type ToTwinWorker =
  /** `urls` by name of dataset, as `/api/city` gives them; `warm`, when there is one, is the life a city begins in. */
  | { readonly kind: 'load'; readonly info: CityInfo; readonly urls: Readonly<Record<string, string>> }
  | { readonly kind: 'hash'; readonly seed: number; readonly seconds: number }
  | { readonly kind: 'start'; readonly options: TwinOptions }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'advance'; readonly seconds: number }
  /** All as of the last frame. */
  | { readonly kind: 'keyframe' }

export type FromTwinWorker =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'hash'; readonly hash: number }
  | { readonly kind: 'taken' }
  /** What changed since the frame before; the first is a keyframe. Not deflated: it crosses no wire. */
  | { readonly kind: 'frame'; readonly tick: number; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly error: string }

let datasets: CityDatasets | undefined
let city: City | undefined
let warm: WarmDay | undefined
let running: { twin: Twin; encoder: FrameEncoder } | undefined
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
  postMessage(message, message.kind === 'frame' ? { transfer: [message.bytes.buffer] } : undefined)
}

async function take(message: ToTwinWorker): Promise<FromTwinWorker> {
  switch (message.kind) {
    case 'load':
      datasets = await fetchDatasets(message.info, message.urls)
      city = parseCity(datasets)
      warm = message.urls['warm'] === undefined ? undefined : readWarm(await fetchBytes(message.urls['warm']))
      return { kind: 'loaded' }
    case 'hash':
      return { kind: 'hash', hash: runAndHash(loaded(datasets), message.seed, message.seconds) }
    case 'start': {
      const twin = createWarmTwin(loaded(city), warm, message.options)
      running = { twin, encoder: new FrameEncoder(twin.tables) }
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
      return { kind: 'frame', tick: twin.clock.tick, bytes: encoder.keyframe() }
    }
  }
}

function frameOf({ twin, encoder }: { twin: Twin; encoder: FrameEncoder }): FromTwinWorker {
  return { kind: 'frame', tick: twin.clock.tick, bytes: encoder.delta(twin.clock.tick) }
}

function loaded<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('twin worker: load a city and start it first')
  return thing
}
