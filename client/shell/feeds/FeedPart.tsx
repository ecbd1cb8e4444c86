/** What comes from outside, in a part of its own below the layers or the news: folded where room is short. */
import { sayFeed } from '../../language/feedWords.ts'
import { liveCount, useFeeds } from './feedStandings.ts'
import { FeedList } from './FeedList.tsx'

export interface FeedPartProps {
  readonly everyMs: number
  /** Who runs the city is told also that nothing is taken, and how it could be; others have nothing to do with that. */
  readonly isDesk?: boolean
}

export function FeedPart({ everyMs, isDesk = false }: FeedPartProps) {
  const { value: feeds, error } = useFeeds(everyMs)
  if (feeds === undefined || (feeds.length === 0 && !isDesk)) return null
  return (
    <details className="feed-part" open={isDesk}>
      <summary>
        <h2>{sayFeed('title')}</h2>
        {feeds.length > 0 && (
          <span className="quiet" role="status">
            {sayFeed('some', { live: liveCount(feeds), n: feeds.length })}
          </span>
        )}
      </summary>
      {error !== undefined && <p role="alert">{sayFeed('away', { why: error })}</p>}
      {feeds.length === 0 && (
        <p className="quiet">
          {sayFeed('none')} <a href="./docs/feeds.md">{sayFeed('none.how')}</a>
        </p>
      )}
      {feeds.length > 0 && error === undefined && <FeedList feeds={feeds} />}
    </details>
  )
}
