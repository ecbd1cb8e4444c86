/** The frames of a run as they came, so that it can be shown once more beside another, each as long after its beginning. */
import { frameTicks, KEYFRAME } from '../../twin/protocol/frame.ts'
import type { Live } from './live.ts'
import type { Mirror } from './mirror.ts'

interface KeptFrame {
  readonly tick: number
  readonly isKeyframe: boolean
  readonly bytes: Uint8Array
}

export class RunRecord {
  private readonly frames: KeptFrame[] = []
  /** No more frames are kept; those that are stay. */
  readonly stop: () => void

  /** Keeps what comes of `stream` from now on. */
  constructor(live: Pick<Live, 'follow' | 'source'>, stream: string) {
    this.stop = live.follow(stream, (bytes, { seq }) => {
      live.source.drawn(stream, seq)
      return this.keep(bytes)
    })
  }

  /** Undefined before the first frame. */
  get firstTick(): number | undefined {
    return this.frames[0]?.tick
  }

  /**
   * Takes `mirror`, which takes in nothing else, to the last frame at or before `tick`; to the first where there is none. False
   * when that is where it is.
   */
  play(mirror: Mirror, tick: number, nowMs: number): boolean {
    const { frames } = this
    if (frames.length === 0) return false
    let to = frames.length - 1
    while (to > 0 && frames[to].tick > tick) to--
    if (mirror.tick === frames[to].tick) return false
    let from = to
    while (from > 0 && !frames[from].isKeyframe && frames[from - 1].tick !== mirror.tick) from--
    for (let at = from; at <= to; at++) mirror.apply(frames[at].bytes, nowMs)
    return true
  }

  /** False when a frame is missing before it. */
  private keep(bytes: Uint8Array): boolean {
    const { tick, baseTick } = frameTicks(bytes)
    const isKeyframe = baseTick === KEYFRAME
    const last = this.frames.at(-1)
    if (!isKeyframe && baseTick !== last?.tick) return false
    // what was had already comes anew when another begins to follow
    if (last === undefined || tick > last.tick) this.frames.push({ tick, isKeyframe, bytes })
    return true
  }
}
