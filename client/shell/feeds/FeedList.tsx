/** Every feed from outside: how it stands in one line, and, opened, why, how good it is and whose. */
import type { ReactNode } from 'react'
import { feedTime, sayFeed, shownWord, type FeedKey } from '../../language/feedWords.ts'
import { formatNumber, formatPercent } from '../../language/format.ts'
import { currentLanguage } from '../../language/language.ts'
import { FeedMark } from './FeedMark.tsx'
import { wordsOfUse } from './wordsOfUse.ts'
import { worstFirst, type FeedTold } from './feedStandings.ts'
import './feeds.css'

const qualities = ['freshness', 'completeness', 'validity', 'uptime'] as const

export function FeedList({ feeds }: { feeds: readonly FeedTold[] }) {
  return (
    <ul className="plain feed-list">
      {worstFirst(feeds).map((feed) => (
        <li key={feed.id}>
          <details>
            <summary>
              <FeedMark state={feed.state} />
              <span className="feed-title">{feed.title}</span>
              <span className="quiet">
                {sayFeed(`state.${feed.state}`)}
                {feed.ageS !== null && ` · ${feedTime(feed.ageS)}`}
              </span>
            </summary>
            <FeedFacts feed={feed} />
          </details>
        </li>
      ))}
    </ul>
  )
}

function FeedFacts({ feed }: { feed: FeedTold }) {
  const { state, why, owner, licence, promise, shown } = feed
  const promised = feedTime(promise.freshnessS)
  const says = shown.map(({ what, count }) => `${formatNumber(count)} ${shownWord(what)}`).join(' · ')
  const uses = wordsOfUse(feed.use)
  return (
    <dl className="feed-facts">
      <Fact name="fact.standing">
        {sayFeed(`why.${state}`)}
        {/* what failed is said by whatever failed, in its own words */}
        {(state === 'down' || state === 'malformed') && (
          <small lang={currentLanguage() === 'en' ? undefined : 'en'}> {why}</small>
        )}
      </Fact>
      <Fact name="fact.age">
        {feed.ageS === null
          ? sayFeed('age.none', { promised })
          : sayFeed('age', { age: feedTime(feed.ageS), promised })}
        , {sayFeed('looked', { time: feedTime(promise.cadenceS) })}
      </Fact>
      <Fact name="fact.quality">
        <ul className="plain">
          {qualities.map((name) => (
            <li key={name}>{sayFeed(name, { share: formatShare(feed.quality[name]) })}</li>
          ))}
        </ul>
      </Fact>
      <Fact name="fact.says">{says === '' ? sayFeed('says.none') : says}</Fact>
      {uses.length > 0 && (
        <Fact name="fact.use">
          <ul className="plain">
            {uses.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Fact>
      )}
      <Fact name="fact.owner">
        {owner.name} ({sayFeed(`role.${owner.role}`)}). {sayFeed('contact')}: {owner.contact}
      </Fact>
      <Fact name="fact.licence">{licence}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: FeedKey; children: ReactNode }) {
  return (
    <>
      <dt>{sayFeed(name)}</dt>
      <dd>{children}</dd>
    </>
  )
}

function formatShare(share: number | null): string {
  return share === null ? '–' : formatPercent(share, share > 0.99 && share < 1 ? 1 : 0)
}
