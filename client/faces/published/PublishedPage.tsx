/** A scenario laid open: a page to be read, printed and answered, which needs no city behind it and stays as it was. */
import { useEffect, useState } from 'react'
import { currentLanguage, say } from '../../language/language.ts'
import { sayPublished } from '../../language/publishedWords.ts'
import { addressOf } from '../../source/address.ts'
import { getPublished, type Published } from '../../source/keptScenarios.ts'
import type { View } from '../../state/view.ts'
import { themes } from '../../theme/theme.ts'
import { applyTheme, needsOf, themeOf } from '../preferences.ts'
import { Card } from './Card.tsx'
import { Edits } from './Edits.tsx'
import { Facts } from './Facts.tsx'
import { Measures } from './Measures.tsx'
import { momentOf } from './momentOf.ts'
import './published.css'
import { PublishedList } from './PublishedList.tsx'
import { Sayings } from './Sayings.tsx'
import { Tools } from './Tools.tsx'

/** One of them, or without an id all. */
export function PublishedPage({ view }: { view: View }) {
  const id = new URLSearchParams(location.search).get('id') ?? ''
  const [published, setPublished] = useState<Published>()
  const [error, setError] = useState<string>()
  useEffect(() => {
    const { documentElement: root } = document
    root.lang = currentLanguage()
    root.dataset['face'] = 'published'
    applyTheme(
      themes[
        themeOf(
          view,
          false,
          needsOf((query) => matchMedia(query)),
        )
      ],
      root,
    )
    if (id !== '') getPublished(id).then(setPublished, (reason: Error) => setError(reason.message))
  }, [view, id])
  useEffect(() => {
    document.title = `${published?.scenario.title ?? sayPublished('list')} · ${say('app.name')}`
  }, [published])
  if (id === '') return <PublishedList />
  if (error !== undefined) return <p className="published-wait">{sayPublished('failed', { why: error })}</p>
  if (published === undefined) return <p className="published-wait">{say('app.loading')}</p>
  return published.withdrawn ? <Withdrawn published={published} /> : <Open published={published} />
}

/** Never silently gone: its name, and why it was withdrawn. */
function Withdrawn({ published: { scenario, withdrawn, publishedMs } }: { published: Published }) {
  return (
    <main className="published">
      <header>
        <p className="published-kind">{sayPublished('kind')}</p>
        <h1>{scenario.title}</h1>
        {scenario.question !== undefined && <p className="published-lead">{scenario.question}</p>}
      </header>
      <section className="published-withdrawn" role="note">
        <h2>{sayPublished('withdrawn.title')}</h2>
        <p>
          {sayPublished('withdrawn.when', {
            published: momentOf(publishedMs, 'UTC'),
            withdrawn: momentOf(withdrawn?.withdrawnMs ?? 0, 'UTC'),
          })}
        </p>
        <p>{sayPublished('withdrawn.why', { reason: withdrawn?.reason ?? '' })}</p>
      </section>
    </main>
  )
}

function Open({ published }: { published: Published }) {
  const { id, body, scenario, publishedMs, hasPicture } = published
  if (body === undefined || scenario.base === undefined) return null
  const { city, assumptions, contact } = body
  const picture = hasPicture === true ? addressOf(`/api/published/${id}/picture`) : undefined
  return (
    <main className="published">
      <header>
        <p className="published-kind">
          {city.name} · {sayPublished('kind')}
        </p>
        <h1>{scenario.title}</h1>
        {scenario.question !== undefined && <p className="published-lead">{scenario.question}</p>}
        <p className="quiet">
          {scenario.author !== undefined && `${scenario.author} · `}
          {sayPublished('published', { when: momentOf(publishedMs, city.timeZone) })} ·{' '}
          {say('status.simulated')}
        </p>
        <Tools published={published} picture={picture} />
      </header>
      <Edits published={published} picture={picture} />
      <Measures published={published} />
      {assumptions !== '' && (
        <section>
          <h2>{sayPublished('assumptions')}</h2>
          <p className="published-words">{assumptions}</p>
        </section>
      )}
      {scenario.notes !== undefined && scenario.notes !== assumptions && (
        <section>
          <h2>{sayPublished('notes')}</h2>
          <p className="published-words">{scenario.notes}</p>
        </section>
      )}
      <Facts published={published} />
      <Card text={body.card[currentLanguage()]} />
      <section>
        <h2>{sayPublished('contact')}</h2>
        <p>{contact}</p>
      </section>
      <Sayings published={published} />
    </main>
  )
}
