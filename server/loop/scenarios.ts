/**
 * What-if runs: each in a thread of its own with two twins, edited and untouched, forked from the live one or put into another
 * hour's life. A few at once; the rest wait their turn. Pages that ask the same at nearly the same time share one run; it ends
 * when its last page leaves. A run without edits is a show of another hour: it goes at the city's own pace and takes no turn.
 */
import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import type { Comparison, ScenarioState, StartScenario } from '../../twin/protocol/messages.ts'
import { BusyError } from './busy.ts'
import { momentAt, momentOn } from './cityTime.ts'
import type { Fork, FromScenario, RunFacts, ScenarioSetUp, Side, ToScenario } from './loopMessages.ts'

// Each run steps two twins: on two cores more would slow each other and the live one.
const AT_ONCE = 2
const MAX_QUEUED = 20
// Hours shown at once: little work each, but a twin's memory.
const MAX_SHOWS = 2
// Stories told at once, those that wait included: everyone may ask for one, and planners need their turns too.
const MAX_STORIES = 4
// Pages that ask the same within this time see the same run, wall milliseconds.
const SHARE_MS = 5000

export interface ScenarioFrame {
  readonly tick: number
  readonly isKeyframe: boolean
  readonly bytes: ArrayBuffer
  readonly stateHash: number | undefined
}

/** Where a scenario's news go. */
export interface ScenarioListeners {
  /** Its streams can be watched from now on. */
  readonly opened: (id: string) => void
  readonly frame: (id: string, side: Side, frame: ScenarioFrame) => void
  readonly keyframe: (id: string, side: Side, frame: ScenarioFrame) => void
  readonly state: (owners: Iterable<string>, state: ScenarioState) => void
  readonly closed: (id: string) => void
}

interface Scenario {
  readonly id: string
  readonly key: string
  readonly asked: StartScenario
  /** Asked for by anyone, in fixed words. */
  readonly isStory: boolean
  readonly askedAtMs: number
  readonly owners: Set<string>
  state: ScenarioState['state']
  doneS: number
  startMs: number | undefined
  comparison: Comparison | undefined
  worker: Worker | undefined
}

export interface ScenarioOptions {
  readonly workerUrl: URL
  readonly setUp: Omit<ScenarioSetUp, 'facts'>
  /** Of the live run; undefined while there is none. */
  readonly facts: () => RunFacts | undefined
  /** City time of the live run, Unix milliseconds. */
  readonly timeMs: () => number | undefined
  readonly fork: () => Promise<Fork>
  /** A kept one, by the name of its state; rejects with a sentence when it is gone. */
  readonly moment: (state: string) => Promise<Fork>
  readonly log: (line: string) => void
}

export class Scenarios {
  private readonly options: ScenarioOptions
  private readonly listeners: ScenarioListeners
  private readonly all = new Map<string, Scenario>()
  private spare: { readonly worker: Worker; readonly facts: RunFacts } | undefined

  constructor(options: ScenarioOptions, listeners: ScenarioListeners) {
    this.options = options
    this.listeners = listeners
  }

  /** Runs under way, but for shows. */
  get running(): number {
    return [...this.all.values()].filter((one) => one.state === 'running' && !isShow(one.asked)).length
  }

  get shows(): number {
    return [...this.all.values()].filter((one) => one.state !== 'done' && isShow(one.asked)).length
  }

  private get stories(): number {
    return [...this.all.values()].filter((one) => one.isStory && one.state !== 'done' && !isShow(one.asked))
      .length
  }

  get queued(): number {
    return [...this.all.values()].filter((scenario) => scenario.state === 'queued').length
  }

  /** Makes the twins of the next scenario in a thread that waits, so that it begins at once. */
  prepare(): void {
    const facts = this.options.facts()
    if (facts === undefined || this.spare?.facts === facts) return
    // a spare of an earlier run of the live twin fits no fork of this one
    void this.spare?.worker.terminate()
    this.spare = { worker: this.spawn(facts), facts }
  }

  /** Begins or queues a run and gives its id; throws with a sentence when too many wait. */
  start(asked: StartScenario, owner: string, isStory = false): string {
    const { edits, horizonS, speed, atS, date, state } = asked
    const key = JSON.stringify([edits, horizonS, speed, atS, date, state])
    const now = performance.now()
    const isFresh = (one: Scenario) =>
      isShow(asked) ? one.doneS < asked.horizonS / 2 : now - one.askedAtMs < SHARE_MS
    const shared = [...this.all.values()].find((one) => one.key === key && isFresh(one))
    if (shared !== undefined) {
      shared.owners.add(owner)
      setImmediate(() => this.tell(shared))
      return shared.id
    }
    if (isShow(asked) && this.shows >= MAX_SHOWS)
      throw new BusyError('hours', `${MAX_SHOWS} other hours are being shown already; try again later`)
    if (isStory && !isShow(asked) && this.stories >= MAX_STORIES)
      throw new BusyError('stories', 'others are being told the same just now; try again in a minute')
    if (this.queued >= MAX_QUEUED)
      throw new BusyError('scenarios', `${MAX_QUEUED} scenarios are waiting already; try again later`)
    const scenario: Scenario = {
      id: `scenario-${randomUUID().slice(0, 8)}`,
      key,
      asked,
      isStory,
      askedAtMs: now,
      owners: new Set([owner]),
      state: 'queued',
      doneS: 0,
      startMs: undefined,
      comparison: undefined,
      worker: undefined,
    }
    this.all.set(scenario.id, scenario)
    // after the reply, so that the page knows the id before it hears of it
    setImmediate(() => this.next())
    return scenario.id
  }

