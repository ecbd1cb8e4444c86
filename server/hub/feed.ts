/** What all viewers who see the same are sent: everything to begin with, and step by step what changes. */
import type { Framed } from './line.ts'

/** One message, framed once for all. */
export interface Entry extends Framed {
  readonly seq: number
  readonly atMs: number
}

export interface Feed {
  /** Of what is seen; 0 is all there is. */
  readonly view: number
  /** Everything as of a frame, the last one where that is not too dear; undefined before the first. */
  begin(): Entry | undefined
  /** What takes a receiver from the frame before to frame `seq`; undefined when that is kept no longer. */
  step(seq: number): Entry | undefined
  /** Whether to begin anew costs less than all steps from `seq` on. */
  isShorterThan(seq: number): boolean
}

// Frames kept for those who come back, and their bytes at most.
const RING_FRAMES = 600
const RING_BYTES = 64 * 1024 * 1024

/** The whole city: frames as the source cut them. */
export class WholeFeed implements Feed {
  readonly view = 0
  private key: Entry | undefined
  private ring: Entry[] = []
  private bytes = 0

  begin(): Entry | undefined {
    return this.key
  }

  step(seq: number): Entry | undefined {
    return this.ring.length === 0 ? undefined : this.ring[seq - this.ring[0].seq]
  }

  isShorterThan(seq: number): boolean {
    return this.key !== undefined && seq < this.key.seq
  }

  keep(entry: Entry): void {
    this.ring.push(entry)
    this.bytes += entry.framed.length
    while (
      this.ring.length > RING_FRAMES ||
      (this.bytes > RING_BYTES && this.isShorterThan(this.ring[0].seq - 1))
    )
      this.bytes -= this.ring.shift()!.framed.length
  }

  keyframe(entry: Entry): void {
    this.key = entry
  }

  restart(entry: Entry): void {
    this.ring = []
    this.bytes = 0
    this.key = entry
  }
}
