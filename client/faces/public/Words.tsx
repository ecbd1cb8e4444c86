/** Two sentences of what matters now; the place of each is one press away. */
import { useState, type ReactNode } from 'react'
import { currentLanguage, say } from '../../language/language.ts'
import type { Now } from '../../shell/api.ts'
import { gistOf, sentencesOf, type Sentence } from '../../shell/sentences.ts'

export interface WordsProps {
  readonly now: Now | undefined
  readonly hasFailed: boolean
  readonly onGo?: (at: readonly [number, number]) => void
  /** Where it comes from, once the code for that is here. */
  readonly origin?: ReactNode
}

export function Words({ now, hasFailed, onGo, origin }: WordsProps) {
  if (!now) return <p className="words quiet">{say(hasFailed ? 'now.failed' : 'now.waiting')}</p>
  const said = sentencesOf(now)
  return (
    <section className="words" aria-labelledby="now-title">
      <h2 id="now-title" className="unseen">
        {say('now.title')}
      </h2>
      {said.map(({ text, domain, at, severity }) => (
        <p key={domain} data-grave={severity >= 1.5}>
          {at && onGo ? (
            <button type="button" className="link" onClick={() => onGo(at)}>
              {text}
            </button>
          ) : (
            text
          )}
        </p>
      ))}
      {hasFailed && <small>{say('now.stale')}</small>}
      <News said={said} hasFailed={hasFailed} />
      {origin !== undefined && <small>{origin}</small>}
    </section>
  )
}

/** Spoken when what matters becomes another thing: each new number every few seconds would drown the rest of the page. */
function News({ said, hasFailed }: { said: readonly Sentence[]; hasFailed: boolean }) {
  const gist = `${currentLanguage()} ${gistOf(said)}`
  const [told, tell] = useState({ gist, text: '' })
  if (told.gist !== gist) tell({ gist, text: said.map(({ text }) => text).join(' ') })
  return (
    <p className="unseen" role="status">
      {hasFailed ? say('now.stale') : told.text}
    </p>
  )
}
