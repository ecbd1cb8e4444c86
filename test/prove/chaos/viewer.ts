/**
 * A page without a screen: the real source, the real mirror and the real rules of what is called live, in Node. A timer stands in
 * for the browser's animation frames.
 */
import type { FrameSource } from '../../../client/source/frameSource.ts'
import { makeSocketSource } from '../../../client/source/socketSource.ts'
import { serverFiles } from '../../../client/state/cityLoader.ts'
import { startLive, type Live } from '../../../client/state/live.ts'
import { viewFromQuery } from '../../../client/state/view.ts'

/** What a viewer shows at one moment. */
export interface Shown {
  /** CLOCK_MONOTONIC, milliseconds: the same in every process. */
  readonly atMs: number
  readonly tick: number
  readonly hash: number
  readonly state: string
}

/** What the server sent to one viewer, and what it said of the state behind it. */
export interface Told {
  readonly tick: number
  readonly atMs: number
  readonly hash: number
}

export class Viewer {
  readonly live: Live
  /** Every frame taken in, when `keepsTold`. */
  readonly told: Told[] = []
  /** Frames whose fingerprint was not the server's. */
  wrongHashes = 0

  /** `filesAt` is where the city's files are fetched, which the faults are not about. */
  constructor(url: string, filesAt: string, isWall = false, keepsTold = false) {
    standInForAnimationFrames()
    const source = this.watched(makeSocketSource({ url, isWall }), keepsTold)
    this.live = startLive(source, viewFromQuery(''), serverFiles(filesAt))
    this.live.begin()
  }

  get shown(): Shown {
    const { mirror, store } = this.live
    return {
      atMs: monotonicMs(),
      tick: mirror.tick,
      hash: mirror.stateHash(),
      state: store.get().connection.state,
    }
  }

  close(): void {
    this.live.stop()
  }

  private keep(told: Told): void {
    // a server that began anew counts from a beginning of its own
    if (told.tick < (this.told.at(-1)?.tick ?? 0)) this.told.length = 0
    if (told.tick !== this.told.at(-1)?.tick) this.told.push(told)
  }

  private watched(source: FrameSource, keepsTold: boolean): FrameSource {
    return {
      ...source,
      open: (listener) =>
        source.open({
          ...listener,
          frame: (stream, bytes, facts) => {
            const isTaken = listener.frame(stream, bytes, facts)
            const { mirror } = this.live
            if (facts.stateHash !== undefined && mirror.stateHash() !== facts.stateHash) this.wrongHashes++
            if (keepsTold) this.keep({ tick: mirror.tick, atMs: monotonicMs(), hash: mirror.stateHash() })
            return isTaken
          },
        }),
    }
  }
}

export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1000n) / 1000
}

function standInForAnimationFrames(): void {
  globalThis.requestAnimationFrame ??= (draw) => Number(setTimeout(() => draw(performance.now()), 16))
}
