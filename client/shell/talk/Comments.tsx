/** What people say of a report, the newest last, and a field to say something oneself: kept by the server before it is thanked for. */
import { useCallback, useId, useRef, useState, type FormEvent } from 'react'
import { formatClock, formatDay } from '../../language/format.ts'
import { currentLanguage } from '../../language/language.ts'
import { sayTalk } from '../../language/talkWords.ts'
import { makeClientId } from '../../source/clientId.ts'
import { useStore } from '../../state/store.ts'
import { getComments } from '../api.ts'
import { useShell } from '../shellContext.ts'
import { usePolled } from '../usePolled.ts'
import './talk.css'

const ASK_MS = 10_000
const MOST_LETTERS = 2000

/** `id` is that of the report. */
export function Comments({ id }: { id: string }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone ?? 'UTC')
  const [said, setSaid] = useState(0)
  const ask = useCallback((signal: AbortSignal) => getComments(id, signal), [id])
  const { value: comments, error } = usePolled(ask, ASK_MS, said)
  return (
    <section className="stack talk" aria-label={sayTalk('comments')}>
      <h3>{sayTalk('comments')}</h3>
      {comments === undefined && error !== undefined && <p className="quiet">{sayTalk('failed')}</p>}
      {comments?.length === 0 && <p className="quiet">{sayTalk('none')}</p>}
      <ol className="plain talk-comments">
        {comments?.map((comment) => (
          <li key={comment.id}>
            <time dateTime={new Date(comment.filedMs).toISOString()}>
              {formatDay(comment.filedMs, timeZone)}, {formatClock(comment.filedMs, timeZone)}
            </time>
            <p lang={comment.language}>{comment.text}</p>
          </li>
        ))}
      </ol>
      <Say key={id} id={id} onSaid={() => setSaid(said + 1)} />
    </section>
  )
}

function Say({ id, onSaid }: { id: string; onSaid: () => void }) {
  const { live } = useShell()
  const field = useId()
  const [text, setText] = useState('')
  const [outcome, setOutcome] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  // sent again after a lost line it is the same comment
  const clientId = useRef(makeClientId())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isBusy || text.trim() === '') return
    setBusy(true)
    const comment = {
      clientId: clientId.current,
      subject: { kind: 'request' as const, id },
      text: text.trim(),
      language: currentLanguage(),
    }
    const done = (why: string | undefined) => {
      setBusy(false)
      setOutcome(why === undefined ? sayTalk('kept') : sayTalk('notKept', { why }))
      if (why !== undefined) return
      setText('')
      clientId.current = makeClientId()
      onSaid()
    }
    live.source.comment(comment).then(
      (reply) => done(reply.ok ? undefined : reply.error),
      (error: Error) => done(error.message),
    )
  }
  return (
    <form className="stack" onSubmit={submit}>
      <label htmlFor={field}>{sayTalk('own')}</label>
      <textarea
        id={field}
        rows={2}
        maxLength={MOST_LETTERS}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          // other words are another comment
          if (outcome !== undefined) clientId.current = makeClientId()
          setOutcome(undefined)
        }}
      />
      <small>{sayTalk('who')}</small>
      <p role="status">{outcome}</p>
      <button type="submit" aria-disabled={isBusy || text.trim() === ''}>
        {sayTalk('send')}
      </button>
    </form>
  )
}
