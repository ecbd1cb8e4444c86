/** Two sentences of what matters now; the place of each is one press away. */
import type { ReactNode } from 'react'
import { say } from '../../language/language.ts'
import type { Now } from '../../shell/api.ts'
import { sentencesOf } from '../../shell/sentences.ts'

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
    <div className="words">
      <div role="status" aria-label={say('now.title')}>
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
      </div>
      {origin !== undefined && <small>{origin}</small>}
    </div>
  )
}
