/** What is published of a scenario, with its address; each can be withdrawn with a reason, and then says so for good. */
import { useEffect, useState } from 'react'
import { sayDocument } from '../../../../language/documentWords.ts'
import { formatClock, formatDay } from '../../../../language/format.ts'
import { useShell } from '../../../../shell/shellContext.ts'
import { addressOf } from '../../../../source/address.ts'
import { makeClientId } from '../../../../source/clientId.ts'
import {
  getPublications,
  getTree,
  putWithdrawal,
  type PublishedFacts,
} from '../../../../source/keptScenarios.ts'
import { useStore } from '../../../../state/store.ts'

export function PublishedList({ tree, news }: { tree: string; news: number }) {
  const [published, setPublished] = useState<readonly PublishedFacts[]>([])
  const [error, setError] = useState<string>()
  const [withdrawn, setWithdrawn] = useState(0)
  useEffect(() => {
    Promise.all([getPublications(), getTree(tree)]).then(
      ([all, versions]) => {
        const ids = new Set(versions.map(({ id }) => id))
        setPublished(all.filter(({ version }) => ids.has(version)))
      },
      (reason: Error) => setError(reason.message),
    )
  }, [tree, news, withdrawn])
  if (error !== undefined) return <p role="alert">{error}</p>
  if (published.length === 0) return null
  return (
    <ul className="plain entries published-list" aria-label={sayDocument('publish.list')}>
      {published.map((one) => (
        <PublishedRow key={one.id} one={one} onWithdrawn={() => setWithdrawn((before) => before + 1)} />
      ))}
    </ul>
  )
}

function PublishedRow({ one, onWithdrawn }: { one: PublishedFacts; onWithdrawn: () => void }) {
  const { live } = useShell()
  const timeZone = useStore(live.store, ({ info }) => info?.timeZone ?? 'UTC')
  const [reason, setReason] = useState<string>()
  const [error, setError] = useState<string>()
  const when = (ms: number) => `${formatDay(ms, timeZone)}, ${formatClock(ms, timeZone)}`
  return (
    <li>
      <div className="row">
        <a href={addressOf(`/published?id=${one.id}`)} target="_blank" rel="noreferrer">
          {one.title}
        </a>
        <small>
          {one.withdrawn
            ? sayDocument('publish.withdrawn', { when: when(one.withdrawn.withdrawnMs) })
            : when(one.publishedMs)}
        </small>
        {!one.withdrawn && reason === undefined && (
          <button type="button" className="push" onClick={() => setReason('')}>
            {sayDocument('publish.withdraw')}
          </button>
        )}
      </div>
      {reason !== undefined && !one.withdrawn && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault()
            putWithdrawal(one.id, { id: makeClientId(), reason: reason.trim() }).then(
              onWithdrawn,
              (fault: Error) => setError(fault.message),
            )
          }}
        >
          <input
            type="text"
            required
            maxLength={500}
            aria-label={sayDocument('publish.reason')}
            placeholder={sayDocument('publish.reason')}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
          <button type="submit" disabled={reason.trim() === ''}>
            {sayDocument('publish.withdraw')}
          </button>
          <button type="button" onClick={() => setReason(undefined)}>
            {sayDocument('publish.keep')}
          </button>
        </form>
      )}
      {error !== undefined && <p role="alert">{error}</p>}
    </li>
  )
}
