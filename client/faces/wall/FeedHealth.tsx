/** Where each domain's values come from and how old they are, and how the feeds from outside stand, the worst first. */
import { domainIds } from '../../../twin/domains.ts'
import { feedTime, sayFeed } from '../../language/feedWords.ts'
import { say } from '../../language/language.ts'
import { FeedMark } from '../../shell/feeds/FeedMark.tsx'
import { useFeeds, worstFirst } from '../../shell/feeds/feedStandings.ts'
import { LineMark } from '../../shell/Mark.tsx'
import { useShell } from '../../shell/shellContext.ts'
import { useStore } from '../../state/store.ts'
import { ageWords } from './age.ts'

/** What is shown of a feed on a wall is no later than this. */
const FEEDS_MS = 1000
/** So many lines are read across a room beside those of the domains. */
const MOST_SHOWN = 4

export function FeedHealth() {
  const { live } = useShell()
  const state = useStore(live.store, ({ connection }) => connection.state)
  const age = useStore(live.store, ageWords) ?? say('feeds.never')
  return (
    <ul className="plain feeds">
      {domainIds.map((id) => (
        <li key={id}>
          <LineMark state={state} />
          <span>{say(`layer.${id}`)}</span>
          <span className="quiet">{say('status.simulated')}</span>
          <span className="quiet push">{age}</span>
        </li>
      ))}
      <FromOutside />
    </ul>
  )
}

/** While the server does not answer, how they stand is not known and not said: the wall says that it is not live. */
function FromOutside() {
  const { value: feeds = [], error } = useFeeds(FEEDS_MS)
  if (error !== undefined) return null
  const listed = worstFirst(feeds)
  const shown = listed.length > MOST_SHOWN ? listed.slice(0, MOST_SHOWN - 1) : listed
  const rest = listed.slice(shown.length)
  return (
    <>
      {shown.map(({ id, title, state, ageS }) => (
        <li key={id} className="feed-row">
          <FeedMark state={state} />
          <span className="feed-name">{title}</span>
          <span className="quiet">{sayFeed(`state.${state}`)}</span>
          <span className="quiet push">
            {ageS === null ? say('feeds.never') : say('status.age', { age: feedTime(ageS) })}
          </span>
        </li>
      ))}
      {rest.length > 0 && (
        <li>
          <FeedMark state={rest[0].state} />
          <span className="quiet">
            {rest[0].state === 'live'
              ? sayFeed('more', { n: rest.length })
              : sayFeed('more.bad', { n: rest.length, worst: sayFeed(`state.${rest[0].state}`) })}
          </span>
        </li>
      )}
    </>
  )
}
