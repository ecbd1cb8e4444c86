/**
 * Runs one scenario inside its thread: two twins of the same moment, one with the edits, stepped together so that what they
 * differ by is the edits alone. Frames of both once a second of the wall clock, a comparison every few simulated seconds.
 */
import type { MessagePort } from 'node:worker_threads'
import type { Table } from '../../twin/kernel/table.ts'
import type { Comparison } from '../../twin/protocol/messages.ts'
import type { ScenarioEdit } from '../../twin/scenario/edits.ts'
import { Framer } from './framer.ts'
import type { FromScenario, HostedTwin, RunFacts, ScenarioRun, Side, ToScenario } from './loopMessages.ts'
import { Pace } from './pace.ts'

// Longest uninterrupted run of steps, wall milliseconds.
const SLICE_MS = 100
const FRAME_MS = 1000
// Simulated seconds between two comparisons, while frames come more often.
const COMPARE_S = 5
// Steps asked for at a time when the machine may go as fast as it can.
const ALL_OUT_STEPS = 60

const sides: readonly Side[] = ['edited', 'base']

export interface ScenarioParts<T extends HostedTwin> {
  /** A twin at the start of a run; it will load a fork of that run. */
  readonly make: (facts: RunFacts) => T
  /** A twin in the normal life of the hour in which `facts` start, on streets as the edits have them built; and the edits that are left. */
  readonly warm: (facts: RunFacts, edits: readonly ScenarioEdit[]) => Promise<Beginning<T>>
  /** Lives `edits` in a twin from the moment at which it stands; the twin is stepped by what it gives. */
  readonly live: (twin: T, edits: readonly ScenarioEdit[]) => { step(): void }
  readonly compare: (tick: number, base: readonly Table[], edited: readonly Table[]) => Comparison
}

export interface Beginning<T> {
  readonly twin: T
  readonly edits: readonly ScenarioEdit[]
}

export class ScenarioHost<T extends HostedTwin> {
  private readonly parts: ScenarioParts<T>
  private readonly port: MessagePort
  private readonly facts: RunFacts
  private twins: Record<Side, T>

  /** Makes its twins ahead: that takes longer than to load a moment into them. */
  constructor(parts: ScenarioParts<T>, facts: RunFacts, port: MessagePort) {
    this.parts = parts
    this.port = port
    this.facts = facts
    this.twins = { edited: parts.make(facts), base: parts.make(facts) }
  }

  /** Waits for its run from now on. */
  start(): void {
    this.port.on('message', (message: ToScenario) => {
      void this.begin(message.run)
    })
    this.say({ kind: 'ready' })
  }

  /** Puts both twins at the moment asked for. Without edits they are one and the same. */
  private async begin(run: ScenarioRun): Promise<void> {
    const { from, edits } = run
    let left = edits
    if ('fork' in from) {
      const { seed, startMs } = from.fork
      // a moment of an earlier run fits no twin of this one
      const isOfThisRun = seed === this.facts.seed && startMs === this.facts.startMs
      for (const side of sides) {
        if (!isOfThisRun) this.twins[side] = this.parts.make(from.fork)
        this.twins[side].load(from.fork.state)
      }
    } else {
      const { twin: base } = await this.parts.warm(from.hour, [])
      const edited = edits.length > 0 ? await this.parts.warm(from.hour, edits) : { twin: base, edits }
      this.twins = { base, edited: edited.twin }
      left = edited.edits
    }
    this.run({ ...run, edits: left })
  }

  private run({ edits, horizonS, speed }: ScenarioRun): void {
    const { twins } = this
    const framers = { edited: new Framer(twins.edited.tables), base: new Framer(twins.base.tables) }
    const edited = this.parts.live(twins.edited, edits)
    const pace = speed > 0 ? new Pace(speed, performance.now()) : undefined
    let doneS = 0
    let framedAtMs = 0
    let comparedAtS = -Infinity

    const report = () => {
      framedAtMs = performance.now()
      const { tick, startMs } = twins.edited.clock
      const isDue = doneS - comparedAtS >= COMPARE_S || doneS === horizonS
      if (isDue) comparedAtS = doneS
      const comparison = isDue ? this.parts.compare(tick, twins.base.tables, twins.edited.tables) : undefined
      // first, so that whoever gets a frame knows its time
      this.say({ kind: 'progress', doneS, startMs, comparison })
      for (const side of sides) {
        const framed = framers[side].next(tick)
        this.say({ kind: 'frame', side, ...framed }, [framed.bytes])
        const key = framers[side].dueKeyframe()
        if (key !== undefined) this.say({ side, ...key, kind: 'keyframe' }, [key.bytes])
      }
    }

    const go = () => {
      const due = pace?.due(performance.now())
      const steps = Math.min(horizonS - doneS, due === undefined ? ALL_OUT_STEPS : Math.max(due.steps, 0))
      const startMs = performance.now()
      let made = 0
      while (made < steps && (made === 0 || performance.now() - startMs < SLICE_MS)) {
        edited.step()
        if (twins.base !== twins.edited) twins.base.step()
        made++
      }
      pace?.made(made)
      doneS += made
      const isCaughtUp = made === steps && pace !== undefined
      const isDone = doneS === horizonS
      if (isDone || (made > 0 && (isCaughtUp || performance.now() - framedAtMs >= FRAME_MS))) report()
      if (isDone) this.say({ kind: 'done' })
      else if (isCaughtUp) setTimeout(go, pace.due(performance.now()).waitMs)
      else setImmediate(go)
    }

    report()
    go()
  }

  private say(message: FromScenario, transfer: ArrayBuffer[] = []): void {
    this.port.postMessage(message, transfer)
  }
}
