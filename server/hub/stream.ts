/**
 * One stream of frames and who watches it. Each frame is put in its envelope and framed once, and kept for the next minutes: a
 * viewer that comes or comes back gets what it lacks, or the newest keyframe and the changes since, in the same turn in
 * which it is entered among those who get every frame from then on. Nothing can fall between.
 *
 * A viewer that has not acked its last few frames, or whose connection does not take them, is left out, and is brought to the
 * present once it has acked all it was sent. So nobody is ever shown an old picture as new, and nobody slow costs memory.
 *
 * Walls of the whole city are written to first, at once; the crowd in cohorts spread over the time until the next frame.
 */
import {
  ENVELOPE_BYTES,
  writeEnvelope,
  type EnvelopeKind,
  type Position,
} from '../../twin/protocol/envelope.ts'
import type { Granted, View } from '../../twin/protocol/messages.ts'
import { WholeFeed, type Entry, type Feed } from './feed.ts'
import { framedFrom, headBytes, type HubSocket, Line } from './line.ts'
import { ViewFeed, Views, type PartSource } from './views.ts'

/** What a source cut: a delta that follows the one before, or everything. */
export interface Cut {
  readonly bytes: ArrayBuffer
  /** Of who has taken it in; undefined when it was not worked out for this one. */
  readonly stateHash?: number | undefined
}

// How long a frame may be on its way to a viewer before it is left out, beyond what passes between two acks, milliseconds.
const MOST_IN_FLIGHT_MS = 2500
// Bytes that may wait in this process for one viewer.
const MOST_WAITING_BYTES = 64 * 1024
/** A wall to which nothing was said for so long hears a beat, milliseconds. */
export const WALL_QUIET_MS = 200
/** Viewers of the crowd written to in one go. */
export const COHORT = 500
// Between two cohorts at most, milliseconds: about twice what writing to one takes, so that walls and doors are not kept waiting.
const SLOT_MS = 20
// Of the time between two frames, what all cohorts together may take.
const SPREAD = 0.8
// A viewer that is served every so often may be served so much sooner, so that a frame's jitter does not cost it a frame.
const EARLY_MS = 100

/** Between two cohorts of so many viewers, so that all are served before the next frame, milliseconds. */
export function slotMs(viewers: number, betweenFramesMs: number): number {
  return Math.min(SLOT_MS, (SPREAD * betweenFramesMs * COHORT) / viewers)
}

/** What a viewer is sent of a stream, and how often at most. */
export interface Look {
  readonly feed: Feed
  readonly everyMs: number
}

interface Viewer {
  readonly line: Line
  readonly isFirst: boolean
  look: Look
  /** Of the last frame written to it, and of the last it said it has. */
  sentSeq: number
  ackedSeq: number
  /** It was told to ack so often. */
  readonly ackMs: number
  servedAtMs: number
  isBehind: boolean
  /** It may still stand in a cohort whose slot is to come. */
  isGone: boolean
}

export class Stream {
  readonly name: string
  /** Its number in envelopes. */
  readonly id: number
  /** Times a viewer that had fallen behind was brought to the present. */
  caughtUp = 0
  /** The crowd hears something, and acks, so often at least, milliseconds. */
  nextMs = 250
  ackMs = 1000
  /** A viewer of the crowd to whom nothing was said for so long hears a beat, milliseconds. */
  crowdQuietMs = WALL_QUIET_MS
  private epoch = 0
  private seq = -1
  private readonly whole = new WholeFeed()
  private views: Views | undefined
  private readonly newEpoch: () => number
  private readonly viewers = new Map<string, Viewer>()
  /** Those of them that are written to first. */
  private readonly walls = new Set<Viewer>()
  private lastFrameMs = -Infinity
  private readonly timers = new Set<NodeJS.Timeout>()

  /** `newEpoch` gives a number no earlier stream of this name had. */
  constructor(name: string, id: number, newEpoch: () => number) {
    this.name = name
    this.id = id
    this.newEpoch = newEpoch
  }

  isWatchedBy(socket: HubSocket): boolean {
    return this.viewers.has(socket.id)
  }

  get size(): number {
    return this.viewers.size
  }

  /** Viewers that are being left out. */
  get behind(): number {
    let count = 0
    for (const viewer of this.viewers.values()) if (viewer.isBehind) count++
    return count
  }

  /** From now on viewers may see parts of it; `source` has taken in the frames so far. */
  cutBy(source: PartSource): void {
    this.views = new Views(source, this.seq, (kind, seq, baseSeq, payload, stateHash) =>
      this.enveloped(kind, seq, baseSeq, false, payload, stateHash, this.cutAtMs(seq)),
    )
  }

