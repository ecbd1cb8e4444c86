/** The page's side of a running twin: takes frames from a source into the mirror, the plans and the clock, and tells the store. */
import type { City } from '../../twin/city.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import type { DrillState } from '../../twin/protocol/drillMessages.ts'
import type { ScenarioState, Welcome } from '../../twin/protocol/messages.ts'
import { LIVE } from '../../twin/protocol/names.ts'
import { say } from '../language/language.ts'
import { readsLatin } from '../language/script.ts'
import {
  REPLAY,
  SETTLING,
  type FrameFacts,
  type FrameSource,
  type SourceListener,
} from '../source/frameSource.ts'
import { ByteMeter } from './byteMeter.ts'
import { CameraWish } from './cameraWish.ts'
import { serverFiles, type CityFiles } from './cityLoader.ts'
import { SmoothClock, type StreamClock } from './drawClock.ts'
import { loneSpeedsMps } from './drivingSpeed.ts'
import { inLatin } from './lettered.ts'
import { Lens } from './lens.ts'
import { Mirror } from './mirror.ts'
import { PlanBook } from './planBook.ts'
import { Pointing } from './pointing.ts'
import { Sketch } from './sketch.ts'
import { Store, type ConnectionState, type PageState } from './store.ts'
import type { View } from './view.ts'

/** Between two looks at the line, and so between two renderings of the scalars. */
const PULSE_MS = 500
/** A live frame is due each second: later than this the data are late, and later than that lost. */
const LATE_AFTER_S = 2.5
/** A frame that is older than this when it comes is of the past, whatever comes after it. */
const OLD_ON_ARRIVAL_MS = 1500
const LOST_AFTER_S = 15
/** A map that has not stood by then will not. */
const BEGIN_WITHOUT_MAP_MS = 15_000

export interface Live {
  readonly source: FrameSource
  readonly store: Store
  readonly mirror: Mirror
  /** Of the stream that the shown one is compared with; empty when there is none. */
  readonly compared: Mirror
  readonly clock: StreamClock
  readonly camera: CameraWish
  readonly pointing: Pointing
  /** Where and how much something changes, drawn instead of what is. */
  readonly lens: Lens
  readonly sketch: Sketch
  /** Where its basemap comes from; undefined where the server's door has it. */
  readonly tile: CityFiles['tile']
  /** Undefined until the city's network is here. */
  plans(): PlanBook | undefined
  /** Opens the line and sends for the city's files, which `begin` will need: where the map does not wait for them. */
  beginAhead(): void
  /** Begins to fetch the city's files and frames; called when the map stands, or by a face without one. Further calls do nothing. */
  begin(): void
  /** Shows another stream: 'live', or a scenario's; against another when one is given. */
  watch(stream: string, comparedWith?: string): void
  /** Has `take` take the frames of another stream beside, from a keyframe on; false says as `SourceListener.frame`. Gives back what ends it. */
  follow(stream: string, take: FrameTaker): () => void
  stop(): void
}

export type FrameTaker = (bytes: Uint8Array, facts: FrameFacts) => boolean

