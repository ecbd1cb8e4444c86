/** What the server tells of feeds from outside: how each stands, and what became of what it says. Times are Unix ms. */

/** waiting: nothing has come yet. late, stale: what came last is older than promised, and much older. down: it does not answer. */
export const feedStates = ['waiting', 'live', 'late', 'stale', 'down', 'malformed'] as const
export type FeedState = (typeof feedStates)[number]

/** Closures of a feed's last reading, by what became of each. */
export interface ClosuresTold {
  /** In force now, on a street. */
  readonly inForce: number
  /** Not begun yet, or over. */
  readonly notNow: number
  /** On no street near enough. */
  readonly unmatched: number
  /** Still to be matched, and beyond what is taken of one feed. */
  readonly waiting: number
  readonly tooMany: number
  /** Of those in force. */
  readonly list: readonly {
    readonly id: string
    readonly roadName: string
    /** By BCP 47 tag; '' where the feed names none. */
    readonly text: Readonly<Record<string, string>>
    readonly links: readonly number[]
    /** Null where it is not said, or until further notice. */
    readonly fromMs: number | null
    readonly untilMs: number | null
  }[]
}

/** Reports of a feed's last reading, by what became of each. */
export type RequestsTold = Readonly<
  Record<'joined' | 'waiting' | 'closed' | 'old' | 'noService' | 'outside' | 'tooMany', number>
>

/** What the city makes of a feed; nothing of what it has not. */
export interface UseOfFeed {
  readonly closures?: ClosuresTold
  readonly requests?: RequestsTold
}