  /** What to send to who looks so; goes to `subscribe` or `turn`, which give it back in the end. */
  lookAt(view: View | undefined): Look & Granted {
    const everyMs = view?.maxHz === undefined ? 0 : 1000 / view.maxHz
    const opened = view && this.views?.open(view)
    if (opened === undefined) return { feed: this.whole, everyMs, view: 0, detail: 'whole' }
    return { ...opened, everyMs, view: opened.feed.view }
  }

  /**
   * Enters a viewer and brings it to the present: from what it says it has already where that can be continued, else with a
   * keyframe. Before the first frame it waits for it.
   */
  subscribe(
    socket: HubSocket,
    isFirst: boolean,
    look = this.lookAt(undefined) as Look,
    had?: Position,
  ): void {
    this.unsubscribe(socket)
    const viewer: Viewer = {
      line: new Line(socket),
      isFirst,
      look,
      sentSeq: -1,
      ackedSeq: -1,
      ackMs: this.ackMs,
      servedAtMs: 0,
      isBehind: false,
      isGone: false,
    }
    this.viewers.set(socket.id, viewer)
    if (isFirst) this.walls.add(viewer)
    if (had !== undefined && this.canContinue(had, look)) viewer.sentSeq = had.seq
    this.enter(viewer)
  }

  /** Whether what a viewer has can be brought to the present by changes alone. */
  canContinue(had: Position | undefined, { feed }: Look): boolean {
    if (had === undefined || had.epoch !== this.epoch || (had.view ?? 0) !== feed.view) return false
    return had.seq === this.seq || (had.seq < this.seq && feed.step(had.seq + 1) !== undefined)
  }

  /** A viewer looks elsewhere: it is sent what it lacks, and told what it will hear of no more. */
  turn(socket: HubSocket, look: Look): void {
    const viewer = this.viewers.get(socket.id)
    if (viewer === undefined) {
      this.views?.close(look.feed)
      return
    }
    const from = viewer.look.feed
    const nowMs = performance.now()
    if (!viewer.isBehind && viewer.sentSeq >= 0) this.bringUp(viewer, nowMs)
    viewer.look = look
    if (from !== look.feed && this.seq >= 0) {
      const canTurn = from instanceof ViewFeed && look.feed instanceof ViewFeed && viewer.sentSeq === this.seq
      if (!canTurn) viewer.sentSeq = -1
      else this.give(viewer, look.feed.from(from), nowMs)
      if (!viewer.isBehind) this.enter(viewer)
    }
    this.views?.close(from)
  }

  unsubscribe(socket: HubSocket): void {
    const viewer = this.viewers.get(socket.id)
    if (viewer === undefined) return
    viewer.isGone = true
    this.viewers.delete(socket.id)
    this.walls.delete(viewer)
    this.views?.close(viewer.look.feed)
  }

  /** The viewer has taken in everything up to `seq`. */
  ack(socket: HubSocket, seq: number): void {
    const viewer = this.viewers.get(socket.id)
    if (viewer === undefined) return
    viewer.ackedSeq = Math.max(viewer.ackedSeq, Math.min(seq, viewer.sentSeq))
    if (!viewer.isBehind || viewer.ackedSeq < viewer.sentSeq) return
    viewer.isBehind = false
    this.caughtUp++
    if (viewer.look.feed.isShorterThan(viewer.ackedSeq)) viewer.sentSeq = -1
    this.enter(viewer)
  }

  /** The source's next changes, for all. */
  frame({ bytes, stateHash }: Cut): void {
    const baseSeq = this.seq++
    this.whole.keep(this.enveloped('delta', this.seq, baseSeq, true, new Uint8Array(bytes), stateHash))
    this.serveWalls()
    this.views?.take(this.seq, stateHash !== undefined)
    this.serveCrowd()
  }

  /** Everything as of the last frame: where those begin who come from now on. */
  keyframe({ bytes, stateHash }: Cut): void {
    if (this.seq < 0) return
    const { seq } = this
    this.whole.keyframe(this.enveloped('keyframe', seq, seq, true, new Uint8Array(bytes), stateHash))
  }

  /** The source began anew with everything: what was before is no past of it. */
  restart({ bytes, stateHash }: Cut): void {
    this.epoch = this.newEpoch()
    this.seq = 0
    this.whole.restart(this.enveloped('keyframe', 0, 0, true, new Uint8Array(bytes), stateHash))
    this.views?.restart(0)
    for (const viewer of this.viewers.values()) {
      viewer.sentSeq = -1
      viewer.isBehind = false
      this.enter(viewer)
    }
  }

  /** Says to all who have not heard anything for a while that the line is well. Called every BEAT_MS. */
  beat(nowMs: number): void {
    if (this.seq < 0) return
    const bytes = this.enveloped('beat', this.seq, this.seq, false, new Uint8Array(0), undefined)
    for (const { line, isFirst, isBehind } of this.viewers.values()) {
      const mayBeQuietMs = isFirst ? WALL_QUIET_MS : this.crowdQuietMs
      if (!isBehind && nowMs - line.writtenAtMs >= mayBeQuietMs) line.write(bytes, nowMs)
    }
  }

