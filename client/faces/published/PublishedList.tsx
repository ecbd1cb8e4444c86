/** What is laid open, newest first: the way to a publication for who has no link to it. */
import { useCallback } from 'react'
import { currentLanguage, say } from '../../language/language.ts'
import { sayPublished } from '../../language/publishedWords.ts'
import { addressOf } from '../../source/address.ts'
import { getPublications, type PublishedFacts } from '../../source/keptScenarios.ts'
import { usePolled } from '../../shell/usePolled.ts'
import { momentOf } from './momentOf.ts'

const ASK_MS = 30_000

export function PublishedList() {
  const ask = useCallback((signal: AbortSignal) => getPublications(signal), [])
  const { value, error } = usePolled(ask, ASK_MS)
  const language = currentLanguage()
  const other = language === 'es' ? 'en' : 'es'
  return (
    <main className="published">
      <header>
        <h1>{sayPublished('list')}</h1>
        <p className="published-lead">{sayPublished('list.lead')}</p>
        <div className="row published-tools">
          <a href={addressOf(`/?lang=${language}`)}>{sayPublished('list.city')}</a>
          <a className="push" href={`?lang=${other}`} hrefLang={other} lang={other}>
            {other === 'es' ? 'Español' : 'English'}
          </a>
        </div>
      </header>
      {value === undefined && (
        <p role="status">
          {error === undefined ? say('app.loading') : sayPublished('failed', { why: error })}
        </p>
      )}
      {value?.length === 0 && <p>{sayPublished('list.none')}</p>}
      <ul className="plain published-index">
        {value
          ?.toSorted((a, b) => b.publishedMs - a.publishedMs)
          .map((one) => (
            <li key={one.id}>
              <a href={`?id=${one.id}&lang=${language}`}>{one.title}</a>
              <p className="quiet">
                {sayPublished('published', { when: momentOf(one.publishedMs, one.timeZone) })} ·{' '}
                {stateOf(one)}
              </p>
            </li>
          ))}
      </ul>
    </main>
  )
}

/** Whether one may say something of it, and until when. */
function stateOf({ comments: { opensMs, closesMs }, nowMs, timeZone, withdrawn }: PublishedFacts): string {
  if (withdrawn) return sayPublished('list.withdrawn')
  const key = nowMs < opensMs ? 'sayings.soon' : nowMs < closesMs ? 'sayings.open' : 'sayings.closed'
  return sayPublished(key, { opens: momentOf(opensMs, timeZone), closes: momentOf(closesMs, timeZone) })
}
