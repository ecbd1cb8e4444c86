/** How a feed stands, by shape: no colour of an alarm, since a feed that is late is none. */
import type { FeedState } from '../../../twin/protocol/feedMessages.ts'

/** Live is a full disc, waiting a ring, late a full triangle, stale a hollow one, unreadable a torn square, down a cross. */
export function FeedMark({ state }: { state: FeedState }) {
  const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 2 }
  return (
    <svg viewBox="0 0 16 16" width="1em" height="1em" aria-hidden="true">
      {state === 'live' && <circle cx="8" cy="8" r="6" fill="currentColor" />}
      {state === 'waiting' && <circle cx="8" cy="8" r="5.5" {...line} />}
      {state === 'late' && <path d="M8 0.5 16 15.5H0z" fill="currentColor" />}
      {state === 'stale' && <path d="M8 2.5 14.5 14.5H1.5z" {...line} />}
      {state === 'malformed' && (
        <path d="M2 2h12v5l-4 2-3-2-5 2zM2 12l5-2 3 2 4-2v4H2z" fill="currentColor" />
      )}
      {state === 'down' && <path d="M3 3l10 10M13 3L3 13" stroke="currentColor" strokeWidth="3.5" />}
    </svg>
  )
}