  /** The source has ended. */
  close(): void {
    for (const timer of this.timers) clearTimeout(timer)
    this.viewers.clear()
    this.walls.clear()
  }

  /** Before the city is cut in parts, which takes its time. */
  private serveWalls(): void {
    const nowMs = performance.now()
    for (const viewer of this.walls) if (viewer.look.feed === this.whole) this.serve(viewer, nowMs)
  }

  /** Cohort by cohort, all before the next frame where frames come evenly. */
  private serveCrowd(): void {
    const crowd = [...this.viewers.values()].filter((viewer) => viewer.sentSeq < this.seq)
    const nowMs = performance.now()
    const everyMs = slotMs(crowd.length, nowMs - this.lastFrameMs)
    this.lastFrameMs = nowMs
    for (let from = 0; from < crowd.length; from += COHORT) {
      const cohort = crowd.slice(from, from + COHORT)
      if (from === 0) this.serveAll(cohort)
      else {
        const timer = setTimeout(
          () => {
            this.timers.delete(timer)
            this.serveAll(cohort)
          },
          (from / COHORT) * everyMs,
        )
        this.timers.add(timer)
      }
    }
  }

  private serveAll(cohort: readonly Viewer[]): void {
    const nowMs = performance.now()
    for (const viewer of cohort) this.serve(viewer, nowMs)
  }

  /** Writes what is new for a viewer that keeps up and whose turn it is. */
  private serve(viewer: Viewer, nowMs: number): void {
    if (viewer.isGone || viewer.isBehind || viewer.sentSeq >= this.seq) return
    const { line, look } = viewer
    if (nowMs - viewer.servedAtMs < look.everyMs - EARLY_MS) return
    const isAllAcked = viewer.ackedSeq >= viewer.sentSeq
    // what is kept no longer was sent long ago
    const inFlightMs = isAllAcked ? 0 : nowMs - (this.whole.step(viewer.ackedSeq + 1)?.atMs ?? 0)
    const isKeepingUp =
      inFlightMs < viewer.ackMs + look.everyMs + MOST_IN_FLIGHT_MS && line.waitingBytes <= MOST_WAITING_BYTES
    if (isKeepingUp) this.bringUp(viewer, nowMs)
    else viewer.isBehind = true
  }

  /** From what it was sent last, or from everything where the changes since are no longer kept, to the head. */
  private bringUp(viewer: Viewer, nowMs: number): void {
    const { feed } = viewer.look
    let at = viewer.sentSeq
    // as nearly always: nothing but the newest
    const newest = at === this.seq - 1 ? feed.step(this.seq) : undefined
    if (newest !== undefined) {
      viewer.servedAtMs = nowMs
      this.give(viewer, newest, nowMs)
      return
    }
    const entries: Entry[] = []
    while (at < this.seq) {
      const next = at < 0 ? undefined : feed.step(at + 1)
      const entry = next ?? feed.begin()
      // nothing to begin with yet, or everything is older than what it has
      if (entry === undefined || entry.seq <= at) break
      if (next === undefined) entries.length = 0
      entries.push(entry)
      at = entry.seq
    }
    if (entries.length === 0) return
    viewer.servedAtMs = nowMs
    viewer.line.together(entries.length, () => {
      for (const entry of entries) this.give(viewer, entry, nowMs)
    })
  }

  /** Brings a viewer to the present in one go, which counts as nothing in flight. */
  private enter(viewer: Viewer): void {
    this.bringUp(viewer, performance.now())
    viewer.ackedSeq = viewer.sentSeq
  }

  private give(viewer: Viewer, entry: Entry, nowMs: number): void {
    viewer.line.write(entry, nowMs)
    viewer.sentSeq = entry.seq
  }

  /** When the state of a frame was taken, however late a bundle of it is put together. */
  private cutAtMs(seq: number): number | undefined {
    return (this.whole.step(seq) ?? this.whole.begin())?.atMs
  }

  private enveloped(
    kind: EnvelopeKind,
    seq: number,
    baseSeq: number,
    isDeflated: boolean,
    payload: Uint8Array,
    stateHash: number | undefined,
    atMs = performance.now(),
  ): Entry {
    const head = headBytes(payload.length + ENVELOPE_BYTES)
    const envelope = writeEnvelope(
      {
        kind,
        isDeflated,
        stream: this.id,
        nextMs: this.nextMs,
        epoch: this.epoch,
        seq,
        baseSeq,
        stateHash,
        cutMs: atMs,
        payload,
      },
      head,
    )
    return { seq, atMs, ...framedFrom(envelope, head) }
  }
}
