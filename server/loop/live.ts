/**
 * The live twin as the rest of the server sees it: a thread that is kept going, its frames as they come, and its tables as
 * of the last frame. A thread that dies is started again from its last saved state, or from the city's own time.
 */
import { inflateRawSync } from 'node:zlib'
import { Worker } from 'node:worker_threads'
import type { Command } from '../../twin/commands.ts'
import { publishedTables } from '../../twin/domains.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import { makeTable, type ColumnSpecs, type Table, type TableSpec } from '../../twin/kernel/table.ts'
import { FrameDecoder } from '../../twin/protocol/frame.ts'
import type { Fork, FromLive, LiveSetUp, Load, RunFacts, ToLive } from './loopMessages.ts'

// How often the state is kept for a restart, wall milliseconds.
const CHECKPOINT_MS = 120_000
// A thread that dies sooner than this after it resumed is not resumed from that state again.
const BAD_RESUME_MS = 30_000
const MAX_BACKOFF_MS = 60_000
// No frame for this long and the twin counts as stopped; slow speeds have longer steps.
const STOPPED_AFTER_MS = 15_000
const COMPLAIN_EVERY_MS = 60_000

export interface LiveFrame {
  readonly tick: number
  readonly isKeyframe: boolean
  /** Deflated. */
  readonly bytes: ArrayBuffer
  readonly stateHash: number | undefined
}

interface Listeners {
  /** `savedAtMs` is the wall time of the state it goes on from; undefined is a fresh run. */
  readonly running: (facts: RunFacts, savedAtMs: number | undefined) => void
  readonly frame: (frame: LiveFrame) => void
  readonly keyframe: (frame: LiveFrame) => void
}

export interface LiveOptions {
  readonly workerUrl: URL
  readonly setUp: Omit<LiveSetUp, 'resume'>
  readonly log: (line: string) => void
}

