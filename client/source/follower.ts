/** Where one stream stands at its viewer: which envelopes continue it, and from where to go on after the line was lost. */
import type { Envelope, Position } from '../../twin/protocol/envelope.ts'

export class Follower {
  /** Of the last frame taken in; undefined before the first, and once what is had cannot be continued. */
  position: Position | undefined
  /** The view that the host has granted, which frames are of from the next keyframe or turn on. */
  granted = 0

  /** Whether the frame takes what is had to its own seq. What was had already does not. */
  continues({ kind, epoch, seq, baseSeq }: Envelope): boolean {
    const { position } = this
    if (kind === 'keyframe') return position === undefined || position.epoch !== epoch || seq > position.seq
    return (kind === 'delta' || kind === 'view') && position?.epoch === epoch && position.seq === baseSeq
  }

  /** Whether the frame is of the past of what is had: the same in another wrapping, nothing is missing. */
  isPast({ kind, epoch, seq }: Envelope): boolean {
    return kind !== 'view' && this.position?.epoch === epoch && seq <= this.position.seq
  }

  took({ kind, epoch, seq }: Envelope): void {
    const view = kind === 'delta' ? this.position?.view : this.granted
    this.position = { epoch, seq, ...(view && { view }) }
  }

  forget(): void {
    this.position = undefined
  }
}
