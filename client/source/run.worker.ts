/**
 * What-if in the browser, without a server: one run a worker. A scenario is lived by two twins of the same moment, one with the
 * edits, stepped together so that what they differ by is the edits alone; an ensemble is pairs of runs under other dice and demand.
 */
import type { City } from '../../twin/city.ts'
import { memberDraw } from '../../twin/forecast/member.ts'
import type { SavedState } from '../../twin/kernel/domain.ts'
import type { Comparison, EnsembleState, Fault } from '../../twin/protocol/messages.ts'
import { FrameEncoder } from '../../twin/protocol/frame.ts'
import { buildCity, checkBuilt } from '../../twin/scenario/build.ts'
import { compareTwins } from '../../twin/scenario/compare.ts'
import { checkEdits, EditRefusedError, type ScenarioEdit } from '../../twin/scenario/edits.ts'
import { meterOutcome, type OutcomeValues } from '../../twin/scenario/outcome.ts'
import { outcomesOfPairs, runsOfPairs, type MemberRuns } from '../../twin/scenario/pairs.ts'
import { runScenario } from '../../twin/scenario/run.ts'
import { makeTripLog } from '../../twin/scenario/tripLog.ts'
import { compareTrips, tripTimesOf, type TripChanges, type TripTimes } from '../../twin/scenario/winners.ts'
import { createTwin, type Twin } from '../../twin/twin.ts'
import { createWarmTwin } from '../../twin/warm.ts'
import { readWarm } from '../../twin/warmFile.ts'
import { infoOf, readDatasets, readerOf, type CityPlace } from './cityPlace.ts'
import { parseCity } from '../../twin/city.ts'
import { PairPace } from './pairPace.ts'

export interface RunBeginning {
  readonly facts: { readonly seed: number; readonly startMs: number; readonly utcOffsetS: number }
  /** Of the live twin; undefined where the run begins in an hour's life, at `facts.startMs`. */
  readonly state: SavedState | undefined
  /** A city without stored life lives so long before such an hour, seconds. */
  readonly settleS: number
}

interface Asked {
  readonly place: CityPlace
  readonly from: RunBeginning
  readonly edits: readonly ScenarioEdit[]
  readonly horizonS: number
}

export type RunSide = 'edited' | 'base'

export type ToRunWorker =
  | (Asked & { readonly kind: 'scenario'; readonly speed: number })
  | (Asked & { readonly kind: 'ensemble'; readonly members: number })
  /** All of a side as of its last frame. */
  | { readonly kind: 'keyframe'; readonly side: RunSide }

export type FromRunWorker =
  /** The edits can be made here, and the run has begun. */
  | { readonly kind: 'begun' }
  | {
      readonly kind: 'progress'
      readonly doneS: number
      readonly startMs: number
      readonly comparison: Comparison | undefined
    }
  | {
      readonly kind: 'frame'
      readonly side: RunSide
      readonly isKeyframe: boolean
      readonly bytes: Uint8Array
    }
  | {
      readonly kind: 'measured'
      readonly share: number
      readonly pairs: number
      readonly outcomes: EnsembleState['outcomes']
      readonly runs: MemberRuns
      readonly trips: TripChanges | undefined
    }
  | { readonly kind: 'done' }
  | ({ readonly kind: 'failed' } & Fault)

// Flows of power are solved once in so many simulated seconds, as in runs of the server.
const SOLVE_EVERY_S = 60
const COMPARE_S = 5
const TELL_EVERY_MS = 500
const sides: readonly RunSide[] = ['edited', 'base']

let encoders: Record<RunSide, FrameEncoder> | undefined

addEventListener('message', ({ data }: MessageEvent<ToRunWorker>) => {
  if (data.kind === 'keyframe') {
    if (encoders)
      say({ kind: 'frame', side: data.side, isKeyframe: true, bytes: encoders[data.side].keyframe() })
    return
  }
  const work = data.kind === 'scenario' ? liveScenario(data, data.speed) : measure(data, data.members)
  work.catch((error: Error) =>
    say({
      kind: 'failed',
      error: error.message,
      ...(error instanceof EditRefusedError && { refused: error.refused }),
    }),
  )
})

function say(message: FromRunWorker): void {
  postMessage(message, message.kind === 'frame' ? { transfer: [message.bytes.buffer] } : undefined)
}

/** Twins that stand where a run begins: on the streets that are driven, or as the edits have them built. */
interface Start {
  twin(isEdited: boolean): Twin
  /** What is left to do of the edits once their streets are built. */
  readonly edits: readonly ScenarioEdit[]
}

