/** What may be said between server and page, and how a host checks what a stranger says. */
import * as v from 'valibot'
import { alarmKinds } from '../alarms/catalogue.ts'
import { MOST_SHELVED_S } from '../commands.ts'
import { editSchema, type Refused } from '../scenario/edits.ts'
import type { PreliminaryAnswer } from '../scenario/preliminary/answer.ts'
import type { Causes } from '../scenario/causes/step.ts'
import type { Surety } from '../scenario/interval.ts'
import type { MemberRuns } from '../scenario/pairs.ts'
import type { TripChanges } from '../scenario/winners.ts'
import type { JoinWall, SteerWall, TouchWall, WallFacts, WallReport, WallShow } from './wallMessages.ts'
import type { DeskAct } from './deskMessages.ts'
import type { DrillMessage, DrillState } from './drillMessages.ts'
import type { Respond, ResponseState } from './responseMessages.ts'

/** First word to a page. `stream` facts that never change while it runs. */
export interface Welcome {
  readonly protocol: number
  readonly schemaHash: number
  readonly cityId: string
  readonly startMs: number
  readonly utcOffsetS: number
  /** Simulated seconds per second of the live stream. */
  readonly speed: number
  /** Of the page's build; another value means reload. */
  readonly build: string
}

/** What an edit does, edited against untouched, with the same seed. */
export interface Comparison {
  readonly tick: number
  readonly indicators: readonly { readonly id: string; readonly base: number; readonly edited: number }[]
  /** Trips on the road in both twins: how many run at least a minute later with the edit than without, how many earlier. */
  readonly buses: { readonly later: number; readonly earlier: number }
}

export interface ScenarioState {
  readonly id: string
  readonly state: 'queued' | 'running' | 'done' | 'stopped' | 'failed'
  /** Others ahead in the queue. */
  readonly ahead: number
  /** Seconds simulated so far, of `horizonS`. */
  readonly doneS: number
  readonly horizonS: number
  /** Unix time of tick 0 of its streams, milliseconds; undefined until it runs. */
  readonly startMs?: number
  readonly comparison?: Comparison
  readonly error?: string
}

/** How sure the difference of an edit is: pairs of runs under other dice and demand, and what they come to. */
export interface EnsembleState {
  readonly id: string
  readonly state: 'queued' | 'running' | 'done' | 'stopped' | 'failed'
  /** Others ahead in the queue. */
  readonly ahead: number
  /** Of all work, 0 to 1. */
  readonly share: number
  /** Pairs done, of `members`. */
  readonly pairs: number
  readonly members: number
  /** By measure of `twin/scenario/outcome.ts`, means over the pairs; the interval from two pairs on. Empty before the first. */
  readonly outcomes: readonly ({ readonly id: string } & Surety)[]
  /** The same run by run; from the first pair on. */
  readonly runs?: MemberRuns
  /** By measure of `twin/scenario/reach/measures.ts`, those that the city's map allows; and times by car between places that it names. */
  readonly reach?: readonly ({ readonly id: string } & Surety)[]
  readonly pairsOfPlaces?: readonly ({
    readonly name: string
    readonly kind: string
    readonly isTowards: boolean
  } & Surety)[]
  /** What the difference of the first pair comes from. */
  readonly causes?: Causes
  /** The trips by car of the first pair, with the edits and without, by the zone they set out from. */
  readonly trips?: TripChanges
  readonly error?: string
}

/** The first answer to a scenario that is being edited, and how long it took to make. */
export interface Preliminary extends PreliminaryAnswer {
  readonly seconds: number
}

/** Where the pairs of an ensemble differ: bytes of `twin/scenario/placeBytes.ts`, deflated (raw), in base64. */
export interface EnsemblePlaces {
  readonly pairs: number
  readonly deflated: string
}

/** Why what was asked does not come, in English; of an edit that the city cannot be given also the facts, which a page words itself. */
export interface Fault {
  readonly error: string
  readonly refused?: Refused
  readonly busy?: Busy
}

/** What is run for others already, as many as there may be at once. */
export type Busy = 'drills' | 'hours' | 'scenarios' | 'stories'

/** A refusal that is temporary will pass: the same words may be sent again later. */
export type Reply<T = object> =
  ({ readonly ok: true } & T) | ({ readonly ok: false; readonly isTemporary?: true } & Fault)