/** Asks for the city's description; the line and the heavy rest wait for `begin`. `clock` says which moment is drawn. */
export function startLive(
  source: FrameSource,
  view: View,
  files: CityFiles = serverFiles(),
  clock: StreamClock = new SmoothClock(),
): Live {
  const store = new Store({
    connection: { state: 'connecting', ageS: undefined },
    clock: undefined,
    stream: LIVE,
    comparedWith: undefined,
    pulse: 0,
    info: undefined,
    city: undefined,
    loading: undefined,
    scenario: undefined,
    runs: {},
    ensemble: undefined,
    preliminary: undefined,
    drill: undefined,
    response: undefined,
    drillCheck: undefined,
    deskNews: 0,
    rates: undefined,
    seen: 'whole',
    replay: undefined,
    aheadMs: undefined,
    quality: 'full',
    view,
  })
  const mirror = new Mirror()
  const compared = new Mirror()
  const followers = new Map<string, Set<FrameTaker>>()
  let plans: PlanBook | undefined
  let welcome: Welcome | undefined
  let hasBegun = false
  let lineState: ConnectionState = 'connecting'
  let lineWhy: string | undefined
  let seenTick = -1
  let cameOld = false
  const meter = new ByteMeter()
  let replayed: { readonly startMs: number; readonly utcOffsetS: number } | undefined
  let hasJumped = false

  const described = files.info().then((info) => store.set({ info }))
  described.catch((error: Error) => fail(error))

  const fail = (error: Error) => {
    lineWhy = error.message
    pulse()
  }

  const takeFrame = (stream: string, bytes: Uint8Array, facts: FrameFacts): boolean => {
    for (const take of followers.get(stream) ?? []) if (!take(bytes, facts)) return false
    return takeOwn(stream, bytes, facts)
  }
  const takeOwn = (stream: string, bytes: Uint8Array, facts: FrameFacts): boolean => {
    const nowMs = performance.now()
    const { seq, stateHash, cutAtMs } = facts
    const isCompared = stream === store.get().comparedWith
    if (!isCompared && stream !== store.get().stream) return true
    const taking = isCompared ? compared : mirror
    const tickBefore = taking.tick
    if (!taking.apply(bytes, nowMs, cutAtMs, facts.partDecoder)) return false
    meter.took(nowMs, facts.wireBytes, taking.tableBytes)
    if (stateHash !== undefined && taking.stateHash() !== stateHash) return false
    if (!isCompared) {
      cameOld = nowMs - cutAtMs > OLD_ON_ARRIVAL_MS
      // who looks elsewhere is told more of the same moment
      if (mirror.tick !== tickBefore) clock.frame(mirror.tick, nowMs, cutAtMs)
      plans?.update(mirror, clock.tick())
    }
    requestAnimationFrame(() => source.drawn(stream, seq))
    if (hasJumped) pulse()
    hasJumped = false
    if (store.get().loading?.doing === SETTLING) store.set({ loading: undefined })
    return true
  }

  const pulse = () => {
    const ageS = mirror.cutAtMs === undefined ? undefined : (performance.now() - mirror.cutAtMs) / 1000
    const { stream, runs, drill, replay } = store.get()
    const run = runOf(runs, drill, stream)
    // the last picture of a run that is done stays, and does not age; the past is as old as it says
    const isFinal = stream === REPLAY || (stream !== LIVE && run?.state === 'done')
    const connection = {
      state: connectionState(lineState, isFinal ? 0 : ageS, cameOld && !isFinal),
      ageS,
      why: lineWhy,
    }
    const isNews = mirror.tick !== seenTick
    seenTick = mirror.tick
    const { clock: shown, pulse: count } = store.get()
    // a run that shows another hour, or is past, counts from a beginning of its own
    const past = stream === REPLAY ? replayed : undefined
    const scenarioMs = stream === LIVE || stream === REPLAY ? undefined : run?.startMs
    const startMs = past?.startMs ?? scenarioMs ?? welcome?.startMs
    const utcOffsetS = past?.utcOffsetS ?? welcome?.utcOffsetS
    // frames come unevenly: only a scenario's run is measured by them
    const replaySpeed = replay && (replay.isPlaying ? replay.speed : 1)
    const speed = stream === LIVE ? welcome?.speed : replaySpeed
    const isKnown = startMs !== undefined && utcOffsetS !== undefined && mirror.tick >= 0
    store.set({
      connection,
      rates: meter.rates(performance.now()),
      pulse: isNews ? count + 1 : count,
      clock: isKnown
        ? {
            tick: mirror.tick,
            timeMs: startMs + mirror.tick * (1000 / TICKS_PER_S),
            utcOffsetS,
            speed: speed ?? clock.speed,
          }
        : shown,
    })
  }
  const timer = setInterval(pulse, PULSE_MS)
  const isShown = (stream: string) => stream === store.get().stream || stream === store.get().comparedWith
  const unwatch = (stream: string) => {
    if (!followers.has(stream)) source.unwatch(stream)
  }
  const follow = (stream: string, take: FrameTaker) => {
    const takers = followers.get(stream) ?? new Set()
    followers.set(stream, takers.add(take))
    // begins anew with a keyframe for whoever takes it
    source.watch(stream)
    return () => {
      takers.delete(take)
      if (takers.size > 0) return
      followers.delete(stream)
      if (!isShown(stream)) source.unwatch(stream)
    }
  }

  const takeCity = (city: City) => {
    plans = new PlanBook(city.network, loneSpeedsMps(city))
    if (mirror.tick >= 0) plans.takeAll(mirror, clock.tick())
    store.set({ city, loading: undefined })
  }

  const listener: SourceListener = {
    status(status) {
      lineState = status.state === 'open' ? 'live' : status.state === 'silent' ? 'late' : status.state
      lineWhy = status.state === 'outdated' ? status.why : undefined
      pulse()
    },
    // the server ends the runs of a page that stays away, and all when it is started again
    gone(stream) {
      const { runs, drill } = store.get()
      const run = runOf(runs, drill, stream)
      if (run === undefined || run.state === 'failed') return
      const error = say('scenario.lineLost')
      if (run === drill) store.set({ drill: { ...drill, state: 'failed', error } })
      else listener.scenario?.({ ...(run as ScenarioState), state: 'failed', error })
    },
    welcome(given) {
      if (welcome !== undefined && given.build !== welcome.build) {
        lineState = 'outdated'
        lineWhy = 'the server has a newer page'
      }
      welcome = given
      if (store.get().stream === LIVE) clock.expect(given.speed)
      pulse()
    },
    // of a city whose files are here, and whose first frame is not
    loading: (doing, share) => store.set({ loading: { doing, share } }),
    granted(stream, seen) {
      if (stream === LIVE) store.set({ seen })
    },
    scenario: (scenario) => store.set({ scenario, runs: { ...store.get().runs, [scenario.id]: scenario } }),
    ensemble: (ensemble) => store.set({ ensemble }),
    response: (response) => store.set({ response }),
    drill: (drill) => store.set(drill.what === 'game' ? { drill } : { drillCheck: drill }),
    desk: () => store.set({ deskNews: store.get().deskNews + 1 }),
    jump(stream, run) {
      if (stream !== store.get().stream) return
      const { isPlaying = true, speed = 1 } = store.get().replay ?? {}
      plans?.clear()
      clock.restart(speed, isPlaying ? replayLagS(speed) : 0)
      replayed = run
      hasJumped = true
    },
    frame: takeFrame,
  }

  let isOpen = false
  const open = () => {
    if (!isOpen) source.open(listener)
    isOpen = true
  }
  const begin = () => {
    if (hasBegun) return
    hasBegun = true
    open()
    source.watch(store.get().stream)
    described
      .then(() => files.city((doing, share) => store.set({ loading: { doing, share } })))
      .then((loaded) => {
        const isLatin = readsLatin(store.get().view.language, navigator.languages)
        takeCity(isLatin ? inLatin(loaded) : loaded)
      })
      .catch(fail)
  }
  // where no map can be made the lists still work
  const withoutMap = setTimeout(begin, BEGIN_WITHOUT_MAP_MS)

  return {
    source,
    store,
    mirror,
    clock,
    camera: new CameraWish(),
    pointing: new Pointing(store),
    lens: new Lens(),
    sketch: new Sketch(),
    tile: files.tile,
    plans: () => plans,
    beginAhead() {
      if (hasBegun) return
      open()
      files.ahead()
    },
    begin,
    compared,
    follow,
    watch(stream, comparedWith) {
      const { stream: before, comparedWith: comparedBefore } = store.get()
      if (comparedBefore !== comparedWith) {
        if (hasBegun && comparedBefore !== undefined && comparedBefore !== stream) unwatch(comparedBefore)
        compared.forget()
        store.set({ comparedWith })
        if (hasBegun && comparedWith !== undefined) source.watch(comparedWith)
      }
      if (before === stream) return
      if (hasBegun && before !== comparedWith) unwatch(before)
      replayed = undefined
      // the present stays on the screen until a moment of the past has come
      if (stream !== REPLAY) {
        mirror.forget()
        plans?.clear()
        clock.restart(stream === LIVE ? (welcome?.speed ?? 1) : clock.speed)
        store.set({ clock: undefined, replay: undefined })
        // its first picture brings the clock with it
        hasJumped = true
      }
      store.set({ stream })
      if (hasBegun) source.watch(stream)
      pulse()
    },
    stop() {
      clearInterval(timer)
      clearTimeout(withoutMap)
      source.close()
    },
  }
}

/** The run, or the drill, that a stream is a side of. */
function runOf(
  runs: PageState['runs'],
  drill: DrillState | undefined,
  stream: string,
): ScenarioState | DrillState | undefined {
  return drill !== undefined && stream.startsWith(drill.id) ? drill : runs[stream.replace(/\.base$/, '')]
}

/** How far behind the newest picture a replay draws, real seconds: one and a half times their spacing, as of the live stream. */
export function replayLagS(speed: number): number {
  return 1.5 * replaySpacingS(speed)
}

/** Real seconds between two pictures of a replay. */
export function replaySpacingS(speed: number): number {
  return speed <= 1 ? 1 : 0.25
}

/** Old data are never live: by age first, whatever the line says of itself; nor is what came old, or a line that is silent. */
function connectionState(line: ConnectionState, ageS: number | undefined, cameOld: boolean): ConnectionState {
  if (line === 'outdated') return line
  if (ageS === undefined) return line === 'live' || line === 'late' ? 'connecting' : line
  if (ageS > LOST_AFTER_S || (line === 'lost' && ageS > LATE_AFTER_S)) return 'lost'
  return ageS > LATE_AFTER_S || cameOld || line !== 'live' ? 'late' : 'live'
}
