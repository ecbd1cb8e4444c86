/**
 * Records what the live stream sends: every frame exactly as it was sent, a keyframe every half minute of the
 * city, and what the index needs. A disk that takes nothing is said, tried again every ten seconds and
 * marked as a gap; the stream itself never waits for the disk.
 */
import { randomUUID } from 'node:crypto'
import type { eventTable } from '../../twin/events.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import type { Table } from '../../twin/kernel/table.ts'
import type { indicatorTable } from '../../twin/objectives/tables.ts'
import { writeMoment } from '../../twin/protocol/recording.ts'
import { WrongHead, type Log } from './log/log.ts'
import { NewEvents } from './newEvents.ts'
import { entryBytes, type IndexEntry } from './recordIndex.ts'

/** Thirty deltas cost a page about as much to take in as a keyframe does; closer together, the day would be larger for little. */
const KEYFRAME_EVERY_MS = 30_000
const VALUES_EVERY_MS = 10_000
/** A fast run passes a minute of the city at every frame; its keyframes are this far apart on the wall clock. */
const LEAST_MS = 10_000
const TRY_AGAIN_MS = 10_000
/** One comes with the last frame before a half minute; one that is early by so little is that half minute's. */
const EARLY_MS = 2000
const COMPLAIN_EVERY_MS = 60_000
/** Appends under way at once; beyond it the disk is too slow and counts as failing. */
const MAX_WAITING = 120

export interface RecordedFrame {
  readonly tick: number
  readonly isKeyframe: boolean
  readonly bytes: ArrayBuffer
}

export interface RunOfFrames {
  readonly startMs: number
  readonly utcOffsetS: number
}

export interface RecorderOptions {
  readonly frames: Log
  readonly index: Log
  /** Number of the last run recorded so far. */
  readonly lastRun: number
  readonly schemaHash: number
  readonly log: (line: string) => void
  /** Wall clock, milliseconds. */
  readonly nowMs: () => number
}

export type RecorderState =
  | { readonly state: 'recording' }
  /** Nothing is recorded at present; it is tried again. */
  | { readonly state: 'failing'; readonly why: string; readonly sinceMs: number }
  /** Another server records to the same place; this one has stopped. */
  | { readonly state: 'displaced'; readonly why: string }

export class Recorder {
  state: RecorderState = { state: 'recording' }
  /** Bytes of frames recorded since the start. */
  bytes = 0
  private readonly options: RecorderOptions
  private heads: { frames: number; index: number } | undefined
  private facts: (RunOfFrames & { run: number }) | undefined
  private run: number
  /** Times of the last keyframe; undefined while a delta would follow nothing. */
  private keyframeAt: { cityMs: number; wallMs: number } | undefined
  /** Counts keyframes: when one frame could not be kept, the deltas that were to follow it are let go. */
  private chain = 0
  private brokenChain = 0
  /** The run that the index has been told of. */
  private toldRun = 0
  private valuesAtMs = -Infinity
  private keptToMs: number | undefined
  private lostFromMs: number | undefined
  private triedAtMs = -Infinity
  private complainedAtMs = -Infinity
  private waiting = 0
  private busy: Promise<void> = Promise.resolve()
  private events = new NewEvents()

  constructor(options: RecorderOptions) {
    this.options = options
    this.run = options.lastRun
  }

  /** Takes the frame that was just sent. A frame that is a keyframe by itself begins a run. */
  frame(frame: RecordedFrame, facts: RunOfFrames): void {
    if (this.state.state === 'displaced') return
    if (frame.isKeyframe) this.beginRun(facts)
    if (this.facts === undefined) return
    const cityMs = timeOf(this.facts, frame.tick)
    const wallMs = this.options.nowMs()
    if (frame.isKeyframe) this.startChain(frame, cityMs, wallMs)
    else if (this.keyframeAt !== undefined) this.keep(frame, cityMs, wallMs)
  }

  /** Takes a keyframe, as the source makes them from time to time; one is kept when it is due. */
  keyframe(frame: RecordedFrame): void {
    if (this.facts === undefined || this.state.state === 'displaced') return
    const cityMs = timeOf(this.facts, frame.tick)
    const wallMs = this.options.nowMs()
    if (!this.isDue(cityMs, wallMs)) return
    if (this.keyframeAt === undefined && Math.abs(wallMs - this.triedAtMs) < TRY_AGAIN_MS) return
    this.triedAtMs = wallMs
    this.startChain({ ...frame, isKeyframe: true }, cityMs, wallMs)
  }

  /** Notes what the tables say now: new events, and the indicators every ten seconds. */
  note(
    events: Table<typeof eventTable.columns>,
    values: Table<typeof indicatorTable.columns>,
    tick: number,
  ): void {
    const { facts } = this
    if (facts === undefined || this.keyframeAt === undefined) return
    const { run } = facts
    const fresh = this.events.take(events, (at) => timeOf(facts, at))
    if (fresh.length > 0) this.inTurn(() => this.tell({ kind: 'events', run, events: fresh }))
    const cityMs = timeOf(facts, tick)
    if (cityMs - this.valuesAtMs < VALUES_EVERY_MS) return
    this.valuesAtMs = cityMs
    const column = Array.from(values.columns.value, (value) => Number(value.toPrecision(6)))
    this.inTurn(() => this.tell({ kind: 'values', run, cityMs, values: column }))
  }

