/**
 * An exercise on the live city, while nothing it shows is measured: something fails now and comes back by itself, so that a room
 * can practise the whole life of an alarm. One thing at a time.
 */
import type { Command, Edit } from '../../twin/commands.ts'

/** The live twin, as far as it is needed here. */
export interface ExerciseTwin {
  /** What the city shows now; undefined until it runs. */
  timeMs(): number | undefined
  command(command: Command): Promise<number>
}

export type Failure = Exclude<Edit, { kind: 'setLinkClosed' }>

export class Exercise {
  private readonly twin: ExerciseTwin
  private under: { readonly failure: Failure; readonly untilMs: number } | undefined
  /** What came back last, and when, wall time. */
  private last: { readonly failure: Failure; readonly atMs: number } | undefined

  constructor(twin: ExerciseTwin) {
    this.twin = twin
  }

  /** The city's time at which what is out comes back; undefined while nothing is. */
  get untilMs(): number | undefined {
    return this.under?.untilMs
  }

  /** Fails a thing for `forS` seconds of the city. Gives the city's time at which it comes back; throws a sentence while another is out. */
  async start(failure: Failure, forS: number): Promise<number> {
    const timeMs = this.twin.timeMs()
    if (timeMs === undefined) throw new Error('the city is still starting')
    if (this.under !== undefined)
      throw new Error('an exercise is under way; end it, or wait until what failed is back')
    const untilMs = timeMs + forS * 1000
    this.under = { failure, untilMs }
    try {
      await this.twin.command(failure)
    } catch (error) {
      this.under = undefined
      throw error
    }
    return untilMs
  }

  /** Brings back what is out. What the twin does not take is tried again with the next frame. */
  async end(): Promise<void> {
    const { under } = this
    if (under === undefined) return
    this.under = undefined
    try {
      await this.twin.command(undone(under.failure))
      this.last = { failure: under.failure, atMs: Date.now() }
    } catch (error) {
      this.under ??= { ...under, untilMs: 0 }
      throw error
    }
  }

  /** A run has begun: anew, with nothing out, or from a state of `savedAtMs`, wall time, in which something that is back since may be out. */
  running(savedAtMs: number | undefined): void {
    if (savedAtMs === undefined) this.under = undefined
    else if (this.last !== undefined && this.last.atMs >= savedAtMs)
      this.under ??= { failure: this.last.failure, untilMs: 0 }
  }

  /** After each frame: what has been out for long enough comes back. */
  look(): void {
    const timeMs = this.twin.timeMs()
    if (this.under === undefined || timeMs === undefined || timeMs < this.under.untilMs) return
    // between two lives of the twin's thread: the next frame comes
    this.end().catch(() => undefined)
  }
}

function undone(failure: Failure): Failure {
  return failure.kind === 'setBreakerOpen'
    ? { ...failure, isOpen: !failure.isOpen }
    : { ...failure, isInService: !failure.isInService }
}
