/** Socket.IO: greets pages, keeps who watches which stream, checks what pages say and passes it on. */
import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import type { GenericSchema } from 'valibot'
import { holdsOne, rolesOfEvent, type Role } from '../../twin/protocol/roles.ts'
import {
  ackSchema,
  checkMessage,
  fileRequestSchema,
  LIVE,
  startScenarioSchema,
  stopScenarioSchema,
  subscribeSchema,
  type ClientToServer,
  type FileRequest,
  type Reply,
  type ScenarioState,
  type ServerToClient,
  type StartScenario,
  type Welcome,
} from '../../twin/protocol/messages.ts'
import type { Doorkeeper } from '../access/doorkeeper.ts'
import { limitWs } from './wsLimits.ts'
import { Stream, type HubServer, type HubSocket } from './stream.ts'
import { TokenBucket } from './tokenBucket.ts'

// A page says little: the longest message is a report of 2,000 characters or 200 edits.
const MAX_MESSAGE_BYTES = 64 * 1024
// Of one socket: how many at once, and a minute.
const ACK_LIMIT = { atOnce: 60, perMinute: 600 }
const TALK_LIMIT = { atOnce: 40, perMinute: 60 }
const COMMAND_LIMIT = { atOnce: 10, perMinute: 12 }
// Refusals before a socket is closed.
const MAX_REFUSED = 300

/** What a hub passes on; each may throw or reject with a sentence for the page. */
export interface HubHandlers {
  /** Undefined while the twin is not running yet. */
  welcome: () => Welcome | undefined
  fileRequest: (message: FileRequest) => Promise<number>
  startScenario: (message: StartScenario, owner: string) => string
  stopScenario: (id: string, owner: string) => void
  /** A socket has gone. */
  left: (owner: string) => void
}

type Event = keyof ClientToServer

export class Hub {
  readonly io: HubServer
  /** Messages refused since the start. */
  refused = 0
  private readonly handlers: HubHandlers
  private readonly doorkeeper: Doorkeeper
  private readonly stopWatching: () => void
  private readonly streams = new Map<string, Stream>()

  constructor(http: HttpServer, doorkeeper: Doorkeeper, handlers: HubHandlers) {
    this.handlers = handlers
    this.doorkeeper = doorkeeper
    this.io = new Server<ClientToServer, ServerToClient>(http, {
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      connectTimeout: 5000,
      pingInterval: 10_000,
      pingTimeout: 10_000,
      allowRequest: (request, answer) => {
        const why = doorkeeper.socketRefusal(request)
        answer(why, why === undefined)
      },
    })
    limitWs(this.io)
    this.stopWatching = doorkeeper.watch(this.io)
    this.io.on('connection', (socket) => this.greet(socket))
  }

  get viewers(): number {
    return this.io.sockets.sockets.size
  }

  /** Frames skipped viewers were caught up by, over all streams that are open. */
  get caughtUp(): number {
    let sum = 0
    for (const stream of this.streams.values()) sum += stream.caughtUp
    return sum
  }

  get behind(): number {
    let sum = 0
    for (const stream of this.streams.values()) sum += stream.behind
    return sum
  }

  openStream(name: string, askKeyframe: () => void): Stream {
    const stream = new Stream(this.io, name, askKeyframe)
    this.streams.set(name, stream)
    return stream
  }

  closeStream(name: string): void {
    this.streams.get(name)?.close()
    this.streams.delete(name)
  }

  /** Says the run's facts to everyone: a new run has begun. */
  welcomeAll(): void {
    const welcome = this.handlers.welcome()
    if (welcome !== undefined) this.io.emit('welcome', welcome)
  }

  /** Tells the pages in `owners` how a scenario stands. */
  tellScenario(owners: Iterable<string>, state: ScenarioState): void {
    const rooms = [...owners]
    if (rooms.length > 0) this.io.to(rooms).emit('scenario', state)
  }

  async close(): Promise<void> {
    this.stopWatching()
    await this.io.close()
  }

