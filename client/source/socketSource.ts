/** Frames from the server over Socket.IO: greets, subscribes, inflates, asks for a keyframe after a gap, reconnects by itself. */
import { inflateSync } from 'fflate'
import { io, type Socket } from 'socket.io-client'
import { publishedTables } from '../../twin/domains.ts'
import { schemaHash } from '../../twin/protocol/frame.ts'
import {
  PROTOCOL_VERSION,
  type ClientToServer,
  type Reply,
  type ServerToClient,
  type Welcome,
} from '../../twin/protocol/messages.ts'
import { NO_ANSWER, type FrameSource, type SourceListener } from './frameSource.ts'

/** How long a command waits for its reply before the line counts as too slow; assumed. */
const REPLY_TIMEOUT_MS = 10_000

/** A source over Socket.IO to `url`; the page's own server when left out. */
export function makeSocketSource(url?: string): FrameSource {
  const socket: Socket<ServerToClient, ClientToServer> = io(url ?? '', {
    autoConnect: false,
    transports: ['websocket', 'polling'],
    reconnectionDelayMax: 4000,
  })
  const watched = new Set<string>()
  let listener: SourceListener | undefined

  const subscribe = (stream: string) => {
    if (socket.connected) socket.emit('subscribe', { stream }, () => {})
  }

  return {
    open(given) {
      listener = given
      listener.status?.({ state: 'connecting' })
      socket.on('connect', () => {
        listener?.status?.({ state: 'open' })
        for (const stream of watched) subscribe(stream)
      })
      socket.on('disconnect', () => listener?.status?.({ state: 'lost' }))
      socket.on('connect_error', () => listener?.status?.({ state: 'lost' }))
      socket.on('welcome', (welcome) => {
        const why = mismatchOf(welcome)
        if (why === undefined) listener?.welcome?.(welcome)
        else {
          listener?.status?.({ state: 'outdated', why })
          socket.disconnect()
        }
      })
      socket.on('scenario', (scenario) => listener?.scenario?.(scenario))
      socket.on('frame', ({ stream, bytes }) => {
        if (!watched.has(stream)) return
        if (listener?.frame(stream, inflateSync(new Uint8Array(bytes))) === false) subscribe(stream)
      })
      socket.connect()
    },
    watch(stream) {
      watched.add(stream)
      subscribe(stream)
    },
    unwatch(stream) {
      if (watched.delete(stream) && socket.connected) socket.emit('unsubscribe', { stream }, () => {})
    },
    drawn(stream, tick) {
      if (socket.connected) socket.emit('ack', { stream, tick })
    },
    fileRequest: (request) => answered(socket.timeout(REPLY_TIMEOUT_MS).emitWithAck('fileRequest', request)),
    startScenario: (scenario) =>
      answered(socket.timeout(REPLY_TIMEOUT_MS).emitWithAck('startScenario', scenario)),
    stopScenario: (id) => answered(socket.timeout(REPLY_TIMEOUT_MS).emitWithAck('stopScenario', { id })),
    close() {
      listener = undefined
      socket.disconnect()
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
