/** Socket.IO: greets pages, keeps who watches which stream, checks what pages say and passes it on. */
import { randomInt } from 'node:crypto'
import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import {
  acknowledgeSchema,
  askPreliminarySchema,
  ackSchema,
  clockSchema,
  commentSchema,
  exerciseSchema,
  fileRequestSchema,
  handleAlarmSchema,
  lookSchema,
  playStorySchema,
  saveScenarioSchema,
  startEnsembleSchema,
  startScenarioSchema,
  stopScenarioSchema,
  subscribeSchema,
  unsubscribeSchema,
  type Acknowledge,
  type AskPreliminary,
  type ClientToServer,
  type Comment,
  type ExerciseAct,
  type FileRequest,
  type HandleAlarm,
  type PlayStory,
  type Preliminary,
  type SaveScenario,
  type ScenarioState,
  type ServerToClient,
  type EnsemblePlaces,
  type EnsembleState,
  type StartEnsemble,
  type StartScenario,
  type Welcome,
} from '../../twin/protocol/messages.ts'
import { drillMessageSchema, type DrillMessage, type DrillState } from '../../twin/protocol/drillMessages.ts'
import { respondSchema, type Respond, type ResponseState } from '../../twin/protocol/responseMessages.ts'
import { deskActSchema, type DeskAct } from '../../twin/protocol/deskMessages.ts'
import { LIVE } from '../../twin/protocol/names.ts'
import type { KeptWall, WallReport } from '../../twin/protocol/wallMessages.ts'
import { holdsOne, readersOfIncidents, rolesOfEvent } from '../../twin/protocol/roles.ts'
import type { Doorkeeper, Pass } from '../access/doorkeeper.ts'
import { hostParser } from '../../twin/protocol/socketParser.ts'
import { Door, rule, type Rules } from './door.ts'
import type { HubServer, HubSocket } from './line.ts'
import { ownerOf, Owners } from './owners.ts'
import { Stream, WALL_QUIET_MS } from './stream.ts'
import { WALLS, wallRules } from './wallRules.ts'
import { Walls } from './walls.ts'
import { limitWs } from './wsLimits.ts'

// A page says little: the longest message is a report of 2,000 characters or 200 edits.
const MAX_MESSAGE_BYTES = 64 * 1024
// Of one socket: how many at once, and a minute.
const ACK_LIMIT = { atOnce: 60, perMinute: 600 }
const TALK_LIMIT = { atOnce: 40, perMinute: 60 }
const COMMAND_LIMIT = { atOnce: 10, perMinute: 12 }
// Asked as a planner edits, and only the last one is answered.
const EDITING_LIMIT = { atOnce: 20, perMinute: 60 }
// Every viewer hears something so often; a large crowd once a second, for which frames are word enough, milliseconds.
const BEAT_MS = 250
const SMALL_CROWD = 2000
const CROWD_MS = 1000
// Acks taken a second from all viewers together, roughly; no viewer acks more than once a second.
const ACKS_PER_S = 250
// Whoever is told what desks do.
const DESK_ROOM = 'desks'
// Less than the frames that are kept last, at ten a second.
const MOST_ACK_MS = 30_000

/** What a hub passes on; each may throw or reject with a sentence for the page, a TryAgainError when it will pass. */
export interface HubHandlers {
  /** Undefined while the twin is not running yet. */
  welcome: () => Welcome | undefined
  /** `actor` is for the audit; undefined where nobody is asked who he is. */
  fileRequest: (message: FileRequest, actor: string | undefined) => Promise<number>
  /** These five say when it was first kept, Unix milliseconds. */
  comment: (message: Comment, actor: string | undefined) => Promise<number>
  acknowledge: (message: Acknowledge, actor: string | undefined) => Promise<number>
  handleAlarm: (message: HandleAlarm, actor: string | undefined) => Promise<number>
  actAtDesk: (message: DeskAct, actor: string | undefined) => Promise<number>
  saveScenario: (message: SaveScenario, actor: string | undefined) => Promise<number>
  /** Gives the city's time at which what failed comes back. */
  exercise: (message: ExerciseAct) => Promise<number>
  startScenario: (message: StartScenario, owner: string) => string
  startEnsemble: (message: StartEnsemble, owner: string) => string
  stopEnsemble: (id: string, owner: string) => void
  /** Gives none to a page that has asked something else since. */
  askPreliminary: (message: AskPreliminary, owner: string) => Promise<Preliminary | undefined>
  ensemblePlaces: (id: string, owner: string) => EnsemblePlaces
  /** Gives the id of the drill. */
  drill: (message: DrillMessage, owner: string) => Promise<string>
  respond: (message: Respond, owner: string) => string
  playStory: (message: PlayStory, owner: string) => string
  stopScenario: (id: string, owner: string) => void
  /** Whether an alarm waits to be acknowledged. */
  isAlarmUp: () => boolean
  /** Keeps what a desk has told a wall. */
  keepWall: (kept: KeptWall) => void
  /** Whoever started something has gone, and not come back. */
  left: (owner: string) => void
}

