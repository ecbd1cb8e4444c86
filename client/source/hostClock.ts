/**
 * The host's monotonic clock on the page's. An exchange (asked, answered, heard) bounds how far the two stand apart from both
 * sides; its middle is wrong by half of what the two ways differ, as in NTP (RFC 5905), so the quickest exchange is believed.
 * Whatever else comes was on its way for a while, and bounds it from one side. Clocks of day play no part: they may be wrong, or set.
 */

// Two quartz clocks part by less than this, milliseconds in a millisecond; assumed.
const DRIFT = 1e-4

export class HostClock {
  private offsetMs: number | undefined
  /** Of the exchange that is believed. */
  private roundTripMs = Infinity
  private believedMs = 0

  /** The host said `hostMs` to what the page asked at `askedMs` and heard at `heardMs`. */
  answered(hostMs: number, askedMs: number, heardMs: number): void {
    const roundTripMs = heardMs - askedMs
    const [leastMs, mostMs] = [askedMs - hostMs, heardMs - hostMs]
    const driftMs = DRIFT * (heardMs - this.believedMs)
    const slackMs = this.roundTripMs / 2 + driftMs
    const offsetMs = this.offsetMs ?? Infinity
    // else one of the two clocks stood still meanwhile
    const isPossible = offsetMs + slackMs >= leastMs && offsetMs - slackMs <= mostMs
    if (isPossible && roundTripMs > this.roundTripMs + 2 * driftMs) return
    this.offsetMs = (leastMs + mostMs) / 2
    this.roundTripMs = roundTripMs
    this.believedMs = heardMs
  }

  /** Something of the host's moment `hostMs` was here at `pageMs`. */
  saw(hostMs: number, pageMs: number): void {
    this.offsetMs = Math.min(this.offsetMs ?? Infinity, pageMs - hostMs)
  }

  /** The page's time of the host's moment. Throws before anything was seen. */
  pageMs(hostMs: number): number {
    if (this.offsetMs === undefined) throw new Error('host clock: nothing was seen of it yet')
    return hostMs + this.offsetMs
  }

  /** The host's time at the page's moment; undefined before anything was seen. */
  hostMs(pageMs: number): number | undefined {
    return this.offsetMs === undefined ? undefined : pageMs - this.offsetMs
  }

  /** Another line, perhaps to another host. */
  forget(): void {
    this.offsetMs = undefined
    this.roundTripMs = Infinity
  }
}
