/** What this device has reported, and what became of it. */
import { useCallback, useState } from 'react'
import { say } from '../../language/language.ts'
import { getRequest } from '../../shell/api.ts'
import { serviceName } from '../../shell/events.ts'
import type { OutboxEntry } from '../../shell/outbox.ts'
import { useShell } from '../../shell/shellContext.ts'
import { usePolled } from '../../shell/usePolled.ts'
import { useStore } from '../../state/store.ts'

const SHOWN = 3
const STATUS_MS = 10_000

export function MyReports({ entries }: { entries: readonly OutboxEntry[] }) {
  // what became of earlier ones is asked for when they are looked at
  const [areAll, setAll] = useState(false)
  if (entries.length === 0) return null
  return (
    <section aria-label={say('mine.title')}>
      <h3>{say('mine.title')}</h3>
      <ul className="plain entries">
        {entries.slice(0, SHOWN).map((entry) => (
          <MyReport key={entry.clientId} entry={entry} />
        ))}
      </ul>
      {entries.length > SHOWN && (
        <details onToggle={({ currentTarget }) => setAll(currentTarget.open)}>
          <summary>{say('mine.earlier', { n: entries.length - SHOWN })}</summary>
          <ul className="plain entries">
            {areAll && entries.slice(SHOWN).map((entry) => <MyReport key={entry.clientId} entry={entry} />)}
          </ul>
        </details>
      )}
    </section>
  )
}

function MyReport({ entry }: { entry: OutboxEntry }) {
  const { live } = useShell()
  const city = useStore(live.store, (state) => state.city)
  const service = city?.services?.services.findIndex(({ serviceCode }) => serviceCode === entry.serviceCode)
  const [status, answer] = useStatus(entry)
  return (
    <li>
      <button
        type="button"
        onClick={() => {
          live.camera.go({ at: [entry.lng, entry.lat], zoom: 16 })
          if (entry.request !== undefined) {
            live.store.setView({
              selection: { layer: 'reports', table: 'reports.requests', row: entry.request },
            })
          }
        }}
      >
        <span>{serviceName(city, service)}</span>
        <small>{status}</small>
      </button>
      {answer && <p>{say('mine.answer', { answer })}</p>}
    </li>
  )
}

/** The request's status in words, and what a desk has answered. */
function useStatus({ clientId, state, request, error }: OutboxEntry): [status: string, answer?: string] {
  const ask = useCallback((signal: AbortSignal) => getRequest(clientId, signal), [clientId])
  const { value } = usePolled(state === 'filed' ? ask : undefined, STATUS_MS)
  if (state === 'waiting') return [say('mine.waiting')]
  if (state === 'refused') return [say('mine.refused', { why: error ?? '' })]
  const { status = 'none', desk } = value ?? {}
  // the twin makes its own course of a report until a desk has one
  const stands = desk && desk.state !== 'open' ? desk.state : status
  return [
    stands === 'none' ? say('mine.filed', { number: request ?? '' }) : say(`status.request.${stands}`),
    desk?.answer,
  ]
}
