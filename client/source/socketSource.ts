/**
 * Frames from the server over Socket.IO: greets, subscribes, checks and inflates, goes on after a lost line from where it was,
 * begins anew with a keyframe when what it has cannot be trusted, and gives up a line that has gone silent.
 */
import { inflateSync } from 'fflate'
import type { Socket } from 'socket.io-client'
import { publishedTables } from '../../twin/domains.ts'
import { readEnvelope, type Envelope } from '../../twin/protocol/envelope.ts'
import { schemaHash } from '../../twin/protocol/frame.ts'
import type {
  ClientToServer,
  Granted,
  Reply,
  ServerToClient,
  View,
  Welcome,
} from '../../twin/protocol/messages.ts'
import { PROTOCOL_VERSION } from '../../twin/protocol/names.ts'
import { isBundle } from '../../twin/protocol/parts.ts'
import { pageParser } from '../../twin/protocol/socketParser.ts'
import { addressOf } from './address.ts'
import { Follower } from './follower.ts'
import { NO_ANSWER, type FrameSource, type SourceListener } from './frameSource.ts'
import { makeClientId } from './clientId.ts'
import { HostClock } from './hostClock.ts'
import { newPartDecoder } from './newPartDecoder.ts'
import { makeWallLine } from './wallLine.ts'
import { Watchdog } from './watchdog.ts'

/** How long a command waits for its reply before the line counts as too slow; assumed. */
const REPLY_TIMEOUT_MS = 10_000
// The first one of an hour waits until that hour's traffic is made.
const PRELIMINARY_TIMEOUT_MS = 90_000
const LOOK_MS = 250
/** The host's clock is asked for so often, and a few times more when a line begins; several, for one answer may be late by chance. */
const CLOCK_EVERY_MS = 60_000
/** Of a wall: its screens agree only as well as each of them knows the host's clock. */
const WALL_CLOCK_EVERY_MS = 5000
const CLOCK_FIRST_MS = [0, 250, 1000, 3000] as const
/** A wall's line is beside the server; a phone's may hold its breath for seconds, and beginning anew would cost it more. */
const CALM = 4

type Line = Socket<ServerToClient, ClientToServer>

export interface SocketSourceOptions {
  /** The page's own server when left out. */
  readonly url?: string
  /** A screen that must never be late is written to first. */
  readonly isWall?: boolean
}

