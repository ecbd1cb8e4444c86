/** How each feed from outside stands, as the server tells it. */
import { useState } from 'react'
import { isServerless } from '../../source/serverless.ts'
import { useStore } from '../../state/store.ts'
import { get } from '../api.ts'
import { useShell } from '../shellContext.ts'
import { usePolled, type Polled } from '../usePolled.ts'

/** The worst first: what a person is to look at. */
export const feedStates = ['down', 'malformed', 'stale', 'late', 'waiting', 'live'] as const
export type FeedState = (typeof feedStates)[number]

/** Closures by what became of each; `list` is of those in force. */
export interface ClosuresTold {
  readonly inForce: number
  readonly notNow: number
  readonly unmatched: number
  readonly waiting: number
  readonly tooMany: number
  readonly list: readonly {
    readonly id: string
    readonly roadName: string
    /** By BCP 47 tag; '' where the feed names none. */
    readonly text: Readonly<Record<string, string>>
    readonly links: readonly number[]
    readonly fromMs: number | null
    readonly untilMs: number | null
  }[]
}

/** Reports by what became of each. */
export type RequestsTold = Readonly<
  Record<'joined' | 'waiting' | 'closed' | 'old' | 'noService' | 'outside' | 'tooMany', number>
>

export interface FeedTold {
  readonly id: string
  readonly title: string
  readonly format: string
  readonly owner: { readonly name: string; readonly role: 'public' | 'private'; readonly contact: string }
  readonly licence: string
  readonly promise: { readonly cadenceS: number; readonly freshnessS: number }
  readonly state: FeedState
  /** What came and what was due, in English; '' of one that is live. */
  readonly why: string
  /** Of the newest value; null while there is none. */
  readonly ageS: number | null
  /** Each from 0 to 1; null of what nothing has come for. */
  readonly quality: Readonly<Record<'uptime' | 'validity' | 'completeness' | 'freshness', number | null>>
  /** What became here of what it says. */
  readonly use: { readonly closures?: ClosuresTold; readonly requests?: RequestsTold }
  readonly shown: readonly { readonly what: string; readonly count: number }[]
}

const getFeeds = async (signal: AbortSignal) =>
  (await get<{ readonly feeds: readonly FeedTold[] }>('/api/feeds', signal)).feeds

/**
 * Asked anew every so many ms; of the past, and where there is no server, nothing. A server takes the feeds that it began with: where
 * there are none, it is asked once.
 */
export function useFeeds(everyMs: number): Polled<readonly FeedTold[]> {
  const { live } = useShell()
  const isPast = useStore(live.store, ({ replay }) => replay !== undefined)
  const [hasNone, setHasNone] = useState(false)
  const polled = usePolled(isPast || isServerless ? undefined : getFeeds, hasNone ? undefined : everyMs)
  if (polled.value?.length === 0 && !hasNone) setHasNone(true)
  return polled
}

/** The worst first; those that stand alike as the server lists them. */
export function worstFirst(feeds: readonly FeedTold[]): FeedTold[] {
  const rank = ({ state }: FeedTold) => feedStates.indexOf(state)
  return [...feeds].sort((a, b) => rank(a) - rank(b))
}

export function liveCount(feeds: readonly FeedTold[]): number {
  return feeds.filter(({ state }) => state === 'live').length
}
