/** How each feed from outside stands, as the server tells it. */
import { useState } from 'react'
import type { FeedState, UseOfFeed } from '../../../twin/protocol/feedMessages.ts'
import { isServerless } from '../../source/serverless.ts'
import { useStore } from '../../state/store.ts'
import { get } from '../api.ts'
import { useShell } from '../shellContext.ts'
import { usePolled, type Polled } from '../usePolled.ts'

/** The worst first: what a person is to look at. */
const worst: readonly FeedState[] = ['down', 'malformed', 'stale', 'late', 'waiting', 'live']

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
  readonly use: UseOfFeed
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
  const rank = ({ state }: FeedTold) => worst.indexOf(state)
  return [...feeds].sort((a, b) => rank(a) - rank(b))
}

export function liveCount(feeds: readonly FeedTold[]): number {
  return feeds.filter(({ state }) => state === 'live').length
}
