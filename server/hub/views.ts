/**
 * Viewers that see part of the city. Each part's changes are encoded and deflated once, and kept for who comes back; viewers with
 * equal views share one message, put together once. A part that nobody sees costs nothing.
 */
import type { Granted, View } from '../../twin/protocol/messages.ts'
import { KEYFRAME } from '../../twin/protocol/frame.ts'
import { writeBundle, type Block, type BundleEntry } from '../../twin/protocol/parts.ts'
import { hashText } from '../../twin/kernel/hash.ts'
import type { Entry, Feed } from './feed.ts'

/** The city cut into parts; `cutter.ts` has it. */
export interface PartSource {
  readonly schema: number
  /** Of the last frame taken. */
  readonly tick: number
  /** What was before is no past of what is now. */
  restart(): void
  /** Takes in the next frame; gives the changes of those of the wanted parts that have any. */
  take(wanted: ReadonlySet<number>): ReadonlyMap<number, Block>
  /** Everything of a part as of the last frame taken. */
  whole(part: number): Block
  /** Fingerprint of a part; those of several are summed, modulo 2³². */
  hashOf(part: number): number
  /** What to send to who looks so: the parts, ascending; undefined is the whole city. */
  choose(view: View): { readonly detail: Granted['detail']; readonly parts: readonly number[] } | undefined
}

/** Puts one message of the stream in its envelope. */
export type Wrap = (
  kind: 'keyframe' | 'delta' | 'view',
  seq: number,
  baseSeq: number,
  payload: Uint8Array,
  stateHash: number | undefined,
) => Entry

// Frames kept of a part, and how long after the last who saw it, frames.
const RING_FRAMES = 600
const IDLE_FRAMES = 60
// Steps behind which to begin anew is shorter, roughly.
const MOST_STEPS = 15

interface Part {
  readonly id: number
  feeds: number
  unseenFrames: number
  /** Of the first block kept. */
  firstSeq: number
  readonly blocks: (Block | undefined)[]
  whole: { readonly seq: number; readonly block: Block } | undefined
}

export class Views {
  private readonly source: PartSource
  private readonly wrap: Wrap
  private readonly parts = new Map<number, Part>()
  private readonly feeds = new Map<string, ViewFeed>()
  /** Of the frames kept. */
  private ticks: number[] = []
  private seq: number

  /** `seq` is that of the last frame the source has taken. */
  constructor(source: PartSource, seq: number, wrap: Wrap) {
    this.source = source
    this.seq = seq
    this.wrap = wrap
    source.restart()
    this.ticks = [source.tick]
  }

  /** What who looks so is sent, shared by all who are sent the same; undefined is the whole city. Given back by `close`. */
  open(view: View): { readonly detail: Granted['detail']; readonly feed: Feed } | undefined {
    const chosen = this.source.choose(view)
    if (chosen === undefined) return undefined
    const key = chosen.parts.join()
    let feed = this.feeds.get(key)
    if (feed === undefined) {
      feed = new ViewFeed(this, key, chosen.parts)
      this.feeds.set(key, feed)
      for (const part of chosen.parts) this.partOf(part).feeds++
    }
    feed.viewers++
    return { detail: chosen.detail, feed }
  }

  close(feed: Feed): void {
    if (!(feed instanceof ViewFeed) || --feed.viewers > 0) return
    this.feeds.delete(feed.key)
    for (const part of feed.parts) this.partOf(part).feeds--
  }

  /** The source has a next frame; `isHashed` when receivers are to check what they have. */
  take(seq: number, isHashed: boolean): void {
    const blocks = this.source.take(new Set(this.parts.keys()))
    this.seq = seq
    this.ticks.push(this.source.tick)
    if (this.ticks.length > RING_FRAMES + 1) this.ticks.shift()
    for (const part of this.parts.values()) {
      part.blocks.push(blocks.get(part.id))
      if (part.blocks.length > RING_FRAMES) {
        part.blocks.shift()
        part.firstSeq++
      }
      part.unseenFrames = part.feeds > 0 ? 0 : part.unseenFrames + 1
      if (part.unseenFrames > IDLE_FRAMES) this.parts.delete(part.id)
    }
    for (const feed of this.feeds.values()) feed.isHashed = isHashed
  }