const index = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xfffffffe))
/** Seconds after the city's midnight. */
const clockTime = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(86_399))
const streamName = v.pipe(v.string(), v.maxLength(64))
/** Made by the page; sending the same id twice keeps one, and gives the first answer. */
const clientId = v.pipe(v.string(), v.uuid())
const horizonS = v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(4 * 3600))

const word = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff))

const degrees = (most: number) => v.pipe(v.number(), v.minValue(-most), v.maxValue(most))
/** What a viewer looks at. The host sends that much or more, as it says in its answer. */
const viewSchema = v.strictObject({
  /** West, south, east, north. */
  area: v.strictTuple([degrees(180), degrees(90), degrees(180), degrees(90)]),
  /** Vehicles when left out. */
  detail: v.optional(v.picklist(['overview', 'streets', 'vehicles'])),
  /** Domains that are drawn; all when left out. */
  layers: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(32))), v.maxLength(16))),
  /** Frames together, at most so often a second. */
  maxHz: v.optional(v.pipe(v.number(), v.minValue(0.05), v.maxValue(10))),
  /** Less detail where more than so many bytes a second would come. */
  budgetBps: v.optional(v.pipe(v.number(), v.minValue(100), v.maxValue(1e9))),
})

export const clockSchema = v.strictObject({})
export const unsubscribeSchema = v.strictObject({ stream: streamName })
export const subscribeSchema = v.strictObject({
  stream: streamName,
  /** Written to before all others: a screen that must never be late. */
  isWall: v.optional(v.boolean()),
  /** What was taken in before the line was lost, to go on from. */
  had: v.optional(v.strictObject({ epoch: word, seq: word, view: v.optional(word) })),
  /** All of the city when left out. */
  view: v.optional(viewSchema),
})
/** Looks elsewhere in a stream that is subscribed to; without a view at all of it. */
export const lookSchema = v.strictObject({ stream: streamName, view: v.optional(viewSchema) })
export const ackSchema = v.strictObject({ stream: streamName, seq: word })
export const fileRequestSchema = v.strictObject({
  clientId,
  serviceCode: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  lng: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
  lat: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  // as long as Open311 lets it be
  description: v.pipe(v.string(), v.maxLength(4000)),
})
/** Where a run begins that does not begin now: of an hour, the day; or a moment that was kept. */
const beginning = {
  /** The day whose hour `atS` is, in the city's calendar; the live city's own when left out. */
  date: v.optional(v.pipe(v.string(), v.isoDate())),
  /** Goes on from the kept moment of this name, as `POST /api/moments` gives it. */
  state: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))),
}
export const startScenarioSchema = v.pipe(
  v.strictObject({
    edits: v.pipe(v.array(editSchema), v.maxLength(200)),
    horizonS,
    /** Simulated seconds per second, a tenth at least; 0 is as fast as the machine can. */
    speed: v.union([v.literal(0), v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000))]),
    /** Begins at this hour's normal life instead of now, seconds after the city's midnight; without edits it is only shown. */
    atS: v.optional(clockTime),
    ...beginning,
  }),
  v.check(({ edits, atS }) => edits.length > 0 || atS !== undefined, 'an edit, or an hour to show (atS)'),
)
export const startEnsembleSchema = v.strictObject({
  edits: v.pipe(v.array(editSchema), v.minLength(1), v.maxLength(200)),
  horizonS,
  members: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)),
  atS: v.optional(clockTime),
  ...beginning,
})
/** Without edits: what an answer needs is made ahead. */
export const askPreliminarySchema = v.strictObject({
  edits: v.pipe(v.array(editSchema), v.maxLength(200)),
  horizonS,
  atS: v.optional(clockTime),
})
export const saveScenarioSchema = v.strictObject({
  clientId,
  name: wordsUpTo(120),
  edits: v.pipe(v.array(editSchema), v.minLength(1), v.maxLength(200)),
  horizonS,
})
export const commentSchema = v.strictObject({
  clientId,
  /** `id` is the clientId of what is commented on. */
  subject: v.strictObject({ kind: v.picklist(['request', 'scenario']), id: v.pipe(v.string(), v.uuid()) }),
  text: wordsUpTo(2000),
  /** BCP 47, as in `es-UY`. */
  language: v.pipe(v.string(), v.maxLength(35), v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/)),
})
export const acknowledgeSchema = v.strictObject({
  clientId,
  /** Name of an event or an alarm, as in `alarm:customersOut`. */
  what: v.pipe(v.string(), v.regex(/^[\w:.-]{1,128}$/)),
  who: wordsUpTo(80),
})
const alarmWords = {
  clientId,
  /** Its number in the run, and what it is about: in another run the number is of another. */
  alarm: v.pipe(word, v.minValue(1)),
  kind: v.picklist(alarmKinds.map(({ id }) => id)),
  source: word,
  who: wordsUpTo(80),
}
/** What an operator does about an alarm. */
export const handleAlarmSchema = v.variant('act', [
  v.strictObject({ act: v.literal('acknowledge'), ...alarmWords }),
  v.strictObject({
    act: v.literal('shelve'),
    ...alarmWords,
    forS: v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(MOST_SHELVED_S)),
    reason: wordsUpTo(200),
  }),
  v.strictObject({ act: v.literal('unshelve'), ...alarmWords }),
])
/** Something fails in the live city for a while, where all of it is simulated; or what has failed comes back now. */
export const exerciseSchema = v.variant('act', [
  v.strictObject({
    act: v.literal('start'),
    failure: v.variant('kind', [
      v.strictObject({ kind: v.literal('setBreakerOpen'), breaker: index, isOpen: v.literal(true) }),
      v.strictObject({
        kind: v.literal('setSubstationInService'),
        substation: index,
        isInService: v.literal(false),
      }),
    ]),
    forS: v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(4 * 3600)),
  }),
  v.strictObject({ act: v.literal('end') }),
])
/** A scenario that is told to everyone: what may be asked is fixed, but for the place and the hour. */
export const playStorySchema = v.variant('kind', [
  /** A substation fails; without `atS`, now. */
  v.strictObject({ kind: v.literal('blackout'), substation: index, atS: v.optional(clockTime) }),
  /** The normal life of an hour, without any edit. */
  v.strictObject({ kind: v.literal('hour'), atS: clockTime }),
])
export const stopScenarioSchema = v.strictObject({ id: streamName })