/** Throws with the reason when the city cannot be given one of the edits. */
async function startOf({ place, from, edits }: Asked): Promise<Start> {
  const read = readerOf(place)
  const city = parseCity(await readDatasets(await infoOf(place), read))
  const options = { ...from.facts, solveEveryS: SOLVE_EVERY_S }
  const { state } = from
  if (state !== undefined) {
    checkEdits(edits, city)
    return {
      edits,
      twin() {
        const twin = createTwin(city, options)
        twin.load(state)
        return twin
      },
    }
  }
  checkBuilt(edits, city)
  const built = buildCity(edits, city)
  const stored = await read('warm')
  const warm = stored && readWarm(stored)
  const inHour = (where: City): Twin => {
    if (warm !== undefined) return createWarmTwin(where, warm, options)
    const twin = createTwin(where, { ...options, startMs: options.startMs - from.settleS * 1000 })
    twin.advance(from.settleS)
    return twin
  }
  return { edits: built.edits, twin: (isEdited) => inHour(isEdited ? built.city : city) }
}

async function liveScenario(asked: Asked, speed: number): Promise<void> {
  const start = await startOf(asked)
  const edited = start.twin(true)
  // without edits both are one and the same
  const base = asked.edits.length === 0 ? edited : start.twin(false)
  const twins: Record<RunSide, Twin> = { edited, base }
  encoders = { edited: new FrameEncoder(edited.tables), base: new FrameEncoder(base.tables) }
  const lived = runScenario(edited, start.edits)
  const { horizonS } = asked
  const pace = new PairPace(speed, performance.now())
  let comparedAtS = -Infinity
  say({ kind: 'begun' })

  const report = () => {
    const doneS = lived.doneS()
    const { tick, startMs } = edited.clock
    const isDue = doneS - comparedAtS >= COMPARE_S || doneS >= horizonS
    if (isDue) comparedAtS = doneS
    const comparison = isDue ? compareTwins(tick, base.tables, edited.tables) : undefined
    // first, so that whoever gets a frame knows its time
    say({ kind: 'progress', doneS, startMs, comparison })
    for (const side of sides)
      say({ kind: 'frame', side, isKeyframe: false, bytes: encoders![side].delta(twins[side].clock.tick) })
  }
  const go = () => {
    const { steps, waitMs, isFrame } = pace.due(performance.now(), horizonS)
    for (let step = 0; step < steps; step++) {
      lived.step()
      if (base !== edited) base.step()
    }
    pace.made(steps)
    const isDone = lived.doneS() >= horizonS
    if (isFrame || isDone) report()
    if (isDone) say({ kind: 'done' })
    else setTimeout(go, waitMs)
  }
  report()
  go()
}

interface Lived {
  readonly outcome: OutcomeValues
  /** Of the first pair, which alone keeps its trips. */
  readonly trips: TripTimes | undefined
}

async function measure(asked: Asked, members: number): Promise<void> {
  const start = await startOf(asked)
  const { horizonS, from } = asked
  const twins: Record<RunSide, Twin> = { base: start.twin(false), edited: start.twin(true) }
  for (const side of sides) twins[side].traffic.keepPlans(false)
  const beginnings: Record<RunSide, SavedState> = { base: twins.base.save(), edited: twins.edited.save() }
  const results: Record<RunSide, OutcomeValues[]> = { base: [], edited: [] }
  let trips: TripChanges | undefined
  let toldAtMs = 0
  say({ kind: 'begun' })
  const tell = (share: number) => {
    toldAtMs = performance.now()
    const pairs = Math.min(results.base.length, results.edited.length)
    const [base, edited] = [results.base.slice(0, pairs), results.edited.slice(0, pairs)]
    const outcomes = outcomesOfPairs(base, edited)
    const runs = runsOfPairs([...base.keys()], base, edited)
    say({ kind: 'measured', share, pairs, outcomes, runs, trips })
  }
  const run = (side: RunSide, member: number, share: (doneS: number) => number): Lived => {
    const twin = twins[side]
    twin.load(beginnings[side])
    if (member > 0) twin.vary(memberDraw(from.facts.seed, member - 1))
    const lived = runScenario(twin, side === 'edited' ? start.edits : [])
    const meter = meterOutcome(twin)
    const log = member === 0 ? makeTripLog(twin.clock.startMs) : undefined
    twin.traffic.watchTrips(log?.watch)
    while (lived.doneS() < horizonS) {
      lived.step()
      meter.look()
      if (performance.now() - toldAtMs >= TELL_EVERY_MS) tell(share(lived.doneS()))
    }
    return { outcome: meter.values(), trips: log && tripTimesOf(log) }
  }
  for (let member = 0; member < members; member++) {
    const [base, edited] = (['base', 'edited'] as const).map((side, half) => {
      const before = member + half / 2
      const result = run(side, member, (doneS) => (before + doneS / horizonS / 2) / members)
      results[side].push(result.outcome)
      return result
    })
    if (base.trips && edited.trips) trips = compareTrips(base.trips, edited.trips)
    tell((member + 1) / members)
  }
  say({ kind: 'done' })
}
