/**
 * Work that pages ask for and that takes all cores: runs on threads that give way to the living city. One at a time, the others
 * wait; its page is told how it goes, and it ends when that page leaves.
 */
import { randomUUID } from 'node:crypto'
import type { SavedState } from '../../../twin/kernel/domain.ts'
import type { RunFacts } from '../loopMessages.ts'
import { RunThread } from './runThread.ts'

export const MOST_QUEUED = 10
// News of progress, at most so often, milliseconds.
const NEWS_MS = 500

/** One page's work, with what it is of. */
export interface Job<W> {
  readonly id: string
  readonly owner: string
  readonly work: W
  readonly stop: AbortController
  state: 'queued' | 'running' | 'done' | 'stopped' | 'failed'
  share: number
  toldAtMs: number
  error: string | undefined
}

/** Where runs begin; without a state in an hour's normal life, which each thread makes by itself. */
export interface Beginning {
  readonly facts: RunFacts
  readonly state: SavedState | undefined
}

export interface RunQueueOptions<W> {
  /** What is told of it in the log; its ids begin with it. */
  readonly name: string
  readonly root: string
  readonly cityId: string
  /** Of one job. */
  readonly threads: number
  readonly begin: (work: W) => Promise<Beginning>
  /** Resolves when all is done; must throw when the job is stopped, whose threads are closed. */
  readonly run: (job: Job<W>, threads: readonly RunThread[], beginning: Beginning) => Promise<void>
  /** `ahead`: how many come before it. */
  readonly tell: (job: Job<W>, ahead: number) => void
  readonly log: (line: string) => void
}

export class RunQueue<W> {
  private readonly options: RunQueueOptions<W>
  private readonly all: Job<W>[] = []

  constructor(options: RunQueueOptions<W>) {
    this.options = options
  }

  get running(): number {
    return this.all.filter(({ state }) => state === 'running').length
  }

  get isFull(): boolean {
    return this.all.length >= MOST_QUEUED
  }

  /** What of `owner` runs or waits under this id. */
  find(id: string, owner: string): Job<W> | undefined {
    return this.all.find((job) => job.id === id && job.owner === owner)
  }

  /** Gives the id. */
  add(work: W, owner: string): string {
    const job: Job<W> = {
      id: `${this.options.name.toLowerCase()}-${randomUUID().slice(0, 8)}`,
      owner,
      work,
      stop: new AbortController(),
      state: 'queued',
      share: 0,
      toldAtMs: -Infinity,
      error: undefined,
    }
    this.all.push(job)
    // after the reply, so that the page knows the id before it hears of it
    setImmediate(() => this.next())
    return job.id
  }

  /** A page has gone. */
  left(owner: string): void {
    for (const job of this.all.filter((each) => each.owner === owner)) this.end(job, 'stopped')
  }

  close(): void {
    for (const job of this.all.slice()) this.end(job, 'stopped')
  }

  end(job: Job<W>, state: 'done' | 'stopped' | 'failed'): void {
    const at = this.all.indexOf(job)
    if (at < 0) return
    this.all.splice(at, 1)
    job.state = state
    if (state === 'stopped') job.stop.abort(new Error('stopped'))
    this.tell(job)
    this.next()
  }

  tell(job: Job<W>): void {
    job.toldAtMs = performance.now()
    this.options.tell(job, Math.max(0, this.all.indexOf(job)))
  }

  /** So much of it is done; told now and then. */
  progress(job: Job<W>, share: number): void {
    job.share = share
    if (performance.now() - job.toldAtMs >= NEWS_MS) this.tell(job)
  }

  private next(): void {
    const [first] = this.all
    if (first?.state === 'queued') void this.run(first)
    for (const job of this.all) if (job.state === 'queued') this.tell(job)
  }

  private async run(job: Job<W>): Promise<void> {
    job.state = 'running'
    this.tell(job)
    const { signal } = job.stop
    let threads: RunThread[] = []
    const close = () => Promise.all(threads.map((thread) => thread.close()))
    try {
      const beginning = await this.options.begin(job.work)
      signal.throwIfAborted()
      const { root, cityId } = this.options
      const { facts, state } = beginning
      const setUp = { root, cityId, facts, isHour: state === undefined, isLowPriority: true }
      threads = Array.from({ length: this.options.threads }, () => new RunThread(setUp))
      signal.addEventListener('abort', () => void close())
      await this.options.run(job, threads, beginning)
      job.share = 1
      this.end(job, 'done')
    } catch (error) {
      if (signal.aborted) return
      this.options.log(`${this.options.name} ${job.id} failed: ${(error as Error).stack}`)
      job.error = (error as Error).message
      this.end(job, 'failed')
    } finally {
      await close()
    }
  }
}
