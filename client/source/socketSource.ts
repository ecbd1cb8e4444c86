/** Frames from the server over Socket.IO: greets, subscribes, inflates, asks for a keyframe after a gap, reconnects by itself. */
import { inflateSync } from 'fflate'
import type { Socket } from 'socket.io-client'
import { publishedTables } from '../../twin/domains.ts'
import { schemaHash } from '../../twin/protocol/frame.ts'
import {
  PROTOCOL_VERSION,
  type ClientToServer,
  type Reply,
  type ServerToClient,
  type Welcome,
} from '../../twin/protocol/messages.ts'
import { addressOf } from './address.ts'
import { NO_ANSWER, type FrameSource, type SourceListener } from './frameSource.ts'

/** How long a command waits for its reply before the line counts as too slow; assumed. */
const REPLY_TIMEOUT_MS = 10_000

type Line = Socket<ServerToClient, ClientToServer>

/** A source over Socket.IO to `url`; the page's own server when left out. Socket.IO itself is fetched when the source is opened. */
export function makeSocketSource(url?: string): FrameSource {
  const watched = new Set<string>()
  let line: Line | undefined
  let isClosed = false
  let tellLine: (line: Line) => void
  const lineMade = new Promise<Line>((resolve) => (tellLine = resolve))

  const subscribe = (stream: string) => {
    if (line?.connected) line.emit('subscribe', { stream }, () => {})
  }
  const listen = (socket: Line, listener: SourceListener) => {
    socket.on('connect', () => {
      listener.status?.({ state: 'open' })
      for (const stream of watched) subscribe(stream)
    })
    socket.on('disconnect', () => listener.status?.({ state: 'lost' }))
    socket.on('connect_error', () => listener.status?.({ state: 'lost' }))
    socket.on('welcome', (welcome) => {
      const why = mismatchOf(welcome)
      if (why === undefined) listener.welcome?.(welcome)
      else {
        socket.disconnect()
        listener.status?.({ state: 'outdated', why })
      }
    })
    socket.on('scenario', (scenario) => listener.scenario?.(scenario))
    socket.on('frame', ({ stream, bytes }) => {
      if (!watched.has(stream)) return
      if (!listener.frame(stream, inflateSync(new Uint8Array(bytes)))) subscribe(stream)
    })
  }

  return {
    open(listener) {
      listener.status?.({ state: 'connecting' })
      import('socket.io-client').then(
        ({ io }) => {
          if (isClosed) return
          line = io(url ?? '', {
            path: new URL(addressOf('/socket.io'), url ?? location.href).pathname,
            transports: ['websocket', 'polling'],
            reconnectionDelayMax: 4000,
          })
          listen(line, listener)
          tellLine(line)
        },
        () => listener.status?.({ state: 'lost' }),
      )
    },
    watch(stream) {
      watched.add(stream)
      subscribe(stream)
    },
    unwatch(stream) {
      if (watched.delete(stream) && line?.connected) line.emit('unsubscribe', { stream }, () => {})
    },
    drawn(stream, tick) {
      if (line?.connected) line.emit('ack', { stream, tick })
    },
    fileRequest: async (request) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('fileRequest', request)),
    startScenario: async (scenario) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('startScenario', scenario)),
    stopScenario: async (id) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('stopScenario', { id })),
    close() {
      isClosed = true
      line?.disconnect()
    },
  }
}

/** Why this page cannot read the server's frames; undefined when it can. */
export function mismatchOf(welcome: Pick<Welcome, 'protocol' | 'schemaHash'>): string | undefined {
  if (welcome.protocol !== PROTOCOL_VERSION)
    return `the server speaks protocol ${welcome.protocol}, this page ${PROTOCOL_VERSION}`
  const own = schemaHash(publishedTables)
  return welcome.schemaHash === own
    ? undefined
    : `the server's tables are ${welcome.schemaHash}, this page's ${own}`
}

async function answered<R extends Reply>(reply: Promise<R>): Promise<R | { ok: false; error: string }> {
  try {
    return await reply
  } catch {
    return { ok: false, error: NO_ANSWER }
  }
}
