/**
 * Plays the recorded past: one city time that runs at the chosen speed, and the picture of it asked for again and again, one at
 * a time. Everything else on the page follows, since the past is a stream like any other.
 */
import { LIVE } from '../../twin/protocol/names.ts'
import { REPLAY } from '../source/frameSource.ts'
import type { PastSource, PastSpan } from '../source/pastSource.ts'
import { replayLagS, replaySpacingS, type Live } from './live.ts'
import type { ReplayState } from './store.ts'

export const SPEEDS = [1, 10, 60, 600] as const
/** From here on minutes pass within a second, and whole minutes are enough. */
const COARSE_SPEED = 400
const SHIFT_MS = 8 * 3_600_000
const SHIFT_S = 60
/** A shift slows down over its last real seconds before an incident. */
const SLOWING_S = 2
const SLOWEST = 30
/** A picture that takes longer than this is said to be waited for. */
const WAITING_MS = 1000
/** Closer together than this, incidents are one stop. */
const SAME_STOP_MS = 300_000

export interface Stop {
  readonly timeMs: number
}

export class Playback {
  private readonly live: Live
  private readonly past: PastSource
  private span: PastSpan = { parts: [], lost: [] }
  /** Asked for and not yet shown; the newest wish waits behind it. */
  private isAsking = false
  private wish: { isJump: boolean } | undefined
  /** The time whose picture is on the screen. */
  private shownMs: number | undefined
  private timer: ReturnType<typeof setInterval> | undefined
  private lastMs = 0
  /** Incidents that a shift stops at, oldest first; undefined unless one is played. */
  private stops: readonly Stop[] | undefined
  private shiftSpeed = SHIFT_MS / 1000 / SHIFT_S
  private readonly end: () => void

  /** Of a live whose source has a past. */
  constructor(live: Live, past: PastSource) {
    this.live = live
    this.past = past
    // whoever shows another stream ends the replay
    this.end = live.store.subscribe(() => {
      if (live.store.get().replay === undefined) this.halt()
    })
  }

  get isShift(): boolean {
    return this.stops !== undefined
  }

  /** Says what there is, so that playing keeps to it. */
  setSpan(span: PastSpan): void {
    this.span = span
    if (this.live.store.get().replay?.file === undefined) this.change({ presentMs: this.lastTimeMs })
  }

  /** What the first picture needs is made ready before it is asked for. */
  prepare(): void {
    if (this.live.store.get().replay === undefined) this.past.prepare(this.lastTimeMs)
  }

  /** Shows the picture of a city time, the nearest that is recorded. */
  seek(timeMs: number): void {
    this.stops = undefined
    this.goTo(timeMs)
  }

  step(byMs: number): void {
    const { replay, clock } = this.live.store.get()
    this.pause()
    this.seek((replay?.timeMs ?? clock?.timeMs ?? this.lastTimeMs) + byMs)
  }

  play(speed?: number): void {
    const { replay } = this.live.store.get()
    if (replay === undefined) this.goTo(this.lastTimeMs - 60_000)
    const chosen = speed ?? replay?.speed ?? 1
    // at the end of what was chosen or recorded, from its beginning
    const { range, timeMs } = this.live.store.get().replay ?? {}
    if (range !== undefined && timeMs !== undefined && timeMs >= range[1] - 1000) this.goTo(range[0])
    this.change({ isPlaying: true, speed: chosen })
    this.live.clock.setLag(replayLagS(chosen))
    clearInterval(this.timer)
    this.lastMs = performance.now()
    this.timer = setInterval(() => this.advance(), replaySpacingS(chosen) * 1000)
  }

  pause(): void {
    clearInterval(this.timer)
    this.timer = undefined
    this.change({ isPlaying: false })
  }

  setRange(range: ReplayState['range']): void {
    if (this.live.store.get().replay === undefined && range !== undefined) this.goTo(range[0])
    this.change({ range })
  }

  /** The eight hours before now in a minute, or `span`, stopping at `incidents`; each further call goes on from the stop. */
  shift(incidents: readonly Stop[], span?: readonly [fromMs: number, toMs: number]): void {
    if (this.stops === undefined || span !== undefined) {
      const fromMs = Math.max(this.firstTimeMs, span?.[0] ?? this.lastTimeMs - SHIFT_MS)
      this.goTo(fromMs)
      const lengthMs = span === undefined ? SHIFT_MS : Math.min(this.lastTimeMs, span[1]) - fromMs
      this.shiftSpeed = Math.max(1, lengthMs / 1000 / SHIFT_S)
      if (span !== undefined) this.change({ range: [fromMs, fromMs + Math.max(1000, lengthMs)] })
      this.stops = groupStops(incidents.filter(({ timeMs }) => timeMs > fromMs))
    }
    this.play(this.shiftSpeed)
  }

  /** Shows a saved file, or the hour of a forecast; rejects with a sentence when it cannot be shown. */
  async open(
    name: string,
    file: Uint8Array<ArrayBuffer>,
    forecast?: ReplayState['forecast'],
  ): Promise<PastSpan> {
    const { info } = this.live.store.get()
    this.span = await this.past.open(file, info?.id ?? '')
    this.stops = undefined
    this.enter(this.firstTimeMs, name, forecast)
    this.ask(true)
    return this.span
  }

