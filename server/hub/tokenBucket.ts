/** A rate limit: a bucket of tokens that fills at a steady pace. */

export class TokenBucket {
  private readonly capacity: number
  private readonly perMs: number
  private tokens: number
  private atMs: number

  constructor(capacity: number, perMinute: number, nowMs: number) {
    this.capacity = capacity
    this.perMs = perMinute / 60_000
    this.tokens = capacity
    this.atMs = nowMs
  }

  /** Takes one token; false when there is none. */
  take(nowMs: number): boolean {
    this.tokens = Math.min(this.capacity, this.tokens + (nowMs - this.atMs) * this.perMs)
    this.atMs = nowMs
    if (this.tokens < 1) return false
    this.tokens--
    return true
  }
}
