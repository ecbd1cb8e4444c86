/**
 * The hour ahead of the live twin: every ten minutes of the city's time a fork of it is run an hour on, again and again under
 * other dice and a slightly other demand, in one thread that gives way to all others. Each forecast is kept, and scored by what
 * comes. How many members there are is what fits into a share of one core, measured as they run.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { LEADS_S, type Forecast } from '../../twin/forecast/forecast.ts'
import { memberDraw } from '../../twin/forecast/member.ts'
import { middleMember } from '../../twin/forecast/middle.ts'
import { forecastOfMembers, observedValues } from '../../twin/forecast/ofMembers.ts'
import { addForecast, observe } from '../../twin/forecast/scores.ts'
import type { ForecastStore, Tally } from '../history/forecastStore.ts'
import { forecastJson } from './forecastJson.ts'
import { ForecastThread, type MemberResult } from './forecastThread.ts'
import type { Fork, RunFacts, ScenarioSetUp } from './loopMessages.ts'

const LEAD_MS = LEADS_S[0] * 1000
// City time from one forecast to the next, when the members' time allows.
const EVERY_MS = 2 * LEAD_MS
// The members' share of one core, and how many may be run within it. A band of fewer says little; more say little more.
const CORE_SHARE = 0.4
const LEAST_MEMBERS = 5
const MOST_MEMBERS = 20
// A forecast that is not done when its fork is this old, city time, is made of the members there are by then.
const STALE_MS = 3 * LEAD_MS
// The start belongs to the live twin and the first what-if, wall milliseconds.
const FIRST_AFTER_MS = 30_000
const LOOK_AGAIN_MS = 500
// Faster than this the hour is over before it is foreseen, and frames lie too far apart to score it.
const MAX_SPEED = 10

export interface ForecasterOptions {
  readonly workerUrl: URL
  readonly setUp: Omit<ScenarioSetUp, 'facts'>
  /** 0 is none; undefined as many as the machine allows. */
  readonly members: number | undefined
  /** Simulated seconds per second of the live twin. */
  readonly speed: number
  readonly fork: () => Promise<Fork>
  /** Whether somebody waits for the cores. */
  readonly isBusy: () => boolean
  readonly store: ForecastStore
  readonly log: (line: string) => void
  /** Wall milliseconds from the start of a run to its first forecast. */
  readonly firstAfterMs?: number
}

export class Forecaster {
  /** The newest of the present run. */
  forecast: Forecast | undefined
  /** The hour of the member nearest the middle of a forecast, as a recording; that of the newest comes a little after it. */
  pictures: { readonly madeMs: number; readonly file: Uint8Array } | undefined
  /** Mean wall milliseconds of a member of the newest forecast; undefined before the first. */
  memberMs: number | undefined
  isMaking = false
  private readonly options: ForecasterOptions
  private facts: RunFacts | undefined
  private startedAtMs = 0
  private timeMs = -Infinity
  /** City time from which on the next may begin. */
  private nextMs = -Infinity
  private thread: ForecastThread | undefined
  private isClosed = false

  constructor(options: ForecasterOptions) {
    this.options = options
  }

  get isOn(): boolean {
    return this.options.members !== 0 && this.options.speed <= MAX_SPEED
  }

  /** What all forecasts so far have come to. */
  get tally(): Tally {
    return this.options.store.tally
  }

  /** A run begins, or goes on. What was foreseen of another run will never come. */
  running(facts: RunFacts): void {
    if (this.facts !== undefined && isSame(this.facts, facts)) return
    this.facts = facts
    this.forecast = undefined
    this.pictures = undefined
    this.startedAtMs = performance.now()
    this.nextMs = -Infinity
    this.tally.scores.waiting.length = 0
  }

  /** Takes each frame of the live twin: its city time, and its indicators in their order. */
  frame(timeMs: number, values: ArrayLike<number>): void {
    this.timeMs = timeMs
    this.score(timeMs, values)
    const { firstAfterMs = FIRST_AFTER_MS } = this.options
    const isDue = timeMs >= this.nextMs && performance.now() - this.startedAtMs >= firstAfterMs
    if (!this.isOn || !isDue || this.isMaking || this.isClosed) return
    this.isMaking = true
    this.make()
      .catch((error: Error) => {
        if (this.isClosed) return
        this.options.log(`No forecast could be made: ${error.message}`)
        this.nextMs = this.timeMs + EVERY_MS
        this.dropThread()
      })
      .finally(() => (this.isMaking = false))
  }

  /** City time at which something is scored next; undefined while no forecast waits. */
  get nextScoreMs(): number | undefined {
    const { waiting } = this.tally.scores
    if (waiting.length === 0) return undefined
    return Math.min(...waiting.map(({ madeMs, nextLead }) => madeMs + LEADS_S[nextLead] * 1000))
  }

