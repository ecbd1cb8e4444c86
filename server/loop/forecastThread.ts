/** The forecasts' thread as its owner speaks with it: one question at a time, an answer to each. */
import { Worker } from 'node:worker_threads'
import type { MemberDraw } from '../../twin/forecast/member.ts'
import type { SavedState } from '../../twin/kernel/domain.ts'
import type { FromForecast, ScenarioSetUp, ToForecast } from './loopMessages.ts'

export type MemberResult = Extract<FromForecast, { kind: 'member' }>

export class ForecastThread {
  readonly facts: ScenarioSetUp['facts']
  /** Resolves when its twin is made. */
  readonly ready: Promise<void>
  private readonly worker: Worker
  private fault: Error | undefined
  private waiting: { done: (answer: FromForecast) => void; failed: (error: Error) => void } | undefined

  constructor(workerUrl: URL, setUp: ScenarioSetUp) {
    this.facts = setUp.facts
    this.worker = new Worker(workerUrl, { workerData: setUp })
    this.worker.on('message', (message: FromForecast) => this.waiting?.done(message))
    this.worker.on('error', (error: Error) => this.failed(error))
    this.worker.on('exit', (code) => this.failed(new Error(`the forecasts' thread ended with code ${code}`)))
    this.ready = this.answer().then(() => undefined)
  }

  /** Members begin from `state` from now on; its memory is handed over. */
  begin(state: SavedState): void {
    const buffers = [...new Set(Object.values(state).map((column) => column.buffer as ArrayBuffer))]
    this.say({ kind: 'begin', state }, buffers)
  }

  /** Rejects when the thread has died. */
  run(draw: MemberDraw): Promise<MemberResult> {
    return this.ask('run', draw, 'member')
  }

  /** The hour of a member in pictures, as a recording. Rejects when the thread has died. */
  async record(draw: MemberDraw): Promise<Uint8Array> {
    return (await this.ask('record', draw, 'recorded')).file
  }

  async close(): Promise<void> {
    await this.worker.terminate()
  }

  private async ask<K extends FromForecast['kind']>(
    kind: 'run' | 'record',
    draw: MemberDraw,
    expected: K,
  ): Promise<Extract<FromForecast, { kind: K }>> {
    const answer = this.answer()
    this.say({ kind, draw })
    const message = await answer
    if (message.kind !== expected)
      throw new Error(`the forecasts' thread said ${message.kind}, expected ${expected}`)
    // the kind was compared just now
    return message as Extract<FromForecast, { kind: K }>
  }

  private answer(): Promise<FromForecast> {
    if (this.fault !== undefined) return Promise.reject(this.fault)
    return new Promise((done, failed) => (this.waiting = { done, failed }))
  }

  private failed(error: Error): void {
    this.fault ??= error
    this.waiting?.failed(error)
  }

  private say(message: ToForecast, transfer: ArrayBuffer[] = []): void {
    this.worker.postMessage(message, transfer)
  }
}
