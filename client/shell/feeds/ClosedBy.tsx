/** Below a street that a feed closes: which feed, what it says of it, and until when. */
import { sayFeed } from '../../language/feedWords.ts'
import { formatClock, formatDay } from '../../language/format.ts'
import { useStore } from '../../state/store.ts'
import { useShell } from '../shellContext.ts'
import { closuresOf } from './closuresOf.ts'
import { useFeeds } from './feedStandings.ts'

const FEEDS_MS = 5000

export function ClosedBy({ link }: { link: number }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone)
  const { value: feeds = [] } = useFeeds(FEEDS_MS)
  const closures = closuresOf(feeds, link)
  if (closures.length === 0) return null
  const timeOf = (timeMs: number) =>
    timeZone ? `${formatDay(timeMs, timeZone)}, ${formatClock(timeMs, timeZone)}` : ''
  return (
    <ul className="plain stack" aria-label={sayFeed('closedBy.title')}>
      {closures.map(({ id, feed, words, language, untilMs }) => (
        <li key={`${feed} ${id}`}>
          <b>{sayFeed('closedBy', { feed })}</b> <span lang={language}>{words}</span>{' '}
          <span className="quiet">
            {untilMs === null
              ? sayFeed('closedBy.open')
              : sayFeed('closedBy.until', { time: timeOf(untilMs) })}
          </span>
        </li>
      ))}
    </ul>
  )
}
