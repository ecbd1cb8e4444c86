/** Carries the outbox to the server: at once when the line is there, then after growing pauses until nothing waits. */
import { sendWaiting, waitingIn, type Keep, type SendReport } from './outbox.ts'

// Pauses between tries; assumed. A server that comes back is not met by all phones in the same second.
const FIRST_PAUSE_MS = 2000
const MAX_PAUSE_MS = 60_000

export class Courier {
  private readonly keep: Keep | undefined
  private readonly sendReport: SendReport
  private readonly changed: () => void
  private readonly pause: (tries: number) => number
  private cityId: string | undefined
  private round: Promise<void> | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private tries = 0
  private isAskedAgain = false

  /** `changed` is told when a report may stand otherwise than before; `pause` gives milliseconds. */
  constructor(
    keep: Keep | undefined,
    sendReport: SendReport,
    changed: () => void,
    pause = (tries: number) => pauseMs(tries, Math.random()),
  ) {
    this.keep = keep
    this.sendReport = sendReport
    this.changed = changed
    this.pause = pause
  }

  /** The line to this city's server is there. */
  open(cityId: string): void {
    this.cityId = cityId
    this.tries = 0
    void this.send()
  }

  close(): void {
    this.cityId = undefined
    clearTimeout(this.timer)
  }

  /** Sends what waits, one round at a time; without a line does nothing. */
  send(): Promise<void> {
    clearTimeout(this.timer)
    this.isAskedAgain = this.round !== undefined
    this.round ??= this.goRound().finally(() => {
      this.round = undefined
      this.changed()
      this.goAgainLater()
    })
    return this.round
  }

  private async goRound(): Promise<void> {
    if (this.cityId === undefined) return
    try {
      const settled = await sendWaiting(this.keep, this.sendReport, this.cityId)
      if (settled > 0) this.tries = 0
    } catch {
      // the answer could not be written down: the report waits, is sent again, and is filed once all the same
    }
  }

  private goAgainLater(): void {
    if (this.cityId === undefined || waitingIn(this.keep, this.cityId).length === 0) return
    const waitMs = this.isAskedAgain ? 0 : this.pause(this.tries++)
    this.timer = setTimeout(() => void this.send(), waitMs)
  }
}

/** Doubles with each try, up to a minute; `dice` (0 to 1) moves it by half either way. */
export function pauseMs(tries: number, dice: number): number {
  return Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries) * (0.5 + dice)
}
