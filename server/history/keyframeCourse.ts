/** Where the keyframes of a run lie, in the order they came. */
import { Numbers } from './log/numbers.ts'

export interface Keyframe {
  /** Its number in the log of frames. */
  readonly seq: number
  readonly cityMs: number
}

export class KeyframeCourse {
  private readonly seqs = new Numbers()
  private readonly timesMs = new Numbers()

  get length(): number {
    return this.seqs.length
  }

  /** As an array's: negative from the end, undefined beyond. */
  at(index: number): Keyframe | undefined {
    const seq = this.seqs.at(index)
    const cityMs = this.timesMs.at(index)
    return seq === undefined || cityMs === undefined ? undefined : { seq, cityMs }
  }

  push({ seq, cityMs }: Keyframe): void {
    this.seqs.push(seq)
    this.timesMs.push(cityMs)
  }

  /** The last at or before a moment, or else the first of all; undefined where there is none. */
  before(timeMs: number): Keyframe | undefined {
    return this.at(Math.max(0, this.timesMs.rankOf(timeMs) - 1))
  }

  /** How many follow a keyframe up to a moment. */
  countAfter({ seq }: Keyframe, toMs: number): number {
    return Math.max(0, this.timesMs.rankOf(toMs) - this.seqs.rankOf(seq))
  }

  /** Lets go of those before record `oldestSeq`. */
  forget(oldestSeq: number): void {
    const gone = this.seqs.rankOf(oldestSeq - 1)
    this.seqs.drop(gone)
    this.timesMs.drop(gone)
  }
}