  restart(seq: number): void {
    this.seq = seq
    this.source.restart()
    this.ticks = [this.source.tick]
    for (const part of this.parts.values()) {
      part.blocks.length = 0
      part.firstSeq = seq + 1
      part.whole = undefined
    }
    for (const feed of this.feeds.values()) feed.restart()
  }

  /** Everything of some parts, as of the last frame. */
  begin(parts: readonly number[]): Entry {
    const { seq } = this
    const entries = parts.map((part) => this.wholeOf(part))
    return this.wrap('keyframe', seq, seq, this.bundle(KEYFRAME, entries), this.hashOf(parts))
  }

  /** At the last frame, from some parts to others. */
  turn(from: readonly number[], to: readonly number[]): Entry {
    const gone = from.filter((part) => !to.includes(part)).map((part) => ({ part, kind: 'gone' }) as const)
    const come = to.filter((part) => !from.includes(part)).map((part) => this.wholeOf(part))
    const entries = [...gone, ...come].sort((a, b) => a.part - b.part)
    const { seq, source } = this
    return this.wrap('view', seq, seq, this.bundle(source.tick, entries), this.hashOf(to))
  }

  /** The changes of some parts that lead to frame `seq`; undefined when they are kept no longer. */
  step(parts: readonly number[], seq: number, isHashed: boolean): Entry | undefined {
    const tick = this.tickOf(seq)
    const baseTick = this.tickOf(seq - 1)
    if (tick === undefined || baseTick === undefined) return undefined
    const entries: BundleEntry[] = []
    for (const id of parts) {
      const { firstSeq, blocks } = this.partOf(id)
      if (seq < firstSeq) return undefined
      const block = blocks[seq - firstSeq]
      if (block !== undefined) entries.push({ part: id, kind: 'changes', block })
    }
    const payload = writeBundle(this.source.schema, tick, baseTick, entries)
    const hash = isHashed && seq === this.seq ? this.hashOf(parts) : undefined
    return this.wrap('delta', seq, seq - 1, payload, hash)
  }

  isShorterThan(seq: number): boolean {
    return this.seq - seq > MOST_STEPS
  }

  get head(): number {
    return this.seq
  }

  private bundle(baseTick: number, entries: readonly BundleEntry[]): Uint8Array {
    return writeBundle(this.source.schema, this.source.tick, baseTick, entries)
  }

  private wholeOf(id: number): BundleEntry {
    const part = this.partOf(id)
    if (part.whole?.seq !== this.seq) part.whole = { seq: this.seq, block: this.source.whole(id) }
    return { part: id, kind: 'whole', block: part.whole.block }
  }

  private hashOf(parts: readonly number[]): number {
    return parts.reduce((sum, part) => (sum + this.source.hashOf(part)) >>> 0, 0)
  }

  private tickOf(seq: number): number | undefined {
    return this.ticks[this.ticks.length - 1 - (this.seq - seq)]
  }

  private partOf(id: number): Part {
    let part = this.parts.get(id)
    if (part === undefined) {
      part = { id, feeds: 0, unseenFrames: 0, firstSeq: this.seq + 1, blocks: [], whole: undefined }
      this.parts.set(id, part)
    }
    return part
  }
}

/** What viewers with one view are sent. */
export class ViewFeed implements Feed {
  readonly key: string
  readonly view: number
  readonly parts: readonly number[]
  viewers = 0
  /** Whether receivers check what they have once the last frame is taken in. */
  isHashed = false
  private readonly views: Views
  private newest: Entry | undefined
  private first: Entry | undefined

  constructor(views: Views, key: string, parts: readonly number[]) {
    this.views = views
    this.key = key
    this.parts = parts
    // 0 is the whole city
    this.view = hashText(key) || 1
  }

  /** Numbers begin anew: what was put together before is of another epoch. */
  restart(): void {
    this.first = undefined
    this.newest = undefined
    this.isHashed = false
  }

  begin(): Entry {
    if (this.first?.seq !== this.views.head) this.first = this.views.begin(this.parts)
    return this.first
  }

  /** At the last frame, what a viewer of `before` lacks. */
  from(before: ViewFeed): Entry {
    return this.views.turn(before.parts, this.parts)
  }

  step(seq: number): Entry | undefined {
    if (seq !== this.views.head) return this.views.step(this.parts, seq, false)
    if (this.newest?.seq !== seq) this.newest = this.views.step(this.parts, seq, this.isHashed)
    return this.newest
  }

  isShorterThan(seq: number): boolean {
    return this.views.isShorterThan(seq)
  }
}
