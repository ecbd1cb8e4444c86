/** Refuses what others have run already, as many as there may be at once: in English, and by the name of what it is for a page to word. */
import type { Busy } from '../../twin/protocol/messages.ts'

export class BusyError extends Error {
  readonly busy: Busy

  constructor(busy: Busy, sentence: string) {
    super(sentence)
    this.busy = busy
  }
}
