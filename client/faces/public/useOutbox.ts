/** The device's outbox as React sees it: writes a report down first; a courier then sends it, and again whenever the line is back. */
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { FileRequest } from '../../../twin/protocol/messages.ts'
import { Courier } from '../../shell/courier.ts'
import { deviceKeep, keepReport, readOutbox, type OutboxEntry } from '../../shell/outbox.ts'
import { NO_ANSWER } from '../../source/frameSource.ts'
import type { Live } from '../../state/live.ts'
import { useStore } from '../../state/store.ts'

export interface Outbox {
  readonly entries: readonly OutboxEntry[]
  /** Keeps and sends; throws when this browser keeps nothing. */
  file(report: FileRequest): void
}

export function useOutbox(live: Live): Outbox {
  const keep = useMemo(() => deviceKeep(), [])
  const [entries, setEntries] = useState<readonly OutboxEntry[]>([])
  const isOpen = useStore(live.store, ({ connection }) => connection.state === 'live')
  const isAwaited = useStore(live.store, ({ connection }) => connection.state === 'connecting')
  const cityId = useStore(live.store, ({ city }) => city?.info.id)
  const courier = useMemo(
    () =>
      new Courier(
        keep,
        (report) => live.source.fileRequest(report).then(throwIfUnheard),
        () => setEntries(readOutbox(keep)),
      ),
    [keep, live],
  )
  useEffect(() => {
    if (!isOpen || cityId === undefined) return
    courier.open(cityId)
    return () => courier.close()
  }, [courier, isOpen, cityId])
  useEffect(() => {
    const read = () => setEntries(readOutbox(keep))
    // what the device keeps may be long in coming: it comes after the map, when it is known whether there is a line
    if (!isAwaited) read()
    // another tab of this device has written
    addEventListener('storage', read)
    return () => removeEventListener('storage', read)
  }, [keep, isAwaited])
  const file = useCallback(
    (report: FileRequest) => {
      keepReport(keep, report, Date.now(), cityId)
      setEntries(readOutbox(keep))
      void courier.send()
    },
    [courier, keep, cityId],
  )
  return { entries, file }
}

/** A reply that never came is not a refusal: the report goes on waiting. */
function throwIfUnheard<R extends { ok: boolean; error?: string }>(reply: R): R {
  if (!reply.ok && reply.error === NO_ANSWER) throw new Error(reply.error)
  return reply
}