  /** The page of `owner` wants it no more. Throws when there is no such run of its. */
  stop(id: string, owner: string): void {
    const scenario = this.all.get(id)
    if (scenario === undefined || !scenario.owners.has(owner))
      throw new Error(`id: you have no scenario ${id}`)
    if (scenario.owners.size === 1) this.end(scenario, 'stopped')
    else scenario.owners.delete(owner)
  }

  /** A page has gone. */
  left(owner: string): void {
    for (const scenario of this.all.values()) {
      if (scenario.owners.delete(owner) && scenario.owners.size === 0) this.end(scenario, 'stopped')
    }
  }

  async close(): Promise<void> {
    const workers = [...this.all.values()].map((scenario) => scenario.worker)
    this.all.clear()
    await Promise.all([...workers, this.spare?.worker].map((worker) => worker?.terminate()))
  }

  private next(): void {
    for (const scenario of this.all.values()) {
      const hasTurn = isShow(scenario.asked) || this.running < AT_ONCE
      if (hasTurn && scenario.state === 'queued') this.run(scenario)
    }
    for (const scenario of this.all.values()) if (scenario.state === 'queued') this.tell(scenario)
    if (this.running < AT_ONCE) this.prepare()
  }

  private run(scenario: Scenario): void {
    scenario.state = 'running'
    this.prepare()
    const { spare } = this
    if (spare === undefined) return this.fail(scenario, new Error('the city is still starting'))
    this.spare = undefined
    const { worker } = spare
    scenario.worker = worker
    worker.on('message', (message: FromScenario) => this.hear(scenario, message))
    worker.on('error', (error: Error) => this.fail(scenario, error))
    this.listeners.opened(scenario.id)
    this.tell(scenario)
    void this.fork(scenario, worker)
  }

  private async fork(scenario: Scenario, worker: Worker): Promise<void> {
    try {
      const { edits, horizonS, speed, atS, date, state } = scenario.asked
      const from =
        state !== undefined
          ? { fork: await this.options.moment(state) }
          : atS === undefined
            ? { fork: await this.options.fork() }
            : { hour: this.hourAt(atS, date) }
      say(worker, { kind: 'run', run: { from, edits, horizonS, speed } })
    } catch (error) {
      this.fail(scenario, error as Error)
    }
  }

  /** Clock time `atS` of a day, the live run's when none is named. */
  private hourAt(atS: number, date: string | undefined): RunFacts {
    const facts = this.options.facts()
    const timeMs = this.options.timeMs()
    if (facts === undefined || timeMs === undefined) throw new Error('the city is still starting')
    const { utcOffsetS } = facts
    const startMs = date === undefined ? momentAt(atS, timeMs, utcOffsetS) : momentOn(date, atS, utcOffsetS)
    return { ...facts, startMs }
  }

  private hear(scenario: Scenario, message: FromScenario): void {
    if (!this.all.has(scenario.id)) return
    switch (message.kind) {
      case 'frame':
      case 'keyframe':
        this.listeners[message.kind](scenario.id, message.side, message)
        break
      case 'progress':
        scenario.doneS = message.doneS
        scenario.startMs = message.startMs
        scenario.comparison = message.comparison ?? scenario.comparison
        this.tell(scenario)
        break
      case 'done':
        scenario.state = 'done'
        void scenario.worker?.terminate()
        scenario.worker = undefined
        this.tell(scenario)
        this.next()
        break
      case 'ready':
        break
    }
  }

  private fail(scenario: Scenario, error: Error): void {
    this.options.log(`Scenario ${scenario.id} failed: ${error.stack ?? error.message}`)
    this.end(scenario, 'failed', error.message)
  }

  private end(scenario: Scenario, state: 'stopped' | 'failed', error?: string): void {
    if (!this.all.delete(scenario.id)) return
    scenario.state = state
    this.tell(scenario, error)
    void scenario.worker?.terminate()
    this.listeners.closed(scenario.id)
    this.next()
  }

  private tell(scenario: Scenario, error?: string): void {
    const queue = [...this.all.values()].filter((one) => one.state === 'queued')
    this.listeners.state(scenario.owners, {
      id: scenario.id,
      state: scenario.state,
      ahead: Math.max(0, queue.indexOf(scenario)),
      doneS: scenario.doneS,
      horizonS: scenario.asked.horizonS,
      ...(scenario.startMs !== undefined && { startMs: scenario.startMs }),
      ...(scenario.comparison && { comparison: scenario.comparison }),
      ...(error !== undefined && { error }),
    })
  }

  private spawn(facts: RunFacts): Worker {
    const worker = new Worker(this.options.workerUrl, { workerData: { ...this.options.setUp, facts } })
    worker.on('error', () => {
      if (worker === this.spare?.worker) this.spare = undefined
    })
    return worker
  }
}

function isShow({ edits }: StartScenario): boolean {
  return edits.length === 0
}

function say(worker: Worker, message: ToScenario): void {
  worker.postMessage(message, [])
}
