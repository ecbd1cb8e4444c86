/** What people say of a publication, and a field to say something oneself while its window is open. */
import { useCallback, useRef, useState, type FormEvent } from 'react'
import { currentLanguage } from '../../language/language.ts'
import { sayPublished } from '../../language/publishedWords.ts'
import { makeClientId } from '../../source/clientId.ts'
import { getSayings, putSaying, type Published } from '../../source/keptScenarios.ts'
import { usePolled } from '../../shell/usePolled.ts'
import { momentOf } from './momentOf.ts'

const ASK_MS = 30_000
const MOST_LETTERS = 2000

export function Sayings({ published: { id, body, nowMs = 0 } }: { published: Published }) {
  const ask = useCallback((signal: AbortSignal) => getSayings(id, signal), [id])
  const [said, setSaid] = useState(0)
  const { value } = usePolled(ask, ASK_MS, said)
  if (body === undefined) return null
  const { opensMs, closesMs } = body.comments
  const { timeZone } = body.city
  const isOpen = opensMs <= nowMs && nowMs < closesMs
  return (
    <section className="published-sayings">
      <h2>{sayPublished('sayings')}</h2>
      <p>
        {sayPublished(isOpen ? 'sayings.open' : nowMs < opensMs ? 'sayings.soon' : 'sayings.closed', {
          opens: momentOf(opensMs, timeZone),
          closes: momentOf(closesMs, timeZone),
        })}
      </p>
      {value?.length === 0 && <p className="quiet">{sayPublished('sayings.none')}</p>}
      <ol className="plain">
        {value?.map(({ id: saying, text, language, filedMs }) => (
          <li key={saying}>
            <time dateTime={new Date(filedMs).toISOString()}>{momentOf(filedMs, timeZone)}</time>
            <p lang={language} className="published-words">
              {text}
            </p>
          </li>
        ))}
      </ol>
      {isOpen && <Say id={id} onSaid={() => setSaid(said + 1)} />}
    </section>
  )
}

function Say({ id, onSaid }: { id: string; onSaid: () => void }) {
  const [text, setText] = useState('')
  const [outcome, setOutcome] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  // sent again after a lost line it is the same comment
  const saying = useRef({ id: makeClientId(), text: '' })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (isBusy || words === '') return
    if (saying.current.text !== words) saying.current = { id: makeClientId(), text: words }
    setBusy(true)
    putSaying(id, saying.current.id, { text: words, language: currentLanguage() })
      .then(
        () => {
          setOutcome(sayPublished('sayings.kept'))
          setText('')
          onSaid()
        },
        (error: Error) => setOutcome(sayPublished('sayings.notKept', { why: error.message })),
      )
      .finally(() => setBusy(false))
  }
  return (
    <form className="stack" onSubmit={submit}>
      <label>
        {sayPublished('sayings.own')}
        <textarea
          rows={3}
          maxLength={MOST_LETTERS}
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setOutcome(undefined)
          }}
        />
      </label>
      <small>{sayPublished('sayings.who')}</small>
      <p role="status">{outcome}</p>
      <button type="submit" aria-disabled={isBusy || text.trim() === ''}>
        {sayPublished('sayings.send')}
      </button>
    </form>
  )
}
