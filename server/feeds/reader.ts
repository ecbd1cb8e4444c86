/**
 * Reads feeds on a thread of their own, one after the other. A feed that takes too long, too much memory or the thread with it is refused;
 * the next one gets a new thread.
 */
import { Worker } from 'node:worker_threads'
import { FeedError } from './format.ts'
import type { FromReader, ReadAsked, ReadDone } from './readerMessages.ts'

/** Twenty thousand vehicles take a third of a second; whole timetables some. */
const MOST_MS = 20_000
const MOST_HEAP_MB = 1024

type Job = Omit<ReadAsked, 'id'>

interface Waiting {
  readonly asked: ReadAsked
  readonly done: (done: ReadDone) => void
  readonly refused: (error: Error) => void
}

export class Reader {
  private readonly queue: Waiting[] = []
  private worker: Worker | undefined
  private timer: NodeJS.Timeout | undefined
  private lastId = 0

  /** Rejects with a FeedError when nothing of it can be read, for whatever reason. */
  read(job: Job): Promise<ReadDone> {
    return new Promise((done, refused) => {
      this.queue.push({ asked: { ...job, id: ++this.lastId }, done, refused })
      if (this.queue.length === 1) this.begin()
    })
  }

  async close(): Promise<void> {
    clearTimeout(this.timer)
    const { worker } = this
    this.worker = undefined
    for (const { refused } of this.queue.splice(0)) refused(new FeedError('the server is stopping'))
    await worker?.terminate()
  }

  private begin(): void {
    const [first] = this.queue
    if (first === undefined) return
    this.worker ??= this.start()
    this.timer = setTimeout(() => this.lose(`not read within ${MOST_MS / 1000} s`), MOST_MS)
    this.worker.postMessage(first.asked)
  }

  private start(): Worker {
    const worker = new Worker(new URL('./reader.worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
    })
    worker.on('message', (message: FromReader) => this.hear(message))
    worker.on('error', (error) => this.ended(worker, error.message))
    worker.on('exit', (code) => this.ended(worker, `the thread ended with code ${code}`))
    return worker
  }

  private hear(message: FromReader): void {
    const [first] = this.queue
    if (first?.asked.id !== message.id) return
    clearTimeout(this.timer)
    this.queue.shift()
    if (message.kind === 'read') first.done(message.done)
    else first.refused(new FeedError(message.why))
    this.begin()
  }

  private ended(worker: Worker, why: string): void {
    if (this.worker === worker) this.lose(why)
  }

  /** The one being read is given up, and the thread with it. */
  private lose(why: string): void {
    clearTimeout(this.timer)
    const { worker } = this
    this.worker = undefined
    void worker?.terminate()
    this.queue.shift()?.refused(new FeedError(`reading failed: ${why}`))
    this.begin()
  }
}
