/**
 * Steps one twin on the wall clock and speaks for it: frames out, commands in. Runs inside a worker thread; long runs of
 * steps are cut so that a command never waits for more than a slice.
 */
import type { MessagePort } from 'node:worker_threads'
import type { Command } from '../../twin/commands.ts'
import { findRequest } from './findRequest.ts'
import { Framer, type Framed } from './framer.ts'
import type { FromLive, HostedTwin, Load, RunFacts, ToLive } from './loopMessages.ts'
import type { Pace } from './pace.ts'

// Longest uninterrupted run of steps, wall milliseconds.
const SLICE_MS = 100
// A frame leaves at least this often while the twin catches up, wall milliseconds.
const FRAME_MS = 1000

interface Waiting {
  readonly id: number
  readonly command: Command
  readonly sinceTick: number
}

export class LiveHost {
  private readonly twin: HostedTwin
  private readonly facts: RunFacts
  private readonly port: MessagePort
  private readonly pace: Pace
  private readonly framer: Framer
  private waiting: Waiting[] = []
  private framedAtMs = 0
  private droppedS = 0
  private steppedMs = 0
  private steps = 0

  constructor(twin: HostedTwin, facts: RunFacts, pace: Pace, port: MessagePort) {
    this.twin = twin
    const { seed, startMs, utcOffsetS } = facts
    this.facts = { seed, startMs, utcOffsetS }
    this.port = port
    this.pace = pace
    this.framer = new Framer(twin.tables, startMs)
  }

  /** Sends the first frame, then goes on until the thread ends. */
  start(): void {
    this.port.on('message', (message: ToLive) => this.hear(message))
    this.say({ kind: 'running', facts: this.facts })
    this.sendFrame(0)
    this.go()
  }

  private go(): void {
    const { steps, droppedS, isLapsed } = this.pace.due(Date.now())
    if (isLapsed) {
      this.say({ kind: 'lapsed' })
      return
    }
    this.droppedS += droppedS
    const made = this.stepFor(steps)
    const isCaughtUp = made === steps
    if (made > 0 && (isCaughtUp || performance.now() - this.framedAtMs >= FRAME_MS))
      this.sendFrame(steps - made)
    if (isCaughtUp) setTimeout(() => this.go(), this.pace.due(Date.now()).waitMs)
    else setImmediate(() => this.go())
  }

  /** Makes up to `steps` steps within a slice of time; says how many it made. */
  private stepFor(steps: number): number {
    const startMs = performance.now()
    let made = 0
    while (made < steps && (made === 0 || performance.now() - startMs < SLICE_MS)) {
      this.twin.step()
      made++
    }
    this.pace.made(made)
    this.steps += made
    this.steppedMs += performance.now() - startMs
    return made
  }

  private hear(message: ToLive): void {
    if (message.kind === 'save') this.save(message.id)
    else this.take(message.id, message.command)
  }

  private take(id: number, command: Command): void {
    try {
      this.twin.command(command)
    } catch (error) {
      this.say({ kind: 'commanded', id, error: (error as Error).message, row: -1 })
      return
    }
    this.waiting.push({ id, command, sinceTick: this.twin.clock.tick })
  }

  /** After the frame that shows it, so that whoever asked can look it up. */
  private answer(): void {
    for (const { id, command, sinceTick } of this.waiting) {
      const row =
        command.kind === 'fileRequest' ? findRequest(this.twin.tables, command, sinceTick) : undefined
      this.say({ kind: 'commanded', id, error: undefined, row: row ?? -1 })
    }
    this.waiting = []
  }

  private save(id: number): void {
    const state = this.twin.save()
    const buffers = [...new Set(Object.values(state).map((column) => column.buffer as ArrayBuffer))]
    this.say({ kind: 'saved', id, fork: { ...this.facts, state } }, buffers)
  }

  private sendFrame(behindS: number): void {
    this.framedAtMs = performance.now()
    const framed: Framed = this.framer.next(this.twin.clock.tick)
    const load: Load = {
      behindS,
      droppedS: this.droppedS,
      stepMs: this.steps === 0 ? 0 : this.steppedMs / this.steps,
      steps: this.steps,
    }
    this.steps = 0
    this.steppedMs = 0
    this.say({ kind: 'frame', ...framed, load }, [framed.bytes])
    const key = this.framer.dueKeyframe()
    if (key !== undefined) this.say({ ...key, kind: 'keyframe' }, [key.bytes])
    // a frame always follows a step, and a step takes in every command before it
    this.answer()
  }

  private say(message: FromLive, transfer: ArrayBuffer[] = []): void {
    this.port.postMessage(message, transfer)
  }
}
