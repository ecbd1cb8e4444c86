/**
 * How packets of Socket.IO are written on the line, in the shape it asks of a parser. A frame is one binary message, its
 * envelope and nothing else, so that a host writes the same bytes to every viewer; all other packets are text:
 *
 *   packet type (one digit) | acknowledgement's number, when there is one | JSON of the data, when there are any
 *
 * Only the root namespace is known. What does not parse throws, and the host closes the line.
 */

/** Packet types of the Socket.IO protocol, revision 5. */
const CONNECT = 0
const DISCONNECT = 1
const EVENT = 2
const ACK = 3
const CONNECT_ERROR = 4

/** The one event that travels as bytes. */
export const FRAME_EVENT = 'frame'
/** Names Socket.IO keeps for itself. */
const RESERVED: readonly string[] = [
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
]
// Digits of a number that is still exact.
const MOST_ID_DIGITS = 15

export interface Packet {
  readonly type: number
  readonly nsp: string
  readonly data?: unknown
  readonly id?: number
}

type Listener = (packet: Packet) => void

class Encoder {
  encode(packet: Packet): (string | Uint8Array)[] {
    const { type, data, id } = packet
    // only this side's own code emits a frame, and always with bytes
    if (type === EVENT && (data as unknown[])[0] === FRAME_EVENT) return [(data as [string, Uint8Array])[1]]
    return [`${type}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`]
  }
}

class Decoder {
  private readonly takesFrames: boolean
  private readonly listeners = new Set<Listener>()

  constructor(takesFrames: boolean) {
    this.takesFrames = takesFrames
  }

  add(message: unknown): void {
    const packet = typeof message === 'string' ? parseText(message) : this.parseBytes(message)
    for (const listener of this.listeners) listener(packet)
  }

  on(_event: string, listener: Listener): void {
    this.listeners.add(listener)
  }

  off(_event: string, listener: Listener): void {
    this.listeners.delete(listener)
  }

  removeListener(event: string, listener: Listener): void {
    this.off(event, listener)
  }

  destroy(): void {
    this.listeners.clear()
  }

  private parseBytes(message: unknown): Packet {
    if (!this.takesFrames) throw new Error('packet: got bytes, expected text')
    const bytes = message instanceof ArrayBuffer ? new Uint8Array(message) : message
    return { type: EVENT, nsp: '/', data: [FRAME_EVENT, bytes] }
  }
}

/** For the page: takes frames. */
export const pageParser = {
  Encoder,
  Decoder: class extends Decoder {
    constructor() {
      super(true)
    }
  },
}

/** For the host: sends frames, and refuses bytes from a page. */
export const hostParser = {
  Encoder,
  Decoder: class extends Decoder {
    constructor() {
      super(false)
    }
  },
}

/** The packet of a text. Throws, saying what is wrong, when it is none. */
export function parseText(text: string): Packet {
  const type = text.charCodeAt(0) - 48
  if (!(type >= CONNECT && type <= CONNECT_ERROR))
    throw new Error(`packet: begins with ${JSON.stringify(text.slice(0, 8))}, expected a type from 0 to 4`)
  let at = 1
  while (at < text.length && isDigit(text.charCodeAt(at))) at++
  if (at - 1 > MOST_ID_DIGITS) throw new Error(`packet: its number has ${at - 1} digits`)
  const id = at > 1 ? { id: Number(text.slice(1, at)) } : {}
  const data: unknown = at < text.length ? JSON.parse(text.slice(at)) : undefined
  if (!isFitting(type, data)) throw new Error(`packet: of type ${type} with data that do not fit it`)
  return { type, nsp: '/', ...(data !== undefined && { data }), ...id }
}

function isFitting(type: number, data: unknown): boolean {
  switch (type) {
    case CONNECT:
      return data === undefined || (typeof data === 'object' && data !== null && !Array.isArray(data))
    case DISCONNECT:
      return data === undefined
    case EVENT: {
      if (!Array.isArray(data)) return false
      const [name] = data as unknown[]
      return typeof name === 'string' && name !== FRAME_EVENT && !RESERVED.includes(name)
    }
    case ACK:
      return Array.isArray(data)
    default:
      return typeof data === 'string' || (typeof data === 'object' && data !== null)
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