  private greet(socket: HubSocket): void {
    const welcome = this.handlers.welcome()
    if (welcome !== undefined) socket.emit('welcome', welcome)
    const door = new Door(socket, this.doorkeeper.pass(socket.request).roles, () => this.refused++)
    door.on('ack', ACK_LIMIT, ackSchema, (message) => {
      this.streams.get(message.stream)?.ack(socket, message.tick)
      return {}
    })
    door.on('subscribe', TALK_LIMIT, subscribeSchema, ({ stream }) => {
      this.streamOf(stream).subscribe(socket)
      return {}
    })
    door.on('unsubscribe', TALK_LIMIT, subscribeSchema, ({ stream }) => {
      this.streams.get(stream)?.unsubscribe(socket)
      return {}
    })
    door.on('fileRequest', COMMAND_LIMIT, fileRequestSchema, async (message) => ({
      request: await this.handlers.fileRequest(message),
    }))
    door.on('startScenario', COMMAND_LIMIT, startScenarioSchema, (message) => ({
      id: this.handlers.startScenario(message, socket.id),
    }))
    door.on('stopScenario', TALK_LIMIT, stopScenarioSchema, ({ id }) => {
      this.handlers.stopScenario(id, socket.id)
      return {}
    })
    door.refuseOthers()
    socket.on('disconnect', () => {
      for (const stream of this.streams.values()) stream.unsubscribe(socket)
      this.handlers.left(socket.id)
    })
  }

  private streamOf(name: string): Stream {
    const stream = this.streams.get(name)
    if (stream !== undefined) return stream
    throw new Error(`stream: there is no ${JSON.stringify(name)}; the city's own is "${LIVE}"`)
  }
}

/** One socket's way in: every event is counted, checked and answered. */
class Door {
  private readonly socket: HubSocket
  private readonly roles: readonly Role[]
  private readonly counted: () => void
  private readonly known = new Set<string>()
  private refusals = 0

  constructor(socket: HubSocket, roles: readonly Role[], counted: () => void) {
    this.socket = socket
    this.roles = roles
    this.counted = counted
  }

  on<T>(
    event: Event,
    limit: { atOnce: number; perMinute: number },
    schema: GenericSchema<unknown, T>,
    handle: (message: T) => object | Promise<object>,
  ): void {
    const bucket = new TokenBucket(limit.atOnce, limit.perMinute, performance.now())
    this.known.add(event)
    // the page may send anything: its words are only believed after the check
    this.socket.on(
      event as string as 'ack',
      (async (message: unknown, ...rest: unknown[]) => {
        const reply = replyOf(rest)
        if (!bucket.take(performance.now()))
          return this.refuse(reply, `${event}: too many at once; try again in a minute`)
        if (!holdsOne(this.roles, rolesOfEvent[event]))
          return this.refuse(reply, `${event}: this needs a token for ${rolesOfEvent[event].join(' or ')}`)
        const checked = checkMessage(schema, message)
        if ('error' in checked) return this.refuse(reply, checked.error)
        try {
          reply({ ok: true, ...(await handle(checked.value)) })
        } catch (error) {
          this.refuse(reply, (error as Error).message)
        }
      }) as never,
    )
  }

  /** Answers events that are none of the known ones. */
  refuseOthers(): void {
    this.socket.onAny((event: unknown, ...rest: unknown[]) => {
      if (typeof event === 'string' && this.known.has(event)) return
      this.refuse(replyOf(rest), `there is no event ${JSON.stringify(event)?.slice(0, 80)}`)
    })
    this.socket.on('error', () => this.refuse(() => undefined, 'a broken packet'))
  }

  private refuse(reply: (answer: Reply) => void, error: string): void {
    this.counted()
    this.refusals++
    reply({ ok: false, error })
    if (this.refusals > MAX_REFUSED) this.socket.disconnect(true)
  }
}

/** The page's callback, when it gave one. */
function replyOf(rest: readonly unknown[]): (answer: Reply) => void {
  const last = rest.at(-1)
  // Socket.IO puts the callback last, and only a callback arrives as a function
  return typeof last === 'function' ? (last as (answer: Reply) => void) : () => undefined
}
