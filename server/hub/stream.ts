/**
 * One stream of frames and who watches it. Each frame is put in its envelope and framed once, and kept for the next minutes: a
 * viewer that comes or comes back gets what it lacks, or the newest keyframe and the changes since, in the same turn in
 * which it is entered among those who get every frame from then on. Nothing can fall between.
 *
 * A viewer that has not acked its last few frames, or whose connection does not take them, is left out, and is brought to the
 * present once it has acked all it was sent. So nobody is ever shown an old picture as new, and nobody slow costs memory.
 *
 * Walls are written to first, at once; the crowd in cohorts spread over the time until the next frame.
 */
import {
  ENVELOPE_BYTES,
  writeEnvelope,
  type EnvelopeKind,
  type Position,
} from '../../twin/protocol/envelope.ts'
import { framedFrom, headBytes, type Framed, type HubSocket, Line } from './line.ts'

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
// Frames kept for those who come back, and their bytes at most.
const RING_FRAMES = 600
const RING_BYTES = 64 * 1024 * 1024
/** A wall to which nothing was said for so long hears a beat, milliseconds. */
export const WALL_QUIET_MS = 200
// Viewers written to in one go, and milliseconds between two cohorts.
const COHORT = 4000
const SLOT_MS = 50

interface Viewer {
  readonly line: Line
  readonly isFirst: boolean
  /** Of the last frame written to it, and of the last it said it has. */
  sentSeq: number
  ackedSeq: number
  isBehind: boolean
}

interface Entry extends Framed {
  readonly seq: number
  readonly atMs: number
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
  private key: Entry | undefined
  private ring: Entry[] = []
  private ringBytes = 0
  private readonly newEpoch: () => number
  private readonly viewers = new Map<string, Viewer>()
  private readonly timers = new Set<NodeJS.Timeout>()

