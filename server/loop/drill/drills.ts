/** Drills that pages play, each in a thread of its own; a few at once, the others wait. A drill ends when its page leaves. */
import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { DrillMessage, DrillState, ToDrill } from '../../../twin/protocol/drillMessages.ts'
import type { DrillNews } from '../../../twin/scenario/drill/hosted.ts'
import { BusyError } from '../busy.ts'
import type { Side } from '../loopMessages.ts'
import type { ScenarioFrame } from '../scenarios.ts'
import type { DrillQuestion, DrillSetUp, FromDrill } from './messages.ts'

// Each steps two twins: on two cores more would slow each other and the living city.
const AT_ONCE = 2
const MAX_QUEUED = 10

/** Where a drill's news go. */
export interface DrillListeners {
  /** Its streams can be watched from now on. */
  readonly opened: (id: string) => void
  readonly frame: (id: string, side: Side, frame: ScenarioFrame) => void
  readonly keyframe: (id: string, side: Side, frame: ScenarioFrame) => void
  readonly state: (owners: Iterable<string>, state: DrillState) => void
  readonly closed: (id: string) => void
}

interface Drill {
  readonly id: string
  readonly owner: string
  readonly begin: ToDrill
  worker: Worker | undefined
  news: DrillNews | undefined
  readonly waiting: Map<number, { done: () => void; failed: (error: Error) => void }>
  asked: number
}

const nothing: Omit<DrillNews, 'what'> = {
  state: 'queued',
  substation: 0,
  doneS: 0,
  pace: 0,
  customersOut: { base: 0, played: 0 },
  score: { customerMinutes: { base: 0, played: 0 }, vehicleHours: { base: 0, played: 0 } },
  work: [],
  offers: [],
}

export class Drills {
  private readonly setUp: DrillSetUp
  private readonly listeners: DrillListeners
  private readonly log: (line: string) => void
  private readonly all = new Map<string, Drill>()

  constructor(setUp: DrillSetUp, listeners: DrillListeners, log: (line: string) => void) {
    this.setUp = setUp
    this.listeners = listeners
    this.log = log
  }

  get running(): number {
    return [...this.all.values()].filter((one) => isBusy(one)).length
  }

  /** Does what a page says and gives the id of its drill; rejects with a sentence for the page. */
  async take(message: DrillMessage, owner: string): Promise<string> {
    if (message.do === 'start' || message.do === 'verify') return this.begin(message, owner)
    const { id, ...rest } = message
    const drill = this.all.get(id)
    if (drill === undefined || drill.owner !== owner) throw new Error(`id: you have no drill ${id}`)
    if (rest.do === 'stop') this.end(drill, 'stopped')
    else await this.ask(drill, rest as ToDrill)
    return id
  }

  /** A page has gone. */
  left(owner: string): void {
    for (const drill of this.all.values()) if (drill.owner === owner) this.end(drill, 'stopped')
  }

  async close(): Promise<void> {
    const workers = [...this.all.values()].map(({ worker }) => worker)
    this.all.clear()
    await Promise.all(workers.map((worker) => worker?.terminate()))
  }

  /** A page has one game, and one file that is played again. */
  private begin(message: Extract<DrillMessage, { do: 'start' | 'verify' }>, owner: string): string {
    const mine = [...this.all.values()].filter((one) => one.owner === owner && one.begin.do === message.do)
    for (const drill of mine) this.end(drill, 'stopped')
    const queued = [...this.all.values()].filter(({ worker, news }) => worker === undefined && !news).length
    if (queued >= MAX_QUEUED)
      throw new BusyError('drills', `${MAX_QUEUED} drills are waiting already; try again later`)
    const drill: Drill = {
      id: `drill-${randomUUID().slice(0, 8)}`,
      owner,
      begin: message,
      worker: undefined,
      news: undefined,
      waiting: new Map(),
      asked: 0,
    }
    this.all.set(drill.id, drill)
    // after the reply, so that the page knows the id before it hears of it
    setImmediate(() => this.next())
    return drill.id
  }

  private next(): void {
    for (const drill of this.all.values()) {
      if (drill.worker !== undefined || drill.news !== undefined) continue
      if (this.running < AT_ONCE) this.run(drill)
      else this.tell(drill)
    }
  }

  private run(drill: Drill): void {
    const worker = new Worker(new URL('./drill.worker.ts', import.meta.url), { workerData: this.setUp })
    drill.worker = worker
    worker.on('message', (message: FromDrill) => this.hear(drill, message))
    worker.on('error', (error: Error) => {
      this.log(`Drill ${drill.id} failed: ${error.stack ?? error.message}`)
      this.end(drill, 'failed', error.message)
    })
    this.listeners.opened(drill.id)
    // what goes wrong in the beginning is told as news
    void this.ask(drill, drill.begin).catch(() => undefined)
  }

  private ask(drill: Drill, message: ToDrill): Promise<void> {
    const { worker, waiting } = drill
    if (worker === undefined) return Promise.reject(new Error('id: this drill has not begun, or is over'))
    const n = drill.asked++
    worker.postMessage({ n, message } satisfies DrillQuestion)
    return new Promise((done, failed) => waiting.set(n, { done, failed }))
  }

  private hear(drill: Drill, message: FromDrill): void {
    if (!this.all.has(drill.id)) return
    if (message.kind === 'answer') {
      const waiting = drill.waiting.get(message.n)
      drill.waiting.delete(message.n)
      if (message.error === undefined) waiting?.done()
      else waiting?.failed(new Error(message.error))
    } else if (message.kind === 'news') {
      drill.news = message.news
      this.tell(drill)
      if (message.news.state === 'done' || message.news.state === 'failed') this.free(drill)
    } else this.listeners[message.kind](drill.id, message.side, message)
  }

  /** A game that is over keeps its last picture, and no thread. */
  private free(drill: Drill): void {
    const { worker } = drill
    // the last frame is on its way
    setTimeout(() => {
      drill.worker = undefined
      void worker?.terminate()
      this.next()
    }, 500)
  }

  private end(drill: Drill, state: 'stopped' | 'failed', error?: string): void {
    if (!this.all.delete(drill.id)) return
    for (const { failed } of drill.waiting.values()) failed(new Error('the drill has ended'))
    void drill.worker?.terminate()
    this.listeners.state([drill.owner], {
      ...newsOf(drill),
      id: drill.id,
      state,
      ...(error !== undefined && { error }),
    })
    this.listeners.closed(drill.id)
    this.next()
  }

  private tell(drill: Drill): void {
    this.listeners.state([drill.owner], { ...newsOf(drill), id: drill.id })
  }
}

function newsOf({ news, begin }: Drill): DrillNews {
  return news ?? { ...nothing, what: begin.do === 'verify' ? 'verify' : 'game' }
}

/** Whether its thread is needed yet. */
function isBusy({ worker, news }: Drill): boolean {
  return worker !== undefined && news?.state !== 'done' && news?.state !== 'failed'
}
