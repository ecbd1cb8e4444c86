/** Makes the frames of one twin: encoded and deflated once for all who watch, a keyframe at most once per tick. */
import { constants, deflateRawSync } from 'node:zlib'
import type { Table } from '../../twin/kernel/table.ts'
import { FrameEncoder } from '../../twin/protocol/frame.ts'

// zlib level: 3 gives nearly the size of 6 at half the time on these planes (measured by `bench -- stream`).
const DEFLATE_LEVEL = 3

// Receivers check what they have against a fingerprint once in so many frames.
const HASH_EVERY = 10
// A keyframe is made by itself once in so many frames, for whoever comes.
const KEYFRAME_EVERY = 15

export interface Framed {
  readonly tick: number
  readonly isKeyframe: boolean
  readonly bytes: ArrayBuffer
  /** Of who has taken it in; undefined when it was not worked out for this frame. */
  readonly stateHash: number | undefined
}

export class Framer {
  private readonly encoder: FrameEncoder
  private lastTick: number | undefined
  private frames = 0

  constructor(tables: readonly Table[]) {
    this.encoder = new FrameEncoder(tables)
  }

  /** The changes since the last frame; the first frame is a keyframe by itself. */
  next(tick: number): Framed {
    const isKeyframe = this.lastTick === undefined
    const bytes = deflated(this.encoder.delta(tick))
    this.lastTick = tick
    const stateHash = this.frames++ % HASH_EVERY === 0 ? this.encoder.stateHash() : undefined
    return { tick, isKeyframe, bytes, stateHash }
  }

  /** A keyframe of the last frame, when one is due. */
  dueKeyframe(): Framed | undefined {
    return this.frames % KEYFRAME_EVERY === 0 ? this.keyframe() : undefined
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