  /** `newEpoch` gives a number no earlier stream of this name had. */
  constructor(name: string, id: number, newEpoch: () => number) {
    this.name = name
    this.id = id
    this.newEpoch = newEpoch
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

  /**
   * Enters a viewer and brings it to the present: from what it says it has already where that can be continued, else with a
   * keyframe. Before the first frame it waits for it.
   */
  subscribe(socket: HubSocket, isFirst: boolean, had?: Position): void {
    const viewer: Viewer = { line: new Line(socket), isFirst, sentSeq: -1, ackedSeq: -1, isBehind: false }
    this.viewers.set(socket.id, viewer)
    if (had !== undefined && this.canContinue(had)) viewer.sentSeq = had.seq
    this.enter(viewer)
  }

  /** Whether what a viewer has can be brought to the present by changes alone. */
  canContinue(had: Position | undefined): boolean {
    if (had === undefined || had.epoch !== this.epoch) return false
    const first = this.ring.length > 0 ? this.ring[0].seq : this.seq + 1
    return had.seq >= first - 1 && had.seq <= this.seq
  }

  unsubscribe(socket: HubSocket): void {
    this.viewers.delete(socket.id)
  }

  /** The viewer has taken in everything up to `seq`. */
  ack(socket: HubSocket, seq: number): void {
    const viewer = this.viewers.get(socket.id)
    if (viewer === undefined) return
    viewer.ackedSeq = Math.max(viewer.ackedSeq, Math.min(seq, viewer.sentSeq))
    if (!viewer.isBehind || viewer.ackedSeq < viewer.sentSeq) return
    viewer.isBehind = false
    this.caughtUp++
    // a keyframe where it spares changes
    if (this.key !== undefined && viewer.ackedSeq < this.key.seq) viewer.sentSeq = -1
    this.enter(viewer)
  }

  /** The source's next changes, for all. */
  frame(cut: Cut): void {
    const baseSeq = this.seq++
    this.keep(this.enveloped('delta', baseSeq, cut))
    this.deal()
  }

  /** Everything as of the last frame: where those begin who come from now on. */
  keyframe(cut: Cut): void {
    if (this.seq < 0) return
    this.key = this.enveloped('keyframe', this.seq, cut)
  }

  /** The source began anew with everything: what was before is no past of it. */
  restart(cut: Cut): void {
    this.epoch = this.newEpoch()
    this.seq = 0
    this.ring = []
    this.ringBytes = 0
    this.key = this.enveloped('keyframe', 0, cut)
    for (const viewer of this.viewers.values()) {
      viewer.sentSeq = -1
      viewer.isBehind = false
      this.enter(viewer)
    }
  }

  /** Says to all who have not heard anything for a while that the line is well. Called every BEAT_MS. */
  beat(nowMs: number): void {
    if (this.seq < 0) return
    const bytes = this.enveloped('beat', this.seq, { bytes: new ArrayBuffer(0) })
    for (const { line, isFirst, isBehind } of this.viewers.values()) {
      const mayBeQuietMs = isFirst ? WALL_QUIET_MS : this.crowdQuietMs
      if (!isBehind && nowMs - line.writtenAtMs >= mayBeQuietMs) line.write(bytes, nowMs)
    }
  }

  /** The source has ended. */
  close(): void {
    for (const timer of this.timers) clearTimeout(timer)
    this.viewers.clear()
  }

  private keep(entry: Entry): void {
    this.ring.push(entry)
    this.ringBytes += entry.framed.length
    while (
      this.ring.length > RING_FRAMES ||
      (this.ringBytes > RING_BYTES && this.isBeforeKey(this.ring[0]))
    ) {
      this.ringBytes -= this.ring.shift()!.framed.length
    }
  }

  private isBeforeKey({ seq }: Entry): boolean {
    return this.key !== undefined && seq <= this.key.seq
  }

  /** Walls now, the crowd cohort by cohort. */
  private deal(): void {
    const nowMs = performance.now()
    const crowd: Viewer[] = []
    for (const viewer of this.viewers.values()) {
      if (viewer.isFirst) this.serve(viewer, nowMs)
      else crowd.push(viewer)
    }
    for (let from = 0; from < crowd.length; from += COHORT) {
      const cohort = crowd.slice(from, from + COHORT)
      if (from === 0) this.serveAll(cohort)
      else {
        const timer = setTimeout(
          () => {
            this.timers.delete(timer)
            this.serveAll(cohort)
          },
          (from / COHORT) * SLOT_MS,
        )
        this.timers.add(timer)
      }
    }
  }

  private serveAll(cohort: readonly Viewer[]): void {
    const nowMs = performance.now()
    for (const viewer of cohort) this.serve(viewer, nowMs)
  }

  /** Writes what is new for a viewer that keeps up. */
  private serve(viewer: Viewer, nowMs: number): void {
    if (viewer.isBehind || viewer.sentSeq >= this.seq) return
    const { line } = viewer
    const oldest = this.ring[viewer.ackedSeq + 1 - this.ring[0].seq]
    const inFlightMs = viewer.ackedSeq < viewer.sentSeq && oldest ? nowMs - oldest.atMs : 0
    const isKeepingUp = inFlightMs < this.ackMs + MOST_IN_FLIGHT_MS && line.waitingBytes <= MOST_WAITING_BYTES
    if (isKeepingUp) this.bringUp(viewer, nowMs)
    else viewer.isBehind = true
  }

  /** From what it was sent last, or from the keyframe, to the head. */
  private bringUp(viewer: Viewer, nowMs: number): void {
    if (viewer.sentSeq < 0) {
      if (this.key === undefined) return
      this.give(viewer, this.key, nowMs)
    }
    const first = this.ring.length > 0 ? this.ring[0].seq : 0
    for (let i = Math.max(0, viewer.sentSeq + 1 - first); i < this.ring.length; i++)
      this.give(viewer, this.ring[i], nowMs)
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

  private enveloped(kind: EnvelopeKind, baseSeq: number, { bytes, stateHash }: Cut): Entry {
    const atMs = performance.now()
    const head = headBytes(bytes.byteLength + ENVELOPE_BYTES)
    const envelope = writeEnvelope(
      {
        kind,
        isDeflated: kind !== 'beat',
        stream: this.id,
        nextMs: this.nextMs,
        epoch: this.epoch,
        seq: this.seq,
        baseSeq,
        stateHash,
        cutMs: atMs,
        payload: new Uint8Array(bytes),
      },
      head,
    )
    return { seq: this.seq, atMs, ...framedFrom(envelope, head) }
  }
}
