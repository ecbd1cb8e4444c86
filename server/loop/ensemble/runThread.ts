/** A thread of an ensemble as its owner speaks with it: one run at a time. */
import { Worker } from 'node:worker_threads'
import type { SavedState } from '../../../twin/kernel/domain.ts'
import type { Causes } from '../../../twin/scenario/causes/step.ts'
import type { CausesTask, FromRun, RunResult, RunTask, RunThreadSetUp, ToRun } from './messages.ts'

export class RunThread {
  private readonly worker: Worker
  private readonly ready: Promise<void>
  private fault: Error | undefined
  private hear: ((message: FromRun) => void) | undefined
  private fail: ((error: Error) => void) | undefined

  constructor(setUp: RunThreadSetUp) {
    this.worker = new Worker(new URL('./run.worker.ts', import.meta.url), { workerData: setUp })
    this.worker.on('message', (message: FromRun) => this.hear?.(message))
    this.worker.on('error', (error: Error) => this.failed(error))
    this.worker.on('exit', (code) => this.failed(new Error(`a thread of runs ended with code ${code}`)))
    this.ready = this.until((message) => (message.kind === 'ready' ? true : undefined)).then(() => undefined)
    // said again to whoever asks for a run
    this.ready.catch(() => undefined)
  }

  /** Resolves when it is ready to run; runs begin from `state` where one is given. */
  async begin(state: SavedState | undefined): Promise<void> {
    await this.ready
    if (state !== undefined) this.say({ kind: 'begin', state })
  }

  /** `onProgress` is told the seconds done. Rejects when the thread has died or was closed. */
  async run(task: RunTask, onProgress: (doneS: number) => void): Promise<RunResult> {
    const done = this.until((message) => {
      if (message.kind === 'progress') onProgress(message.doneS)
      return message.kind === 'done' ? message.result : undefined
    })
    this.say({ kind: 'run', task })
    return done
  }

  async findCauses(task: CausesTask): Promise<Causes> {
    const found = this.until((message) => (message.kind === 'causes' ? message.causes : undefined))
    this.say({ kind: 'causes', task })
    return found
  }

  async close(): Promise<void> {
    await this.worker.terminate()
  }

  private until<T>(pick: (message: FromRun) => T | undefined): Promise<T> {
    if (this.fault !== undefined) return Promise.reject(this.fault)
    return new Promise((resolve, reject) => {
      this.fail = reject
      this.hear = (message) => {
        const picked = pick(message)
        if (picked !== undefined) resolve(picked)
      }
    })
  }

  private failed(error: Error): void {
    this.fault ??= error
    this.fail?.(error)
  }

  private say(message: ToRun): void {
    this.worker.postMessage(message)
  }
}
