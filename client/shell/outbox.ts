/** Reports that a person has written and the city may not have yet: kept on the device until the server says it has them. */
import type { FileRequest, Reply } from '../../twin/protocol/messages.ts'

export interface OutboxEntry extends FileRequest {
  readonly writtenMs: number
  readonly state: 'waiting' | 'filed' | 'refused'
  /** Row of the request, once filed. */
  readonly request?: number
  readonly error?: string
}

type Keep = Pick<Storage, 'getItem' | 'setItem'>

const KEY = 'citytwin.outbox'
// Older ones are forgotten; a page needs no archive.
const MAX_ENTRIES = 20

/** Newest first; empty when nothing, or nonsense, is kept. */
export function readOutbox(keep: Keep): OutboxEntry[] {
  try {
    const kept: unknown = JSON.parse(keep.getItem(KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isEntry) : []
  } catch {
    return []
  }
}

/** Keeps a new report, to be sent. */
export function keepReport(keep: Keep, report: FileRequest, writtenMs: number): void {
  const others = readOutbox(keep).filter((entry) => entry.clientId !== report.clientId)
  const entry: OutboxEntry = { ...report, writtenMs, state: 'waiting' }
  write(keep, [entry, ...others].slice(0, MAX_ENTRIES))
}

/**
 * Sends what waits, oldest first. A report that did not reach the server goes on waiting; one that it refused is marked so.
 * Sending one twice files it once, as its clientId stays the same.
 */
export async function sendWaiting(
  keep: Keep,
  send: (report: FileRequest) => Promise<Reply<{ request: number }>>,
): Promise<void> {
  const waiting = readOutbox(keep)
    .filter((entry) => entry.state === 'waiting')
    .reverse()
  for (const { clientId, serviceCode, lng, lat, description } of waiting) {
    let reply: Reply<{ request: number }>
    try {
      reply = await send({ clientId, serviceCode, lng, lat, description })
    } catch {
      return
    }
    const change: Partial<OutboxEntry> = reply.ok
      ? { state: 'filed', request: reply.request }
      : { state: 'refused', error: reply.error }
    write(
      keep,
      readOutbox(keep).map((entry) => (entry.clientId === clientId ? { ...entry, ...change } : entry)),
    )
  }
}

function write(keep: Keep, entries: OutboxEntry[]): void {
  try {
    keep.setItem(KEY, JSON.stringify(entries))
  } catch (error) {
    throw new Error('outbox: this browser keeps nothing (private mode, or storage is full)', { cause: error })
  }
}

function isEntry(entry: unknown): entry is OutboxEntry {
  if (typeof entry !== 'object' || entry === null) return false
  const { clientId, serviceCode, lng, lat, description, writtenMs, state } = entry as Partial<OutboxEntry>
  return (
    typeof clientId === 'string' &&
    typeof serviceCode === 'string' &&
    typeof description === 'string' &&
    Number.isFinite(lng) &&
    Number.isFinite(lat) &&
    Number.isFinite(writtenMs) &&
    (state === 'waiting' || state === 'filed' || state === 'refused')
  )
}