export class Hub {
  readonly io: HubServer
  /** Messages refused since the start. */
  refused = 0
  private readonly handlers: HubHandlers
  private readonly doorkeeper: Doorkeeper
  private readonly stopWatching: () => void
  private readonly rules: Rules
  private readonly owners: Owners
  private readonly walls: Walls
  private readonly streams = new Map<string, Stream>()
  private readonly beatTimer: NodeJS.Timeout
  private lastId = 0

  constructor(http: HttpServer, doorkeeper: Doorkeeper, handlers: HubHandlers) {
    this.handlers = handlers
    this.walls = new Walls({
      nowMs: () => performance.now(),
      isAlarmUp: () => handlers.isAlarmUp(),
      tell: (show) => this.io.to(`wall ${show.name}`).emit('wall', show),
      keep: (kept) => handlers.keepWall(kept),
    })
    this.rules = this.makeRules()
    this.owners = new Owners((owner) => handlers.left(owner))
    this.doorkeeper = doorkeeper
    this.io = new Server<ClientToServer, ServerToClient>(http, {
      serveClient: false,
      parser: hostParser,
      perMessageDeflate: false,
      maxHttpBufferSize: MAX_MESSAGE_BYTES,
      connectTimeout: 5000,
      pingInterval: 25_000,
      pingTimeout: 20_000,
      allowRequest: (request, answer) => {
        const why = doorkeeper.socketRefusal(request)
        answer(why, why === undefined)
      },
    })
    limitWs(this.io)
    this.stopWatching = doorkeeper.watch(this.io)
    this.io.on('connection', (socket) => this.greet(socket))
    this.beatTimer = setInterval(() => this.beat(), BEAT_MS)
    this.beatTimer.unref()
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

  openStream(name: string): Stream {
    this.lastId = (this.lastId + 1) % 0x10000
    const stream = new Stream(name, this.lastId, () => randomInt(1, 2 ** 32))
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

  tellEnsemble(owner: string, state: EnsembleState): void {
    this.io.to(owner).emit('ensemble', state)
  }

  tellDrill(owners: Iterable<string>, state: DrillState): void {
    const rooms = [...owners]
    if (rooms.length > 0) this.io.to(rooms).emit('drill', state)
  }

  tellResponse(owner: string, state: ResponseState): void {
    this.io.to(owner).emit('response', state)
  }

  /** Tells all walls of a person's report, which the next frames will show. */
  tellReport(report: WallReport): void {
    this.io.to(WALLS).emit('reported', report)
  }

  /** What walls were told before the server was started; before it listens. */
  restoreWalls(kept: readonly KeptWall[]): void {
    this.walls.restore(kept)
  }

  /** Tells whoever shows incidents that some desk has done something. */
  tellDesks(kind: DeskAct['kind']): void {
    this.io.to(DESK_ROOM).emit('desk', { kind })
  }

  async close(): Promise<void> {
    clearInterval(this.beatTimer)
    this.owners.close()
    this.stopWatching()
    await this.io.close()
  }

  private greet(socket: HubSocket): void {
    const welcome = this.handlers.welcome()
    if (welcome !== undefined) socket.emit('welcome', welcome)
    const pass = this.doorkeeper.pass(socket.request)
    new Door(socket, pass, this.rules, () => this.refused++)
    if (holdsOne(pass.roles, readersOfIncidents)) void socket.join(DESK_ROOM)
    socket.on('disconnect', () => {
      for (const stream of this.streams.values()) stream.unsubscribe(socket)
      this.walls.left(socket.id)
    })
    this.owners.came(socket)
  }

  private makeRules(): Rules {
    const { handlers } = this
    return {
      ack: rule(ACK_LIMIT, ackSchema, ({ stream, seq }, socket) => {
        this.streams.get(stream)?.ack(socket, seq)
      }),
      subscribe: rule(TALK_LIMIT, subscribeSchema, (message, socket, answer) => {
        const { isWall = false, had } = message
        const stream = this.streamOf(message.stream)
        const look = stream.lookAt(message.view)
        const { view, detail } = look
        // the answer tells whose the frames behind it are
        const isContinued = stream.canContinue(had, look)
        answer({ id: stream.id, isContinued, view, detail, ackMs: stream.ackMs, nowMs: performance.now() })
        stream.subscribe(socket, isWall, look, had)
      }),
      look: rule(TALK_LIMIT, lookSchema, (message, socket, answer) => {
        const stream = this.streamOf(message.stream)
        if (!stream.isWatchedBy(socket)) throw new Error(`stream: you have not subscribed to ${stream.name}`)
        const look = stream.lookAt(message.view)
        answer({ view: look.view, detail: look.detail })
        stream.turn(socket, look)
      }),
      unsubscribe: rule(TALK_LIMIT, unsubscribeSchema, ({ stream }, socket) => {
        this.streams.get(stream)?.unsubscribe(socket)
        return {}
      }),
      clock: rule(TALK_LIMIT, clockSchema, () => ({ nowMs: performance.now() })),
      fileRequest: rule(COMMAND_LIMIT, fileRequestSchema, async (message, _socket, _answer, pass) => ({
        request: await handlers.fileRequest(message, this.actorOf(pass, 'fileRequest')),
      })),
      comment: rule(COMMAND_LIMIT, commentSchema, async (message, _socket, _answer, pass) => ({
        filedMs: await handlers.comment(message, this.actorOf(pass, 'comment')),
      })),
      acknowledge: rule(COMMAND_LIMIT, acknowledgeSchema, async (message, _socket, _answer, pass) => ({
        atMs: await handlers.acknowledge(message, this.actorOf(pass, 'acknowledge')),
      })),
      handleAlarm: rule(TALK_LIMIT, handleAlarmSchema, async (message, _socket, _answer, pass) => ({
        atMs: await handlers.handleAlarm(message, this.actorOf(pass, 'handleAlarm')),
      })),
      actAtDesk: rule(TALK_LIMIT, deskActSchema, async (message, _socket, _answer, pass) => ({
        atMs: await handlers.actAtDesk(message, this.actorOf(pass, 'actAtDesk')),
      })),
      exercise: rule(COMMAND_LIMIT, exerciseSchema, async (message) => ({
        untilMs: await handlers.exercise(message),
      })),
      saveScenario: rule(COMMAND_LIMIT, saveScenarioSchema, async (message, _socket, _answer, pass) => ({
        savedMs: await handlers.saveScenario(message, this.actorOf(pass, 'saveScenario')),
      })),
      startScenario: rule(COMMAND_LIMIT, startScenarioSchema, (message, socket) => ({
        id: handlers.startScenario(message, ownerOf(socket)),
      })),
      startEnsemble: rule(COMMAND_LIMIT, startEnsembleSchema, (message, socket) => ({
        id: handlers.startEnsemble(message, ownerOf(socket)),
      })),
      stopEnsemble: rule(TALK_LIMIT, stopScenarioSchema, ({ id }, socket) => {
        handlers.stopEnsemble(id, ownerOf(socket))
        return {}
      }),
      askPreliminary: rule(EDITING_LIMIT, askPreliminarySchema, async (message, socket) => ({
        answer: await handlers.askPreliminary(message, ownerOf(socket)),
      })),
      ensemblePlaces: rule(TALK_LIMIT, stopScenarioSchema, ({ id }, socket) =>
        handlers.ensemblePlaces(id, ownerOf(socket)),
      ),
      drill: rule(TALK_LIMIT, drillMessageSchema, async (message, socket) => ({
        id: await handlers.drill(message, ownerOf(socket)),
      })),
      respond: rule(TALK_LIMIT, respondSchema, (message, socket) => ({
        id: handlers.respond(message, ownerOf(socket)),
      })),
      playStory: rule(COMMAND_LIMIT, playStorySchema, (message, socket) => ({
        id: handlers.playStory(message, ownerOf(socket)),
      })),
      stopScenario: rule(TALK_LIMIT, stopScenarioSchema, ({ id }, socket) => {
        handlers.stopScenario(id, ownerOf(socket))
        return {}
      }),
      ...wallRules(this.walls),
    }
  }

  private actorOf(pass: Pass, event: keyof typeof rolesOfEvent): string | undefined {
    return this.doorkeeper.actorOf(pass, rolesOfEvent[event])
  }

  private beat(): void {
    this.walls.step()
    const nowMs = performance.now()
    const isSmall = this.viewers <= SMALL_CROWD
    for (const stream of this.streams.values()) {
      stream.nextMs = isSmall ? BEAT_MS : CROWD_MS
      stream.crowdQuietMs = isSmall ? WALL_QUIET_MS : CROWD_MS + 100
      stream.ackMs = Math.min(MOST_ACK_MS, Math.max(1000, (1000 * this.viewers) / ACKS_PER_S))
      stream.beat(nowMs)
    }
  }

  private streamOf(name: string): Stream {
    const stream = this.streams.get(name)
    if (stream !== undefined) return stream
    throw new Error(`stream: there is no ${JSON.stringify(name)}; the city's own is "${LIVE}"`)
  }
}