export type View = v.InferOutput<typeof viewSchema>
export type FileRequest = v.InferOutput<typeof fileRequestSchema>
export type Comment = v.InferOutput<typeof commentSchema>
export type Acknowledge = v.InferOutput<typeof acknowledgeSchema>
export type HandleAlarm = v.InferOutput<typeof handleAlarmSchema>
export type ExerciseAct = v.InferOutput<typeof exerciseSchema>
export type SaveScenario = v.InferOutput<typeof saveScenarioSchema>
export type StartEnsemble = v.InferOutput<typeof startEnsembleSchema>
export type AskPreliminary = v.InferOutput<typeof askPreliminarySchema>
export type StartScenario = v.InferOutput<typeof startScenarioSchema>

export type PlayStory = v.InferOutput<typeof playStorySchema>

export interface ServerToClient {
  welcome: (message: Welcome) => void
  /** One message of bytes: an envelope of `envelope.ts` round a frame of `frame.ts`, deflated (raw). */
  frame: (bytes: Uint8Array) => void
  scenario: (message: ScenarioState) => void
  ensemble: (message: EnsembleState) => void
  drill: (message: DrillState) => void
  response: (message: ResponseState) => void
  /** To the screens of a wall: what it shows from now on. */
  wall: (show: WallShow) => void
  /** To all walls: a person's report was kept, and comes with one of the next frames. */
  reported: (report: WallReport) => void
  /** Some desk has done something: who shows incidents, reports or shifts asks anew. */
  desk: (message: DeskNews) => void
}

export interface DeskNews {
  readonly kind: DeskAct['kind']
}

/** What a viewer is sent of what it asked to see. */
export interface Granted {
  /** Names the parts; 0 is the whole city. To be said with `had`. */
  readonly view: number
  /** 'noStreets' is everything but streets and vehicles. */
  readonly detail: 'whole' | 'vehicles' | 'streets' | 'overview' | 'noStreets'
}

