/** How a feed stands against what is promised of it, by laws that no clock is asked for. */

import type { FeedState } from '../../twin/protocol/feedMessages.ts'

/** So many times what is promised is stale. */
const STALE_AFTER = 3
/** Uptime and the rest are of so long, ms. */
const DAY_MS = 86_400_000

/** One look at a feed. */
export type Look =
  /** `newestMs`: the newest time that it says of itself or its values. */
  | {
      readonly kind: 'read'
      readonly atMs: number
      readonly newestMs: number
      readonly kept: number
      readonly noted: number
    }
  | { readonly kind: 'unchanged'; readonly atMs: number }
  | { readonly kind: 'failed' | 'malformed'; readonly atMs: number; readonly why: string }

/** Of the last day, each from 0 to 1; NaN of what nothing has come for. */
export interface FeedQuality {
  /** Of the looks, those that were answered. */
  readonly uptime: number
  /** Of the answers, those that could be read. */
  readonly validity: number
  /** Of the records of the last that was read, those that could be used. */
  readonly completeness: number
  /** Of the looks, those at which what was known was as new as promised. */
  readonly freshness: number
}

export interface FeedStanding {
  readonly state: FeedState
  /** For whoever looks: what came and what was due. */
  readonly why: string
  /** Of the newest value, at `atMs`; NaN while there is none. */
  readonly ageS: number
  readonly quality: FeedQuality
}

/** Whether what a feed said last may still be taken for so; where it may not, the simulation goes on without it. */
export function isUsable(ageS: number, promisedS: number): boolean {
  return ageS <= STALE_AFTER * promisedS
}

export class FeedWatch {
  private readonly freshnessMs: number
  private readonly looks: {
    readonly atMs: number
    readonly isAnswered: boolean
    readonly isRead: boolean
    readonly isFresh: boolean
  }[] = []
  private last: Look | undefined
  private lastRead: Extract<Look, { kind: 'read' }> | undefined
  private newestMs = NaN

  constructor(freshnessS: number) {
    this.freshnessMs = freshnessS * 1000
  }

  note(look: Look): void {
    this.last = look
    if (look.kind === 'read') {
      this.lastRead = look
      // a feed may be read again as it was; it does not become older
      if (!(look.newestMs <= this.newestMs)) this.newestMs = look.newestMs
    }
    const { atMs, kind } = look
    this.looks.push({
      atMs,
      isAnswered: kind !== 'failed',
      isRead: kind === 'read' || kind === 'unchanged',
      isFresh: atMs - this.newestMs <= this.freshnessMs,
    })
    while (this.looks[0].atMs < atMs - DAY_MS) this.looks.shift()
  }

  at(nowMs: number): FeedStanding {
    const ageS = (nowMs - this.newestMs) / 1000
    return { ...this.stateAt(ageS), ageS, quality: this.quality() }
  }

  private stateAt(ageS: number): Pick<FeedStanding, 'state' | 'why'> {
    const { last } = this
    const promisedS = this.freshnessMs / 1000
    if (last?.kind === 'malformed') return { state: 'malformed', why: last.why }
    if (ageS <= promisedS) return { state: 'live', why: '' }
    if (last?.kind === 'failed') return { state: 'down', why: last.why }
    if (Number.isNaN(ageS)) return { state: 'waiting', why: 'nothing has come yet' }
    const why = `the newest is ${Math.round(ageS)} s old, at most ${promisedS} s are promised`
    return { state: isUsable(ageS, promisedS) ? 'late' : 'stale', why }
  }

  private quality(): FeedQuality {
    const { looks, lastRead } = this
    const answered = looks.filter(({ isAnswered }) => isAnswered)
    const share = (count: number, of: number) => (of === 0 ? NaN : count / of)
    return {
      uptime: share(answered.length, looks.length),
      validity: share(answered.filter(({ isRead }) => isRead).length, answered.length),
      completeness: lastRead === undefined ? NaN : share(lastRead.kept, lastRead.kept + lastRead.noted),
      freshness: share(looks.filter(({ isFresh }) => isFresh).length, looks.length),
    }
  }
}
