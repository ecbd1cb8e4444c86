/**
 * First answers to scenarios that pages are editing: one thread for all, begun when a planner comes and ended when none has asked
 * for long. Of each page only its last question counts; the others are let go.
 */
import { Worker } from 'node:worker_threads'
import type { AskPreliminary, Preliminary } from '../../../twin/protocol/messages.ts'
import { momentAt } from '../cityTime.ts'
import type { RunFacts } from '../loopMessages.ts'
import type { FromPreliminary, PreliminarySetUp, ToPreliminary } from './messages.ts'

// A present that moves on is asked about as if it stood still for so long, so that its power need not be lived anew.
const NOW_MS = 900_000
// The thread and its hours take room: without a question for so long it ends, milliseconds.
const IDLE_MS = 900_000
const MOST_WAITING = 20

export interface PreliminariesOptions {
  readonly root: string
  readonly cityId: string
  readonly facts: () => RunFacts | undefined
  readonly timeMs: () => number | undefined
  readonly log: (line: string) => void
}

interface Question {
  readonly owner: string
  readonly askedMs: number
  readonly answered: (answer: Preliminary | undefined) => void
  readonly failed: (error: Error) => void
}

export class Preliminaries {
  private readonly options: PreliminariesOptions
  private readonly waiting = new Map<number, Question>()
  private worker: Worker | undefined
  private idle: NodeJS.Timeout | undefined
  private lastId = 0

  constructor(options: PreliminariesOptions) {
    this.options = options
  }

  /** Resolves with the answer; with none when the page of `owner` asks something else before it is there, which is no fault. */
  ask({ edits, horizonS, atS }: AskPreliminary, owner: string): Promise<Preliminary | undefined> {
    const [facts, timeMs] = [this.options.facts(), this.options.timeMs()]
    if (facts === undefined || timeMs === undefined) throw new Error('the city is still starting')
    this.left(owner)
    if (this.waiting.size >= MOST_WAITING) throw new Error('too many are asking just now; try again later')
    const startMs = atS === undefined ? timeMs - (timeMs % NOW_MS) : momentAt(atS, timeMs, facts.utcOffsetS)
    const asked = { edits, horizonS, startMs, utcOffsetS: facts.utcOffsetS }
    const id = ++this.lastId
    return new Promise((answered, failed) => {
      this.waiting.set(id, { owner, askedMs: performance.now(), answered, failed })
      this.say({ kind: 'ask', id, asked }, facts.seed)
      if (atS === undefined)
        this.say({ kind: 'prepare', asked: { ...asked, startMs: startMs + 3_600_000 } }, facts.seed)
    })
  }

  /** A page has gone, or asks something else. */
  left(owner: string): void {
    for (const [id, question] of this.waiting) {
      if (question.owner !== owner) continue
      this.waiting.delete(id)
      this.worker?.postMessage({ kind: 'drop', id } satisfies ToPreliminary)
      question.answered(undefined)
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.idle)
    const { worker } = this
    this.worker = undefined
    for (const { failed } of this.waiting.values()) failed(new Error('the server is stopping'))
    this.waiting.clear()
    await worker?.terminate()
  }

  private say(message: ToPreliminary, seed: number): void {
    clearTimeout(this.idle)
    this.idle = setTimeout(() => void this.close(), IDLE_MS)
    this.idle.unref()
    this.worker ??= this.begin(seed)
    this.worker.postMessage(message)
  }

  private begin(seed: number): Worker {
    const { root, cityId, log } = this.options
    const setUp: PreliminarySetUp = { root, cityId, seed }
    const worker = new Worker(new URL('./preliminary.worker.ts', import.meta.url), { workerData: setUp })
    worker.on('message', (message: FromPreliminary) => this.hear(message))
    worker.on('error', (error: Error) => {
      log(`First answers failed: ${error.stack}`)
      this.ended(worker, error)
    })
    worker.on('exit', (code) =>
      this.ended(worker, new Error(`the thread of first answers ended with code ${code}`)),
    )
    return worker
  }

  private ended(worker: Worker, error: Error): void {
    if (this.worker !== worker) return
    this.worker = undefined
    for (const { failed } of this.waiting.values()) failed(error)
    this.waiting.clear()
  }

  private hear(message: FromPreliminary): void {
    const question = this.waiting.get(message.id)
    if (question === undefined) return
    this.waiting.delete(message.id)
    if (message.kind === 'failed') {
      this.options.log(`A first answer failed: ${message.error}`)
      question.failed(new Error(message.error))
    } else question.answered({ ...message.answer, seconds: message.seconds })
  }
}