/** What a stream is called in envelopes, whether it goes on from what was had, and the host's monotonic clock at the answer. */
export interface Subscribed extends Granted {
  readonly id: number
  readonly isContinued: boolean
  /** Milliseconds between two acks. */
  readonly ackMs: number
  readonly nowMs: number
}

export interface ClientToServer {
  subscribe: (
    message: v.InferOutput<typeof subscribeSchema>,
    reply: (reply: Reply<Subscribed>) => void,
  ) => void
  unsubscribe: (message: v.InferOutput<typeof unsubscribeSchema>, reply: (reply: Reply) => void) => void
  look: (message: v.InferOutput<typeof lookSchema>, reply: (reply: Reply<Granted>) => void) => void
  /** What the host's monotonic clock says; asked now and then, to tell how old what comes is. */
  clock: (
    message: v.InferOutput<typeof clockSchema>,
    reply: (reply: Reply<{ nowMs: number }>) => void,
  ) => void
  /** Said once a second at most, of the last frame drawn; a page that has not acked is left out, then given a keyframe. */
  ack: (message: v.InferOutput<typeof ackSchema>) => void
  fileRequest: (message: FileRequest, reply: (reply: Reply<{ request: number }>) => void) => void
  comment: (message: Comment, reply: (reply: Reply<{ filedMs: number }>) => void) => void
  acknowledge: (message: Acknowledge, reply: (reply: Reply<{ atMs: number }>) => void) => void
  handleAlarm: (message: HandleAlarm, reply: (reply: Reply<{ atMs: number }>) => void) => void
  /** What a desk does about an incident, a person's report or the change of shift. */
  actAtDesk: (message: DeskAct, reply: (reply: Reply<{ atMs: number }>) => void) => void
  /** Answered with the city's time at which what failed comes back; 0 when it is ended. */
  exercise: (message: ExerciseAct, reply: (reply: Reply<{ untilMs: number }>) => void) => void
  saveScenario: (message: SaveScenario, reply: (reply: Reply<{ savedMs: number }>) => void) => void
  startScenario: (message: StartScenario, reply: (reply: Reply<{ id: string }>) => void) => void
  startEnsemble: (message: StartEnsemble, reply: (reply: Reply<{ id: string }>) => void) => void
  stopEnsemble: (message: v.InferOutput<typeof stopScenarioSchema>, reply: (reply: Reply) => void) => void
  /** Answered when the answer is there; without one when the page has asked something else before. */
  askPreliminary: (message: AskPreliminary, reply: (reply: Reply<{ answer?: Preliminary }>) => void) => void
  ensemblePlaces: (
    message: v.InferOutput<typeof stopScenarioSchema>,
    reply: (reply: Reply<EnsemblePlaces>) => void,
  ) => void
  /** A drill: begun, played, stopped, or its file played again; answered with its id. */
  drill: (message: DrillMessage, reply: (reply: Reply<{ id: string }>) => void) => void
  /** Plans for an incident: run and ranked, or stopped; answered with their id. */
  respond: (message: Respond, reply: (reply: Reply<{ id: string }>) => void) => void
  playStory: (message: PlayStory, reply: (reply: Reply<{ id: string }>) => void) => void
  stopScenario: (message: v.InferOutput<typeof stopScenarioSchema>, reply: (reply: Reply) => void) => void
  /** A screen is on; the answer says what its wall shows, `wall` what changes. */
  joinWall: (message: JoinWall, reply: (reply: Reply<{ show: WallShow }>) => void) => void
  steerWall: (message: SteerWall, reply: (reply: Reply) => void) => void
  touchWall: (message: TouchWall, reply: (reply: Reply) => void) => void
  listWalls: (message: object, reply: (reply: Reply<{ walls: readonly WallFacts[] }>) => void) => void
}

/** Text that says something. */
function wordsUpTo(letters: number) {
  return v.pipe(v.string(), v.maxLength(letters), v.regex(/\S/))
}

/** The message, or why it is refused: where, what came and what was due. */
export function checkMessage<T>(
  schema: v.GenericSchema<unknown, T>,
  message: unknown,
): { value: T } | { error: string } {
  const result = v.safeParse(schema, message)
  if (result.success) return { value: result.output }
  const [issue] = result.issues
  return {
    error: `${v.getDotPath(issue) ?? 'message'}: got ${issue.received}, expected ${issue.expected ?? issue.message}`,
  }
}
