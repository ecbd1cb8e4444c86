/** Where one stream stands at its viewer: which envelopes continue it, and from where to go on after the line was lost. */
import type { Envelope, Position } from '../../twin/protocol/envelope.ts'

export class Follower {
  /** Of the last frame taken in; undefined before the first, and once what is had cannot be continued. */
  position: Position | undefined

  /** Whether the frame takes what is had to its own seq. What was had already does not. */
  continues({ kind, epoch, seq, baseSeq }: Envelope): boolean {
    const { position } = this
    if (kind === 'keyframe') return position === undefined || position.epoch !== epoch || seq > position.seq
    return kind === 'delta' && position?.epoch === epoch && position.seq === baseSeq
  }

  /** Whether the frame is of the past of what is had: the same in another wrapping, nothing is missing. */
  isPast({ epoch, seq }: Envelope): boolean {
    return this.position?.epoch === epoch && seq <= this.position.seq
  }

  took({ epoch, seq }: Envelope): void {
    this.position = { epoch, seq }
  }

  forget(): void {
    this.position = undefined
  }
}
