/** Where a page's twin comes from. A socket, a worker or a recording meets this one interface; nobody else knows which it is. */
import type { FrameDecoder } from '../../twin/protocol/frame.ts'
import type { DeskAct } from '../../twin/protocol/deskMessages.ts'
import type { DrillMessage, DrillState } from '../../twin/protocol/drillMessages.ts'
import type { Respond, ResponseState } from '../../twin/protocol/responseMessages.ts'
import type { PastSource } from './pastSource.ts'
import type { WallLine } from './wallLine.ts'
import type {
  Comment,
  ExerciseAct,
  FileRequest,
  Granted,
  HandleAlarm,
  PlayStory,
  Reply,
  ScenarioState,
  AskPreliminary,
  EnsemblePlaces,
  EnsembleState,
  Preliminary,
  StartEnsemble,
  StartScenario,
  View,
  Welcome,
} from '../../twin/protocol/messages.ts'

/** The stream of recorded moments, of a source that has a past. */
export const REPLAY = 'replay'

/** What a source is doing that lets the streets of its city fill before the first frame. */
export const SETTLING = 'settling'

/** The state of the line itself; whether frames still come over it is the mirror's business. */
export type SourceStatus =
  | { readonly state: 'connecting' }
  | { readonly state: 'open' }
  /** Open, but nothing was heard when something was due. */
  | { readonly state: 'silent' }
  | { readonly state: 'lost' }
  /** The server speaks another protocol or schema than this page: only a reload helps. */
  | { readonly state: 'outdated'; readonly why: string }

/** The error of a reply that never came: nobody has refused, and asking again is right. */
export const NO_ANSWER = 'The server did not answer in time.'

/** What takes frames in: whole ones, or bundles of parts. */
export type Decoder = Pick<
  FrameDecoder,
  'tables' | 'tick' | 'changedRows' | 'tableBytes' | 'stateHash' | 'apply'
>

/** What comes with a frame. */
export interface FrameFacts {
  readonly seq: number
  /** Of the tables once the frame is taken in; undefined when this frame has none. */
  readonly stateHash: number | undefined
  /** When its state was taken, on the page's clock (`performance.now`). */
  readonly cutAtMs: number
  /** Makes what takes this frame in, when it is a bundle of parts; undefined for a whole one. */
  readonly partDecoder?: (() => Decoder) | undefined
  /** Bytes on the line. */
  readonly wireBytes: number
}

export interface SourceListener {
  status?(status: SourceStatus): void
  welcome?(welcome: Welcome): void
  /** How far a source is with what it does (`SETTLING`) before the first frame, 0 to 1. */
  loading?(doing: string, share: number): void
  scenario?(scenario: ScenarioState): void
  ensemble?(ensemble: EnsembleState): void
  drill?(drill: DrillState): void
  response?(response: ResponseState): void
  /** Some desk has done something. */
  desk?(): void
  /** How much of `stream` comes from now on. */
  granted?(stream: string, detail: Granted['detail']): void
  /** The host has no such stream, or no more. */
  gone?(stream: string): void
  /** The next frame of `stream` does not follow the one before: another moment is shown, of a run that began at `startMs`. */
  jump?(stream: string, run: { readonly startMs: number; readonly utcOffsetS: number }): void
  /** One inflated frame, in order. False says that what is had cannot be trusted: the source then fetches a keyframe. */
  frame(stream: string, bytes: Uint8Array, facts: FrameFacts): boolean
}

export interface FrameSource {
  /** Opens the line. Called once. */
  open(listener: SourceListener): void
  /** Begins (or begins anew, with a keyframe) one stream: 'live', '<scenario>' or '<scenario>.base'. */
  watch(stream: string): void
  unwatch(stream: string): void
  /** Says what of a stream is looked at; undefined is all of it. What comes may be more. */
  look?(stream: string, view: View | undefined): void
  /** Says that a frame is drawn, so that more may come. */
  drawn(stream: string, seq: number): void
  fileRequest(request: FileRequest): Promise<Reply<{ request: number }>>
  /** Says when it was first kept. */
  comment(comment: Comment): Promise<Reply<{ filedMs: number }>>
  handleAlarm(act: HandleAlarm): Promise<Reply<{ atMs: number }>>
  actAtDesk(act: DeskAct): Promise<Reply<{ atMs: number }>>
  exercise(act: ExerciseAct): Promise<Reply<{ untilMs: number }>>
  startScenario(scenario: StartScenario): Promise<Reply<{ id: string }>>
  startEnsemble(ensemble: StartEnsemble): Promise<Reply<{ id: string }>>
  stopEnsemble(id: string): Promise<Reply>
  askPreliminary(asked: AskPreliminary): Promise<Reply<{ answer?: Preliminary }>>
  ensemblePlaces(id: string): Promise<Reply<EnsemblePlaces>>
  respond(message: Respond): Promise<Reply<{ id: string }>>
  /** Answered with the drill's id, also by a source without a server. */
  drill(message: DrillMessage): Promise<Reply<{ id: string }>>
  playStory(story: PlayStory): Promise<Reply<{ id: string }>>
  stopScenario(id: string): Promise<Reply>
  /** Recorded moments, shown as the stream `REPLAY`; undefined where nothing is recorded. */
  readonly past?: PastSource
  /** To the walls, of a source that has a server. */
  readonly walls?: WallLine
  close(): void
}