export class Live {
  /** Facts of the present run; undefined until the twin is warm. */
  facts: RunFacts | undefined
  load: Load = { behindS: 0, droppedS: 0, stepMs: 0, steps: 0 }
  restarts = 0
  frames = 0
  frameBytes = 0
  /** Why the last thread died, when one did. */
  lastFailure: string | undefined
  private readonly options: LiveOptions
  /** What the frames so far amount to. */
  readonly decoder = new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0)))
  private readonly listeners: { [K in keyof Listeners]: Listeners[K][] } = {
    running: [],
    frame: [],
    keyframe: [],
  }
  private readonly asked = new Map<
    number,
    { done: (answer: never) => void; failed: (error: Error) => void }
  >()
  private worker: Worker | undefined
  private nextId = 1
  private frameAtMs: number | undefined
  private checkpoint: { readonly fork: Fork; readonly atMs: number } | undefined
  private resumed: { readonly atMs: number } | undefined
  private startedAtMs = 0
  private complainedAtMs = 0
  private isStopping = false
  private quickFailures = 0
  private checkpointTimer: NodeJS.Timeout | undefined

  constructor(options: LiveOptions) {
    this.options = options
  }

  start(): void {
    this.spawn(undefined)
    this.checkpointTimer = setInterval(() => void this.keepState(), CHECKPOINT_MS)
    this.checkpointTimer.unref()
  }

  async stop(): Promise<void> {
    this.isStopping = true
    clearInterval(this.checkpointTimer)
    await this.worker?.terminate()
  }

  on<K extends keyof Listeners>(event: K, listener: Listeners[K]): void {
    this.listeners[event].push(listener)
  }

  /** Tick of the last frame; −1 before the first. */
  get tick(): number {
    return this.decoder.tick
  }

  get speed(): number {
    return this.options.setUp.speed
  }

  /** Unix time the city shows; undefined until the twin is warm. */
  get timeMs(): number | undefined {
    if (this.facts === undefined || this.tick < 0) return undefined
    return this.facts.startMs + this.tick * (1000 / TICKS_PER_S)
  }

  /** Wall milliseconds since the last frame; undefined before the first. */
  get frameAgeMs(): number | undefined {
    return this.frameAtMs === undefined ? undefined : performance.now() - this.frameAtMs
  }

  get state(): 'starting' | 'running' | 'stopped' {
    if (this.frameAgeMs === undefined) return this.lastFailure === undefined ? 'starting' : 'stopped'
    return this.frameAgeMs > STOPPED_AFTER_MS + 2000 / this.speed ? 'stopped' : 'running'
  }

  /** A table as of the last frame. Its columns may be new arrays after any frame. */
  table<S extends ColumnSpecs>(spec: TableSpec<S>): Table<S> {
    const table = this.decoder.tables.find((candidate) => candidate.spec.name === spec.name)
    if (table === undefined) throw new Error(`live: no table ${spec.name}`)
    return table as unknown as Table<S>
  }

  /** Gives the twin a command; resolves when it has taken effect, with the row of a filed request or −1. */
  command(command: Command): Promise<number> {
    return this.ask((id) => ({ kind: 'command', id, command }))
  }

  /** A copy of the run as of now. */
  save(): Promise<Fork> {
    return this.ask((id) => ({ kind: 'save', id }))
  }

  private ask<T>(message: (id: number) => ToLive): Promise<T> {
    return new Promise((done, failed) => {
      if (this.worker === undefined || this.facts === undefined) {
        failed(new Error('the twin is not running yet; try again in a moment'))
        return
      }
      const id = this.nextId++
      this.asked.set(id, { done, failed })
      this.say(message(id))
    })
  }

  private say(message: ToLive): void {
    this.worker?.postMessage(message)
  }

  /** Keeps a copy of the run to go on from should the thread die. Done by itself every two minutes. */
  async keepState(): Promise<void> {
    try {
      const atMs = Date.now()
      this.checkpoint = { fork: await this.save(), atMs }
    } catch {
      // the thread is between two lives; the state before it still stands
    }
  }

  private spawn(resume: { readonly fork: Fork; readonly atMs: number } | undefined): void {
    const setUp: LiveSetUp = { ...this.options.setUp, resume: resume?.fork }
    this.resumed = resume
    const worker = new Worker(this.options.workerUrl, { workerData: setUp })
    this.worker = worker
    this.startedAtMs = performance.now()
    worker.on('message', (message: FromLive) => {
      // what an ended thread still had to say is not heard
      if (worker !== this.worker) return
      try {
        this.hear(message)
      } catch (error) {
        this.died(worker, (error as Error).stack ?? String(error))
      }
    })
    worker.on('error', (error: Error) => this.died(worker, error.stack ?? error.message))
    worker.on('exit', (code) => this.died(worker, `ended with code ${code}`))
  }

  private hear(message: FromLive): void {
    switch (message.kind) {
      case 'doing':
        this.options.log(`${message.text} (${(message.ms / 1000).toFixed(1)} s)`)
        break
      case 'running':
        this.facts = message.facts
        for (const listener of this.listeners.running) listener(message.facts, this.resumed?.atMs)
        break
      case 'frame':
        this.takeFrame(message, message.load)
        break
      case 'keyframe':
        for (const listener of this.listeners.keyframe) listener({ ...message, isKeyframe: true })
        break
      case 'commanded':
        this.settle(message.id, message.row, message.error)
        break
      case 'saved':
        this.settle(message.id, message.fork, undefined)
        break
      case 'lapsed':
        this.options.log(
          'The clock jumped ahead by more than a quarter of an hour, or back; starting the city anew.',
        )
        this.restart(undefined, 0)
    }
  }

  private takeFrame(frame: LiveFrame, load: Load): void {
    this.load = load
    this.frameAtMs = performance.now()
    this.frames++
    this.frameBytes += frame.bytes.byteLength
    if (!this.decoder.apply(inflateRawSync(new Uint8Array(frame.bytes))))
      throw new Error(`live: frame ${frame.tick} does not follow frame ${this.decoder.tick}`)
    this.complain(load)
    for (const listener of this.listeners.frame) listener(frame)
  }

  private complain(load: Load): void {
    const now = performance.now()
    const isSlow = load.behindS > 5 || (load.droppedS > 0 && load.stepMs * this.speed > 900)
    if (!isSlow || now - this.complainedAtMs < COMPLAIN_EVERY_MS) return
    this.complainedAtMs = now
    this.options.log(
      `The twin cannot keep up with speed ${this.speed}: a step takes ${load.stepMs.toFixed(1)} ms, ` +
        `${load.behindS} s behind, ${load.droppedS} s let go so far.`,
    )
  }

  private settle(id: number, answer: unknown, error: string | undefined): void {
    const waiting = this.asked.get(id)
    this.asked.delete(id)
    // the answer's type was fixed together with the question, in `command` and `save`
    if (error === undefined) waiting?.done(answer as never)
    else waiting?.failed(new Error(error))
  }

  private died(worker: Worker, reason: string): void {
    if (this.isStopping || worker !== this.worker) return
    this.lastFailure = reason
    const livedMs = performance.now() - this.startedAtMs
    if (this.resumed !== undefined && livedMs < BAD_RESUME_MS) this.checkpoint = undefined
    this.quickFailures = livedMs < BAD_RESUME_MS ? this.quickFailures + 1 : 0
    const waitMs = Math.min(MAX_BACKOFF_MS, 500 * 2 ** this.quickFailures)
    const from = this.checkpoint === undefined ? 'the start' : 'its last saved state'
    this.options.log(
      `The twin's thread died: ${reason}\nStarting it again from ${from} in ${waitMs / 1000} s.`,
    )
    this.restart(this.checkpoint, waitMs)
  }

  private restart(resume: typeof this.checkpoint, waitMs: number): void {
    const old = this.worker
    this.worker = undefined
    void old?.terminate()
    for (const { failed } of this.asked.values()) failed(new Error('the twin is being restarted'))
    this.asked.clear()
    this.restarts++
    setTimeout(() => {
      if (!this.isStopping) this.spawn(resume)
    }, waitMs).unref()
  }
}
