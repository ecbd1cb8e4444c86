/** The device's outbox as React sees it: writes a report down first, then sends what waits, and again whenever the line is back. */
import { useCallback, useEffect, useState } from 'react'
import type { FileRequest } from '../../../twin/protocol/messages.ts'
import { NO_ANSWER } from '../../source/frameSource.ts'
import type { Live } from '../../state/live.ts'
import { useStore } from '../../state/store.ts'
import { keepReport, readOutbox, sendWaiting, type OutboxEntry } from '../../shell/outbox.ts'

export interface Outbox {
  readonly entries: readonly OutboxEntry[]
  /** Keeps and sends; throws when this browser keeps nothing. */
  file(report: FileRequest): Promise<void>
}

const RETRY_MS = 15_000

export function useOutbox(live: Live): Outbox {
  const [entries, setEntries] = useState<readonly OutboxEntry[]>(() => readOutbox(localStorage))
  const isOpen = useStore(live.store, ({ connection }) => connection.state === 'live')
  useEffect(() => {
    if (!isOpen) return
    const retry = () => void send(live).then(() => setEntries(readOutbox(localStorage)))
    retry()
    const timer = setInterval(retry, RETRY_MS)
    return () => clearInterval(timer)
  }, [isOpen, live])
  const file = useCallback(
    async (report: FileRequest) => {
      keepReport(localStorage, report, Date.now())
      setEntries(readOutbox(localStorage))
      await send(live)
      setEntries(readOutbox(localStorage))
    },
    [live],
  )
  return { entries, file }
}

function send(live: Live): Promise<void> {
  return sendWaiting(localStorage, (report) => live.source.fileRequest(report).then(throwIfUnheard))
}

/** A reply that never came is not a refusal: the report goes on waiting. */
function throwIfUnheard<R extends { ok: boolean; error?: string }>(reply: R): R {
  if (!reply.ok && reply.error === NO_ANSWER) throw new Error(reply.error)
  return reply
}