/** A source over Socket.IO, which is fetched itself when the source is opened. */
export function makeSocketSource({ url, isWall = false }: SocketSourceOptions = {}): FrameSource {
  const followers = new Map<string, Follower>()
  const streamOfId = new Map<number, string>()
  const views = new Map<string, View>()
  const drawn = new Map<string, number>()
  const host = new HostClock()
  const watchdog = new Watchdog(performance.now(), isWall ? 1 : CALM)
  const timers: ReturnType<typeof setInterval>[] = []
  let firstAsks: ReturnType<typeof setTimeout>[] = []
  let line: Line | undefined
  let listening: SourceListener | undefined
  let isClosed = false
  let isSilent = false
  /** The host hears so often what was drawn. */
  let ackMs = 1000
  let ackedAtMs = 0
  let tellLine: (line: Line) => void
  const lineMade = new Promise<Line>((resolve) => (tellLine = resolve))

  const subscribe = (stream: string) => {
    const follower = followers.get(stream)
    if (!line?.connected || follower === undefined) return
    const { position } = follower
    const view = views.get(stream)
    const asked = {
      stream,
      ...(isWall && { isWall }),
      ...(position && { had: position }),
      ...(view && { view }),
    }
    const askedMs = performance.now()
    line.emit('subscribe', asked, (reply) => {
      if (!reply.ok) {
        listening?.gone?.(stream)
        return
      }
      host.answered(reply.nowMs, askedMs, performance.now())
      streamOfId.set(reply.id, stream)
      ackMs = reply.ackMs
      if (!reply.isContinued) follower.forget()
      grant(stream, follower, reply)
    })
  }
  const grant = (stream: string, follower: Follower, { view, detail }: Granted) => {
    // between all and some there is no turning: everything comes anew
    if ((view === 0) !== (follower.granted === 0)) follower.forget()
    follower.granted = view
    listening?.granted?.(stream, detail)
  }
  const look = (stream: string) => {
    const follower = followers.get(stream)
    if (!line?.connected || follower === undefined) return
    const view = views.get(stream)
    line.emit('look', { stream, ...(view && { view }) }, (reply) => {
      if (reply.ok) grant(stream, follower, reply)
    })
  }
  const askClock = () => {
    const asked = line
    if (!asked?.connected) return
    const askedMs = performance.now()
    const { id } = asked
    asked.emit('clock', {}, (reply) => {
      // the answer of a line that is gone may be of another host
      if (reply.ok && asked.id === id) host.answered(reply.nowMs, askedMs, performance.now())
    })
  }
  const beginAnew = (stream: string) => {
    followers.get(stream)?.forget()
    subscribe(stream)
  }

  const take = (bytes: Uint8Array, listener: SourceListener) => {
    const nowMs = performance.now()
    const envelope = readEnvelope(bytes)
    host.saw(envelope.cutMs, nowMs)
    watchdog.heard(nowMs, envelope.nextMs)
    if (isSilent) {
      isSilent = false
      listener.status?.({ state: 'open' })
    }
    if (envelope.kind !== 'beat') takeFrame(envelope, bytes.length, listener)
  }
  const takeFrame = (envelope: Envelope, wireBytes: number, listener: SourceListener) => {
    const stream = streamOfId.get(envelope.stream)
    const follower = stream === undefined ? undefined : followers.get(stream)
    if (stream === undefined || follower === undefined || follower.isPast(envelope)) return
    // a keyframe was asked for: until it is here nothing else is of use
    if (follower.position === undefined && envelope.kind === 'delta') return
    if (!follower.continues(envelope)) {
      beginAnew(stream)
      return
    }
    const { payload, seq, stateHash } = envelope
    const frame = envelope.isDeflated ? inflateSync(payload) : payload
    const partDecoder = isBundle(frame) ? newPartDecoder : undefined
    const facts = { seq, stateHash, cutAtMs: host.pageMs(envelope.cutMs), wireBytes, partDecoder }
    if (listener.frame(stream, frame, facts)) follower.took(envelope)
    else beginAnew(stream)
  }

  const listen = (socket: Line, listener: SourceListener) => {
    socket.on('connect', () => {
      host.forget()
      streamOfId.clear()
      isSilent = false
      watchdog.restart(performance.now())
      listener.status?.({ state: 'open' })
      for (const stream of followers.keys()) subscribe(stream)
      for (const timer of firstAsks) clearTimeout(timer)
      firstAsks = CLOCK_FIRST_MS.map((afterMs) => setTimeout(askClock, afterMs))
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
    socket.on('ensemble', (ensemble) => listener.ensemble?.(ensemble))
    socket.on('drill', (drill) => listener.drill?.(drill))
    socket.on('response', (response) => listener.response?.(response))
    socket.on('desk', () => listener.desk?.())
    socket.on('frame', (bytes) => {
      try {
        take(bytes, listener)
      } catch {
        // damaged on its way: nothing of it is believed
        for (const stream of followers.keys()) beginAnew(stream)
      }
    })
  }

  const hear = (listener: SourceListener) => {
    if (!line?.connected || followers.size === 0) return
    const hearing = watchdog.look(performance.now(), LOOK_MS)
    if (hearing === 'well') return
    isSilent = true
    listener.status?.({ state: 'silent' })
    // closing it begins the way back by itself
    if (hearing === 'lost') line.io.engine.close()
  }
  const ack = () => {
    const nowMs = performance.now()
    if (!line?.connected || nowMs - ackedAtMs < ackMs) return
    ackedAtMs = nowMs
    for (const [stream, seq] of drawn) line.emit('ack', { stream, seq })
    drawn.clear()
  }

  return {
    open(listener) {
      listening = listener
      listener.status?.({ state: 'connecting' })
      import('socket.io-client').then(
        ({ io }) => {
          if (isClosed) return
          line = io(url ?? '', {
            path: new URL(addressOf('/socket.io'), url ?? location.href).pathname,
            parser: pageParser,
            auth: { page: makeClientId() },
            transports: ['websocket', 'polling'],
            reconnectionDelay: 300,
            reconnectionDelayMax: 4000,
          })
          listen(line, listener)
          timers.push(
            setInterval(() => hear(listener), LOOK_MS),
            setInterval(ack, LOOK_MS),
            setInterval(askClock, isWall ? WALL_CLOCK_EVERY_MS : CLOCK_EVERY_MS),
          )
          tellLine(line)
        },
        () => listener.status?.({ state: 'lost' }),
      )
    },
    watch(stream) {
      // a line that was opened ahead has had nothing to say
      if (followers.size === 0) watchdog.restart(performance.now())
      followers.set(stream, new Follower())
      subscribe(stream)
    },
    unwatch(stream) {
      drawn.delete(stream)
      if (followers.delete(stream) && line?.connected) line.emit('unsubscribe', { stream }, () => {})
    },
    look(stream, view) {
      if (view === undefined) views.delete(stream)
      else views.set(stream, view)
      look(stream)
    },
    drawn(stream, seq) {
      if (followers.has(stream)) drawn.set(stream, seq)
    },
    fileRequest: async (request) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('fileRequest', request)),
    comment: async (comment) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('comment', comment)),
    handleAlarm: async (act) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('handleAlarm', act)),
    actAtDesk: async (act) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('actAtDesk', act)),
    exercise: async (act) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('exercise', act)),
    startScenario: async (scenario) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('startScenario', scenario)),
    startEnsemble: async (ensemble) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('startEnsemble', ensemble)),
    stopEnsemble: async (id) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('stopEnsemble', { id })),
    askPreliminary: async (asked) =>
      answered((await lineMade).timeout(PRELIMINARY_TIMEOUT_MS).emitWithAck('askPreliminary', asked)),
    ensemblePlaces: async (id) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('ensemblePlaces', { id })),
    respond: async (message) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('respond', message)),
    drill: async (message) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('drill', message)),
    playStory: async (story) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('playStory', story)),
    stopScenario: async (id) =>
      answered((await lineMade).timeout(REPLY_TIMEOUT_MS).emitWithAck('stopScenario', { id })),
    walls: makeWallLine({
      line: lineMade,
      hostNowMs: () => host.hostMs(performance.now()),
      answered,
      timeoutMs: REPLY_TIMEOUT_MS,
    }),
    close() {
      isClosed = true
      for (const timer of timers) clearInterval(timer)
      for (const timer of firstAsks) clearTimeout(timer)
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