  goLive(): void {
    this.past.close()
    this.live.watch(LIVE)
  }

  /** Ends for good. */
  close(): void {
    this.end()
    this.halt()
    if (this.live.store.get().stream === REPLAY) this.goLive()
  }

  private get firstTimeMs(): number {
    return this.span.parts[0]?.fromMs ?? 0
  }

  private get lastTimeMs(): number {
    return this.span.parts.at(-1)?.toMs ?? this.live.store.get().clock?.timeMs ?? 0
  }

  private goTo(timeMs: number): void {
    const clamped = Math.max(this.firstTimeMs, Math.min(this.lastTimeMs, timeMs))
    const { replay } = this.live.store.get()
    if (replay === undefined) this.enter(clamped, undefined)
    else this.change({ timeMs: clamped })
    this.ask(true)
  }

  /** What is played goes on from the picture that is there, and leaves out nothing that could not be had just now. */
  private hold(failedMs: number): void {
    const { replay } = this.live.store.get()
    if (replay?.isPlaying && replay.timeMs === failedMs && this.shownMs !== undefined)
      this.change({ timeMs: this.shownMs, isWaiting: true })
  }

  private enter(timeMs: number, file: string | undefined, forecast?: ReplayState['forecast']): void {
    this.live.store.set({
      aheadMs: undefined,
      replay: {
        timeMs,
        presentMs: file === undefined ? this.lastTimeMs : Date.now(),
        isPlaying: false,
        speed: 1,
        isSeeking: true,
        isWaiting: false,
        gapMs: 0,
        range: undefined,
        file,
        forecast,
        error: undefined,
      },
    })
    this.live.watch(REPLAY)
  }

  private change(change: Partial<ReplayState>): void {
    const { replay } = this.live.store.get()
    if (replay !== undefined) this.live.store.set({ replay: { ...replay, ...change } })
  }

  private halt(): void {
    clearInterval(this.timer)
    this.timer = undefined
    this.stops = undefined
  }

  private advance(): void {
    const { replay } = this.live.store.get()
    const nowMs = performance.now()
    const passedMs = Math.min(2000, nowMs - this.lastMs)
    this.lastMs = nowMs
    // a picture that takes longer than its time holds the clock
    if (replay === undefined || this.isAsking) return
    const stop = this.stops?.find(({ timeMs }) => timeMs > replay.timeMs)
    const speed = stop === undefined ? replay.speed : slowed(replay.speed, stop.timeMs - replay.timeMs)
    // time passes over what was never recorded
    const wanted = nextRecorded(this.span, replay.timeMs + passedMs * speed)
    const endMs = replay.range?.[1] ?? this.lastTimeMs
    if (stop !== undefined && wanted >= stop.timeMs) {
      this.change({ timeMs: stop.timeMs })
      this.pause()
    } else if (wanted < endMs) this.change({ timeMs: wanted })
    else if (replay.range !== undefined || replay.file !== undefined) {
      this.change({ timeMs: endMs })
      this.pause()
    } else if (replay.speed > 1) {
      // the past has caught up with the present
      this.goLive()
      return
    }
    this.ask(false)
  }

  private ask(isJump: boolean): void {
    if (this.isAsking) {
      this.wish = { isJump: isJump || this.wish?.isJump === true }
      return
    }
    const { replay } = this.live.store.get()
    if (replay === undefined) return
    this.isAsking = true
    this.change({ isSeeking: isJump })
    const { timeMs } = replay
    const isCoarse = replay.isPlaying && replay.speed >= COARSE_SPEED
    const waiting = setTimeout(() => this.change({ isWaiting: true }), WAITING_MS)
    this.past
      .show({ timeMs, isJump, isCoarse })
      .then(
        (shown) => {
          this.shownMs = timeMs
          const gapMs = timeMs - shown.timeMs
          this.change({ error: undefined, isSeeking: false, isWaiting: false, gapMs })
        },
        (error: Error) => {
          this.change({ error: error.message, isSeeking: false, isWaiting: false })
          this.hold(timeMs)
        },
      )
      .finally(() => {
        clearTimeout(waiting)
        this.isAsking = false
        const { wish } = this
        this.wish = undefined
        if (wish !== undefined) this.ask(wish.isJump)
      })
  }
}

/** `timeMs` where it is recorded, else the first moment after it that is; `timeMs` again after all of them. */
export function nextRecorded({ parts }: Pick<PastSpan, 'parts'>, timeMs: number): number {
  const holds = parts.find(({ toMs }) => toMs >= timeMs)
  return holds === undefined ? timeMs : Math.max(timeMs, holds.fromMs)
}

/** Incidents close together are one stop, at the first of them. */
export function groupStops(incidents: readonly Stop[]): Stop[] {
  const stops: Stop[] = []
  let lastMs = -Infinity
  for (const incident of incidents) {
    if (incident.timeMs - lastMs > SAME_STOP_MS) stops.push(incident)
    lastMs = incident.timeMs
  }
  return stops
}

/** The speed at `leftMs` of the city's time before a stop. */
export function slowed(speed: number, leftMs: number): number {
  const share = leftMs / (speed * SLOWING_S * 1000)
  return share >= 1 ? speed : Math.min(speed, Math.max(SLOWEST, speed * share))
}
