/**
 * Closures that feeds tell close the streets they lie on. A street stays closed while the event is told and in force, and is open again
 * when it ends, is told no more, or the feed is older than may be relied on. The twin decides whose word stands where an operator has
 * spoken. Looking is bounded: a feed of thousands of closures is matched a few ms at a time.
 */
import type { Command } from '../../../twin/commands.ts'
import type { ClosuresTold } from '../../../twin/protocol/feedMessages.ts'
import type { RoadEvent } from '../content.ts'
import type { FeedDeclaration } from '../declaration.ts'
import { isUsable, type FeedStanding } from '../feedState.ts'
import type { ReadDone } from '../readerMessages.ts'
import { closuresTold } from './closuresTold.ts'
import type { StreetMatch } from './streetMatch.ts'

/** Of one reading so many closures are taken, and of one feed so many links may be closed: no feed closes a whole city. */
const MOST_EVENTS = 2000
export const MOST_LINKS = 1500
/** Ms of one look that may be spent on matching; the rest waits for the next. */
const MATCH_MS = 8

export interface ClosureFeed {
  readonly declaration: Pick<FeedDeclaration, 'id' | 'freshnessS'>
  readonly reading: Pick<ReadDone, 'content'> | undefined
  standing(): Pick<FeedStanding, 'ageS'>
}

export interface ClosureHost {
  /** Undefined until the city is there. */
  match(): StreetMatch | undefined
  command(command: Command): Promise<number>
  /** Of the twin; below 0 before its first frame. */
  tick(): number
  nowMs(): number
}

/** One closure of a feed's last reading. */
export interface Entry {
  readonly event: RoadEvent
  /** Undefined while it waits to be matched. */
  links: readonly number[] | undefined
  /** Since which tick it is in force; undefined while it is not. */
  saidTick: number | undefined
}

interface Taken {
  readonly content: object
  readonly entries: ReadonlyMap<string, Entry>
  readonly tooMany: number
}

interface Said {
  readonly saidTick: number
  /** Wall time. */
  readonly atMs: number
}

export class Closures {
  private readonly feeds: readonly ClosureFeed[]
  private readonly host: ClosureHost
  private readonly taken = new Map<string, Taken>()
  /** By link, what this run of the twin was told is closed. */
  private readonly closed = new Map<number, Said>()
  /** By link, when it was opened again: a state of before knows nothing of it. */
  private readonly opened = new Map<number, Said>()

  constructor(feeds: readonly ClosureFeed[], host: ClosureHost) {
    this.feeds = feeds
    this.host = host
  }

  /** A run of the twin has begun: anew, or from a state of `savedAtMs`, wall time; what was said since is said again. */
  running(savedAtMs: number | undefined): void {
    if (savedAtMs === undefined) {
      this.closed.clear()
      this.opened.clear()
      for (const { entries } of this.taken.values())
        for (const entry of entries.values()) entry.saidTick = undefined
      return
    }
    for (const [link, { atMs }] of this.closed) if (atMs >= savedAtMs) this.closed.delete(link)
    for (const [link, said] of this.opened) if (said.atMs >= savedAtMs) this.closed.set(link, said)
    this.opened.clear()
  }

  /** After each frame. */
  look(): void {
    if (this.host.tick() < 0) return
    for (const feed of this.feeds) this.take(feed)
    this.matchSome()
    this.say(this.wanted())
  }

  told(feedId: string): ClosuresTold | undefined {
    const taken = this.taken.get(feedId)
    return taken && closuresTold([...taken.entries.values()], taken.tooMany)
  }

  /** A reading that is new; closures that were told before keep their links and the tick they were first in force. */
  private take({ declaration: { id }, reading }: ClosureFeed): void {
    const events = reading?.content.roadEvents
    if (reading === undefined || events === undefined) return
    const before = this.taken.get(id)
    if (before?.content === reading.content) return
    const closures = events.filter(({ isClosed }) => isClosed)
    const entries = new Map<string, Entry>()
    for (const event of closures.slice(0, MOST_EVENTS)) {
      const known = before?.entries.get(event.id)
      const isSame = known !== undefined && isSamePlace(known.event, event)
      entries.set(event.id, {
        event,
        links: isSame ? known.links : undefined,
        saidTick: known?.saidTick,
      })
    }
    this.taken.set(id, {
      content: reading.content,
      entries,
      tooMany: Math.max(0, closures.length - MOST_EVENTS),
    })
  }

  private matchSome(): void {
    const untilMs = performance.now() + MATCH_MS
    for (const { entries } of this.taken.values()) {
      for (const entry of entries.values()) {
        if (entry.links !== undefined) continue
        // made when something is to be matched, and not before
        const match = this.host.match()
        if (match === undefined) return
        entry.links = match(entry.event)
        if (performance.now() > untilMs) return
      }
    }
  }

  /** By link, since when it is to be closed; the earliest of several. */
  private wanted(): Map<number, number> {
    const nowMs = this.host.nowMs()
    const tick = this.host.tick()
    const wanted = new Map<number, number>()
    for (const feed of this.feeds) {
      const { id, freshnessS } = feed.declaration
      const { entries } = this.taken.get(id) ?? {}
      if (entries === undefined) continue
      const isHeard = isUsable(feed.standing().ageS, freshnessS)
      const ofFeed = new Set<number>()
      for (const entry of entries.values()) {
        // an event that is told again after its feed was away is the same event
        entry.saidTick = isInForce(entry.event, nowMs) ? (entry.saidTick ?? tick) : undefined
        if (!isHeard || entry.saidTick === undefined) continue
        for (const link of entry.links ?? []) {
          if (ofFeed.size >= MOST_LINKS && !ofFeed.has(link)) continue
          ofFeed.add(link)
          wanted.set(link, Math.min(wanted.get(link) ?? Infinity, entry.saidTick))
        }
      }
    }
    return wanted
  }

  private say(wanted: ReadonlyMap<number, number>): void {
    const atMs = this.host.nowMs()
    for (const [link, saidTick] of wanted) {
      if (this.closed.has(link)) continue
      this.closed.set(link, { saidTick, atMs })
      this.opened.delete(link)
      // between two lives of the twin's thread: the next frame comes
      this.tell(link, true, saidTick).catch(() => this.closed.delete(link))
    }
    for (const [link, said] of this.closed) {
      if (wanted.has(link)) continue
      this.closed.delete(link)
      this.opened.set(link, { ...said, atMs })
      this.tell(link, false, said.saidTick).catch(() => this.closed.set(link, said))
    }
  }

  private tell(link: number, isClosed: boolean, saidTick: number): Promise<number> {
    return this.host.command({ kind: 'observeLinkClosed', link, isClosed, saidTick })
  }
}

function isInForce({ fromMs, untilMs }: RoadEvent, nowMs: number): boolean {
  return !(fromMs > nowMs) && !(untilMs <= nowMs)
}

function isSamePlace(a: RoadEvent, b: RoadEvent): boolean {
  return a.roadName === b.roadName && JSON.stringify(a.path) === JSON.stringify(b.path)
}