  /** Resolves when all that was given so far is kept, or has failed to be. */
  settled(): Promise<void> {
    return this.busy
  }

  private beginRun({ startMs, utcOffsetS }: RunOfFrames): void {
    this.facts = { run: ++this.run, startMs, utcOffsetS }
    this.keptToMs = undefined
    this.lostFromMs = undefined
    this.valuesAtMs = -Infinity
    this.events = new NewEvents()
  }

  private isDue(cityMs: number, wallMs: number): boolean {
    const last = this.keyframeAt
    if (last === undefined) return true
    const sinceMs = Math.abs(wallMs - last.wallMs)
    if (sinceMs >= KEYFRAME_EVERY_MS - EARLY_MS) return true
    return sinceMs >= LEAST_MS && halfMinuteOf(cityMs) !== halfMinuteOf(last.cityMs)
  }

  private startChain(frame: RecordedFrame, cityMs: number, wallMs: number): void {
    this.keyframeAt = { cityMs, wallMs }
    this.chain++
    this.keep(frame, cityMs, wallMs)
  }

  private keep(frame: RecordedFrame, cityMs: number, wallMs: number): void {
    const { facts } = this
    if (facts === undefined) return
    const { isKeyframe, tick } = frame
    // others have these bytes too; nobody writes to them
    const moment = { isKeyframe, run: facts.run, tick, cityMs, wallMs, frame: new Uint8Array(frame.bytes) }
    this.inTurn(async (heads) => {
      const bytes = writeMoment(moment)
      await this.options.frames.append(heads.frames + 1, bytes, heads.frames)
      heads.frames++
      this.bytes += bytes.length
      if (isKeyframe) await this.tellKeyframe(facts, heads.frames, cityMs)
      this.keptToMs = cityMs
    })
  }

  private async tellKeyframe(
    facts: RunOfFrames & { run: number },
    seq: number,
    cityMs: number,
  ): Promise<void> {
    const { run } = facts
    if (this.toldRun !== run)
      await this.tell({
        kind: 'run',
        ...facts,
        id: randomUUID().slice(0, 8),
        schemaHash: this.options.schemaHash,
      })
    this.toldRun = run
    await this.tell({ kind: 'keyframe', run, seq, cityMs })
    const { lostFromMs } = this
    this.lostFromMs = undefined
    if (this.state.state === 'failing') {
      this.state = { state: 'recording' }
      this.options.log('The recording goes on.')
      if (lostFromMs !== undefined) await this.tell({ kind: 'lost', run, fromMs: lostFromMs, toMs: cityMs })
    }
  }

  private async tell(entry: IndexEntry): Promise<void> {
    if (this.heads === undefined) return
    await this.options.index.append(this.heads.index + 1, entryBytes(entry), this.heads.index)
    this.heads.index++
  }

  /** One after another, without keeping the caller; what follows a frame that could not be kept is let go. */
  private inTurn(work: (heads: { frames: number; index: number }) => Promise<void>): void {
    const { chain } = this
    if (this.waiting >= MAX_WAITING) return this.failed(new Error('the disk is too slow'), chain)
    this.waiting++
    this.busy = this.busy.then(async () => {
      try {
        this.heads ??= { frames: await this.options.frames.head(), index: await this.options.index.head() }
        if (this.state.state !== 'displaced' && chain > this.brokenChain) await work(this.heads)
      } catch (error) {
        this.failed(error as Error, chain)
      } finally {
        this.waiting--
      }
    })
  }

  private failed(error: Error, chain: number): void {
    this.brokenChain = Math.max(this.brokenChain, chain)
    // the next thing that is kept is a keyframe
    if (chain === this.chain) this.keyframeAt = undefined
    this.lostFromMs ??= this.keptToMs
    if (error instanceof WrongHead) {
      this.state = { state: 'displaced', why: error.message }
      this.options.log(`Another server records to the same folder; this one has stopped. (${error.message})`)
      return
    }
    const nowMs = this.options.nowMs()
    const sinceMs = this.state.state === 'failing' ? this.state.sinceMs : nowMs
    this.state = { state: 'failing', why: error.message, sinceMs }
    if (Math.abs(nowMs - this.complainedAtMs) < COMPLAIN_EVERY_MS) return
    this.complainedAtMs = nowMs
    this.options.log(
      `Nothing is being recorded: ${error.message}. The city goes on; it is tried again every 10 s.`,
    )
  }
}

function timeOf({ startMs }: RunOfFrames, tick: number): number {
  return startMs + tick * (1000 / TICKS_PER_S)
}

function halfMinuteOf(cityMs: number): number {
  return Math.floor((cityMs + EARLY_MS) / KEYFRAME_EVERY_MS)
}
