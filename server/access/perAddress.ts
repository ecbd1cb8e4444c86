/** Limits by address, in bounded memory however many addresses come. */
import { TokenBucket } from '../hub/tokenBucket.ts'
import { limitKey } from './visitor.ts'

// More addresses than this at once, and the one longest unseen is forgotten.
const MAX_ADDRESSES = 10_000

/** A token bucket for each address. */
export class AddressBuckets {
  private readonly limit: { readonly atOnce: number; readonly perMinute: number }
  private readonly buckets = new Map<string, TokenBucket>()

  constructor(limit: { readonly atOnce: number; readonly perMinute: number }) {
    this.limit = limit
  }

  /** Takes one from the address' bucket; false when it is empty. */
  take(address: string, nowMs: number): boolean {
    const key = limitKey(address)
    const bucket = this.buckets.get(key) ?? new TokenBucket(this.limit.atOnce, this.limit.perMinute, nowMs)
    // set anew, so that the map's order is that of the last visit
    this.buckets.delete(key)
    this.buckets.set(key, bucket)
    const [oldest] = this.buckets.keys()
    if (this.buckets.size > MAX_ADDRESSES) this.buckets.delete(oldest)
    return bucket.take(nowMs)
  }
}

/** How many of something an address has open. */
export class AddressCounts {
  private readonly counts = new Map<string, number>()

  of(address: string): number {
    return this.counts.get(limitKey(address)) ?? 0
  }

  /** Counts one more; what comes back counts it off. */
  add(address: string): () => void {
    const key = limitKey(address)
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1)
    return () => {
      const left = (this.counts.get(key) ?? 1) - 1
      if (left > 0) this.counts.set(key, left)
      else this.counts.delete(key)
    }
  }
}