  async close(): Promise<void> {
    this.isClosed = true
    await this.thread?.close()
    await this.options.store.close()
  }

  private score(timeMs: number, values: ArrayLike<number>): void {
    const { tally, options } = this
    const { store } = options
    const dueMs = this.nextScoreMs
    if (dueMs === undefined || timeMs < dueMs) return
    const first = tally.scores.waiting.filter(({ nextLead }) => nextLead === 0)
    const came = observedValues(values)
    observe(tally.scores, timeMs, came)
    for (const { madeMs, nextLead } of first) {
      if (nextLead === 0) continue
      tally.forecasts++
      tally.sinceMs ??= madeMs
    }
    store.add({ kind: 'came', timeMs, values: came })
    store.saveTally()
  }

  private async make(): Promise<void> {
    const { options, facts } = this
    if (facts === undefined) return
    const thread = await this.threadOf(facts)
    const fork = await options.fork()
    if (!isSame(fork, facts)) return
    thread.begin(fork.state)
    const madeMs = this.timeMs
    const seed = (facts.seed ^ Math.round(madeMs / 1000)) >>> 0
    const results: MemberResult[] = []
    const isFirst = this.forecast === undefined
    let wanted = 1
    let tookMs = 0
    while (results.length < wanted && this.timeMs - madeMs < STALE_MS) {
      await this.quiet()
      const sinceMs = performance.now()
      const result = await thread.run(memberDraw(seed, results.length))
      // the city has begun anew meanwhile
      if (this.facts !== facts) return
      results.push(result)
      tookMs += performance.now() - sinceMs
      this.memberMs = tookMs / results.length
      wanted = this.membersWithin(this.memberMs)
      // while there is none, one of few members is better; it fills up
      if (isFirst && results.length >= Math.min(LEAST_MEMBERS, wanted))
        this.forecast = this.forecastOf(results)
    }
    this.nextMs = nextMark(madeMs + this.spacingMs(results.length))
    if (results.length < Math.min(LEAST_MEMBERS, wanted)) {
      options.log(`No forecast of ${results.length} members: what-if runs took the time.`)
      return
    }
    if (isFirst) {
      const each = (tookMs / results.length / 1000).toFixed(1)
      options.log(`The first forecast is made, of ${results.length} members (${each} s each)`)
    }
    const forecast = this.forecastOf(results)
    this.publish(forecast)
    await this.quiet()
    const file = await thread.record(memberDraw(seed, middleMember(forecast)))
    if (this.facts === facts) this.pictures = { madeMs: forecast.madeMs, file }
  }

  /** Resolves when nobody waits for the cores. */
  private async quiet(): Promise<void> {
    while (this.options.isBusy()) await pause(LOOK_AGAIN_MS)
  }

  private forecastOf(results: readonly MemberResult[]): Forecast {
    const { madeMs, now } = results[0]
    const paths = results.map((result) => result.paths)
    return forecastOfMembers(this.tally.scores, madeMs, now, paths)
  }

  private publish(forecast: Forecast): void {
    const { tally, options } = this
    this.forecast = forecast
    addForecast(tally.scores, forecast)
    options.store.add({ kind: 'forecast', ...forecastJson(forecast) })
    options.store.saveTally()
  }

  /** As many as fit. */
  private membersWithin(memberMs: number): number {
    const { members, speed } = this.options
    const roomMs = (EVERY_MS / speed) * CORE_SHARE
    // one more is run for its pictures
    const fitting = Math.floor(roomMs / memberMs) - 1
    return members ?? Math.max(LEAST_MEMBERS, Math.min(MOST_MEMBERS, fitting))
  }

  /** City time between two forecasts that keeps to the share of a core. */
  private spacingMs(members: number): number {
    const tookMs = (members + 1) * (this.memberMs ?? 0)
    return Math.max(EVERY_MS, (tookMs / CORE_SHARE) * this.options.speed)
  }

  /** The thread whose twin fits this run, made when there is none. */
  private async threadOf(facts: RunFacts): Promise<ForecastThread> {
    if (this.thread !== undefined && isSame(this.thread.facts, facts)) return this.thread
    this.dropThread()
    const thread = new ForecastThread(this.options.workerUrl, { ...this.options.setUp, facts })
    this.thread = thread
    await thread.ready
    return thread
  }

  private dropThread(): void {
    void this.thread?.close()
    this.thread = undefined
  }
}

function isSame(a: RunFacts, b: RunFacts): boolean {
  return a.seed === b.seed && a.startMs === b.startMs && a.utcOffsetS === b.utcOffsetS
}

/** Whole five minutes of the city's clock, at or after a time: forecasts of one beat are scored together. */
function nextMark(timeMs: number): number {
  return Math.ceil(timeMs / LEAD_MS) * LEAD_MS
}
