/**
 * The host's monotonic clock on the page's. What took least to come shows best how far the two stand apart; everything else
 * came later than that, and is older by so much. Clocks of day play no part: they may be wrong, or set.
 */
export class HostClock {
  private offsetMs: number | undefined

  /** Something of the host's moment `hostMs` was here at `pageMs`. */
  saw(hostMs: number, pageMs: number): void {
    const offsetMs = pageMs - hostMs
    this.offsetMs = Math.min(this.offsetMs ?? offsetMs, offsetMs)
  }

  /** The page's time of the host's moment. Throws before anything was seen. */
  pageMs(hostMs: number): number {
    if (this.offsetMs === undefined) throw new Error('host clock: nothing was seen of it yet')
    return hostMs + this.offsetMs
  }

  /** Another line, perhaps to another host. */
  forget(): void {
    this.offsetMs = undefined
  }
}
