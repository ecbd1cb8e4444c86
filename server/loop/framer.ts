/** Makes the frames of one twin: encoded and deflated once for all who watch, a keyframe at most once per tick. */
import { constants, deflateRawSync } from 'node:zlib'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import type { Table } from '../../twin/kernel/table.ts'
import { FrameEncoder } from '../../twin/protocol/frame.ts'

// zlib level: 3 gives nearly the size of 6 at half the time on these planes (measured by `bench -- stream`).
const DEFLATE_LEVEL = 3

// Receivers check what they have against a fingerprint once in so many frames.
const HASH_EVERY = 10
// A keyframe is made by itself, for whoever comes, with the last frame before each of these of the city's time, at which pieces of the
// past begin; and so many frames after the one before at the least and at the most.
const KEYFRAME_EVERY_MS = 15_000
const LEAST_FRAMES = 8
const MOST_FRAMES = 20

export interface Framed {
  readonly tick: number
  readonly isKeyframe: boolean
  readonly bytes: ArrayBuffer
  /** Of who has taken it in; undefined when it was not worked out for this frame. */
  readonly stateHash: number | undefined
}

export class Framer {
  private readonly encoder: FrameEncoder
  /** Of tick 0, milliseconds of the city's time. */
  private readonly startMs: number
  private lastTick: number | undefined
  private frames = 0
  private framesSinceKey = 0
  private stepTicks = 0

  constructor(tables: readonly Table[], startMs = 0) {
    this.encoder = new FrameEncoder(tables)
    this.startMs = startMs
  }

  /** The changes since the last frame; the first frame is a keyframe by itself. */
  next(tick: number): Framed {
    const isKeyframe = this.lastTick === undefined
    const bytes = deflated(this.encoder.delta(tick))
    this.stepTicks = tick - (this.lastTick ?? tick)
    this.lastTick = tick
    this.framesSinceKey = isKeyframe ? 0 : this.framesSinceKey + 1
    const stateHash = this.frames++ % HASH_EVERY === 0 ? this.encoder.stateHash() : undefined
    return { tick, isKeyframe, bytes, stateHash }
  }

  /** A keyframe of the last frame, when one is due. */
  dueKeyframe(): Framed | undefined {
    const { lastTick = 0, framesSinceKey } = this
    const pieceAt = (tick: number) =>
      Math.floor((this.startMs + (tick * 1000) / TICKS_PER_S) / KEYFRAME_EVERY_MS)
    const isLastBefore = pieceAt(lastTick) !== pieceAt(lastTick + this.stepTicks)
    if (framesSinceKey < LEAST_FRAMES || (framesSinceKey < MOST_FRAMES && !isLastBefore)) return undefined
    this.framesSinceKey = 0
    return this.keyframe()
  }

  /** All as of the last frame, or undefined before the first. */
  keyframe(): Framed | undefined {
    if (this.lastTick === undefined) return undefined
    const bytes = deflated(this.encoder.keyframe())
    return { tick: this.lastTick, isKeyframe: true, bytes, stateHash: this.encoder.stateHash() }
  }
}

/** In a buffer of its own, so that it can be handed to another thread. */
function deflated(frame: Uint8Array): ArrayBuffer {
  const packed = deflateRawSync(frame, { level: DEFLATE_LEVEL, strategy: constants.Z_DEFAULT_STRATEGY })
  const own = new ArrayBuffer(packed.length)
  new Uint8Array(own).set(packed)
  return own
}
