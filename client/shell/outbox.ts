/** Reports that a person has written and the city may not have yet: kept on the device until the server says it has them. */
import type { FileRequest, Reply } from '../../twin/protocol/messages.ts'

export interface OutboxEntry extends FileRequest {
  /** The city it is for; a server of another city is not bothered with it. */
  readonly cityId?: string
  readonly writtenMs: number
  readonly state: 'waiting' | 'filed' | 'refused'
  /** Row of the request, once filed. */
  readonly request?: number
  readonly error?: string
}

/** Where a device keeps things: `localStorage`. */
export type Keep = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export type SendReport = (report: FileRequest) => Promise<Reply<{ request: number }>>

// Each report under a key of its own, so that two tabs never write over each other's.
const PREFIX = 'citytwin.outbox.'
// All in one list, as it once was.
const OLD_KEY = 'citytwin.outbox'
// Older ones that are answered are forgotten; a page needs no archive. What waits is never forgotten.
const MAX_ENTRIES = 20

/** Undefined where the browser lets no page keep anything. */
export function deviceKeep(): Keep | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}

/** A random UUID. `crypto.randomUUID` is not there on a page that came over plain HTTP, as from `--lan`. */
export function makeClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Newest first; empty when nothing, or nonsense, is kept. */
export function readOutbox(keep: Keep | undefined): OutboxEntry[] {
  if (keep === undefined) return []
  moveOld(keep)
  const keys = Array.from({ length: keep.length }, (_, i) => keep.key(i))
  return keys
    .map((key) => (key?.startsWith(PREFIX) ? parse(keep.getItem(key)) : undefined))
    .filter(isEntry)
    .sort((a, b) => b.writtenMs - a.writtenMs)
}

/** Keeps a new report, to be sent; throws a sentence when this browser keeps nothing. */
export function keepReport(
  keep: Keep | undefined,
  report: FileRequest,
  writtenMs: number,
  cityId: string | undefined,
): void {
  write(keep, { ...report, cityId, writtenMs, state: 'waiting' })
  for (const entry of readOutbox(keep).slice(MAX_ENTRIES))
    if (entry.state !== 'waiting') keep?.removeItem(PREFIX + entry.clientId)
}

/** What waits for this city, oldest first. */
export function waitingIn(keep: Keep | undefined, cityId: string): OutboxEntry[] {
  return readOutbox(keep)
    .filter((entry) => entry.state === 'waiting' && (entry.cityId ?? cityId) === cityId)
    .reverse()
}

/**
 * Sends what waits, oldest first, until one is not answered or refused only for now: it and those after it go on waiting. One
 * that is refused for good is marked so. Sending one twice files it once, as its clientId stays the same. Says how many were settled.
 */
export async function sendWaiting(keep: Keep | undefined, send: SendReport, cityId: string): Promise<number> {
  let settled = 0
  for (const entry of waitingIn(keep, cityId)) {
    const { clientId, serviceCode, lng, lat, description } = entry
    let reply: Reply<{ request: number }>
    try {
      reply = await send({ clientId, serviceCode, lng, lat, description })
    } catch {
      return settled
    }
    if (!reply.ok && reply.isTemporary) return settled
    write(
      keep,
      reply.ok
        ? { ...entry, state: 'filed', request: reply.request }
        : { ...entry, state: 'refused', error: reply.error },
    )
    settled++
  }
  return settled
}

function write(keep: Keep | undefined, entry: OutboxEntry): void {
  try {
    if (keep === undefined) throw new Error('no storage')
    keep.setItem(PREFIX + entry.clientId, JSON.stringify(entry))
  } catch (error) {
    throw new Error('outbox: this browser keeps nothing (private mode, or storage is full)', { cause: error })
  }
}

/** The list of before goes only when each of it has a key of its own. */
function moveOld(keep: Keep): void {
  const old = parse(keep.getItem(OLD_KEY))
  if (!Array.isArray(old)) return
  try {
    for (const entry of old.filter(isEntry))
      if (keep.getItem(PREFIX + entry.clientId) === null) write(keep, entry)
    keep.removeItem(OLD_KEY)
  } catch {
    // no room now; the list is still there next time
  }
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
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
