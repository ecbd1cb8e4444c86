/**
 * Ensembles that pages ask for: pairs of runs of one scenario under other dice and demand, on threads that give way to the living
 * city. One at a time, for it takes all cores; the others wait. It ends when its page leaves.
 */
import { randomUUID } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import type { SavedState } from '../../../twin/kernel/domain.ts'
import type { EnsembleState, StartEnsemble } from '../../../twin/protocol/messages.ts'
import type { Causes } from '../../../twin/scenario/causes/step.ts'
import { bytesOfPlaces } from '../../../twin/scenario/placeBytes.ts'
import { outcomesOfPairs } from '../../../twin/scenario/pairs.ts'
import { PairSums } from '../../../twin/scenario/placeDifferences.ts'
import { compareTrips, type TripChanges } from '../../../twin/scenario/winners.ts'
import { momentAt, momentOn } from '../cityTime.ts'
import type { Fork, RunFacts } from '../loopMessages.ts'
import { runEnsemble, type Pair } from './ensemble.ts'
import type { RunResult } from './messages.ts'
import { reachOf } from './reachOf.ts'
import { RunThread } from './runThread.ts'

const MAX_QUEUED = 10
// News of progress, at most so often, milliseconds.
const NEWS_MS = 500

export interface EnsemblesOptions {
  readonly root: string
  readonly cityId: string
  /** Of one ensemble. */
  readonly threads: number
  /** Of the live run; undefined while there is none. */
  readonly facts: () => RunFacts | undefined
  readonly timeMs: () => number | undefined
  readonly fork: () => Promise<Fork>
  readonly moment: (state: string) => Promise<Fork>
  readonly tell: (owner: string, state: EnsembleState) => void
  readonly log: (line: string) => void
}

interface Ensemble {
  readonly id: string
  readonly owner: string
  readonly asked: StartEnsemble
  readonly stop: AbortController
  /** Without what they did place by place and trip by trip, which is summed. */
  readonly pairs: Pair[]
  /** Street by street and feeder by feeder, of all pairs. */
  readonly places: PairSums
  /** Of the first pair, which alone keeps its trips. */
  trips: TripChanges | undefined
  /** Of the first pair too. */
  causes: Causes | undefined
  state: EnsembleState['state']
  share: number
  toldAtMs: number
  error: string | undefined
}

export class Ensembles {
  private readonly options: EnsemblesOptions
  private readonly all: Ensemble[] = []
  /** By page, the last that ended: it is still asked about. */
  private readonly ended = new Map<string, Ensemble>()
  /** Of the beginning that was last asked about, the runs without edits: whoever changes an edit and asks again waits half as long. */
  private bases: { readonly key: string; readonly runs: Map<number, RunResult> } | undefined

  constructor(options: EnsemblesOptions) {
    this.options = options
  }

  get running(): number {
    return this.all.filter(({ state }) => state === 'running').length
  }

  /** Begins or queues an ensemble and gives its id; throws with a sentence when too many wait. */
  start(asked: StartEnsemble, owner: string): string {
    if (this.all.length >= MAX_QUEUED)
      throw new Error(`${MAX_QUEUED} others are being measured or wait already; try again later`)
    const one: Ensemble = {
      id: `ensemble-${randomUUID().slice(0, 8)}`,
      owner,
      asked,
      stop: new AbortController(),
      pairs: [],
      places: new PairSums(),
      trips: undefined,
      causes: undefined,
      state: 'queued',
      share: 0,
      toldAtMs: -Infinity,
      error: undefined,
    }
    this.all.push(one)
    // after the reply, so that the page knows the id before it hears of it
    setImmediate(() => this.next())
    return one.id
  }

  /** Throws when the page of `owner` has no such ensemble. */
  stop(id: string, owner: string): void {
    const one = this.all.find((each) => each.id === id && each.owner === owner)
    if (one === undefined) throw new Error(`id: you have no ensemble ${id}`)
    this.end(one, 'stopped')
  }

  /** Where the pairs so far differ, as `placesOfBytes` reads it once it is inflated, in base64: answers are text. Throws when there are none. */
  places(id: string, owner: string): { readonly pairs: number; readonly deflated: string } {
    const isAsked = (each: Ensemble) => each.id === id && each.owner === owner
    const one = this.all.find(isAsked) ?? [...this.ended.values()].find(isAsked)
    const places = one?.places.differences()
    if (places === undefined) throw new Error(`id: you have no ensemble ${id} with a pair of runs done`)
    return { pairs: places.pairs, deflated: deflateRawSync(bytesOfPlaces(places)).toString('base64') }
  }

  /** A page has gone. */
  left(owner: string): void {
    for (const one of this.all.filter((each) => each.owner === owner)) this.end(one, 'stopped')
    this.ended.delete(owner)
  }

  close(): void {
    for (const one of this.all.slice()) this.end(one, 'stopped')
  }

  private next(): void {
    const [first] = this.all
    if (first?.state === 'queued') void this.run(first)
    for (const one of this.all) if (one.state === 'queued') this.tell(one)
  }

  private async run(one: Ensemble): Promise<void> {
    one.state = 'running'
    this.tell(one)
    const { signal } = one.stop
    let threads: RunThread[] = []
    const close = () => Promise.all(threads.map((thread) => thread.close()))
    try {
      const { facts, state } = await this.beginning(one.asked)
      signal.throwIfAborted()
      const { root, cityId } = this.options
      const setUp = { root, cityId, facts, isHour: state === undefined, isLowPriority: true }
      threads = Array.from({ length: this.options.threads }, () => new RunThread(setUp))
      signal.addEventListener('abort', () => void close())
      const { edits, horizonS, members } = one.asked
      await runEnsemble(
        threads,
        {
          state,
          seed: facts.seed,
          edits,
          horizonS,
          members,
          wantsTables: false,
          bases: this.basesOf(one.asked, facts),
        },
        {
          pair: (pair) => {
            const { base, edited } = pair
            if (base.means && edited.means) one.places.add(base.means, edited.means)
            const isSummed = { means: undefined, trips: undefined }
            one.pairs.push({ ...pair, base: { ...base, ...isSummed }, edited: { ...edited, ...isSummed } })
            if (base.trips && edited.trips) one.trips = compareTrips(base.trips, edited.trips)
            this.tell(one)
          },
          causes: (causes) => {
            one.causes = causes
            this.tell(one)
          },
          progress: (share) => {
            one.share = share
            if (performance.now() - one.toldAtMs >= NEWS_MS) this.tell(one)
          },
        },
        signal,
      )
      one.share = 1
      this.end(one, 'done')
    } catch (error) {
      if (signal.aborted) return
      this.options.log(`Ensemble ${one.id} failed: ${(error as Error).stack}`)
      one.error = (error as Error).message
      this.end(one, 'failed')
    } finally {
      await close()
    }
  }

  private async beginning({ atS, date, state: kept }: StartEnsemble): Promise<{
    readonly facts: RunFacts
    readonly state: SavedState | undefined
  }> {
    if (kept !== undefined || atS === undefined) {
      const { fork, moment } = this.options
      const { state, ...facts } = await (kept === undefined ? fork() : moment(kept))
      return { facts, state }
    }
    const [facts, timeMs] = [this.options.facts(), this.options.timeMs()]
    if (facts === undefined || timeMs === undefined) throw new Error('the city is still starting')
    const { utcOffsetS } = facts
    const startMs = date === undefined ? momentAt(atS, timeMs, utcOffsetS) : momentOn(date, atS, utcOffsetS)
    return { facts: { ...facts, startMs }, state: undefined }
  }

  /** The present is another each time, and its runs are not kept. */
  private basesOf({ atS, state, horizonS }: StartEnsemble, facts: RunFacts): Map<number, RunResult> {
    if (atS === undefined && state === undefined) return new Map()
    const key = JSON.stringify([state, facts.startMs, facts.utcOffsetS, facts.seed, horizonS])
    if (this.bases?.key !== key) this.bases = { key, runs: new Map() }
    return this.bases.runs
  }

  private end(one: Ensemble, state: 'done' | 'stopped' | 'failed'): void {
    const at = this.all.indexOf(one)
    if (at < 0) return
    this.all.splice(at, 1)
    one.state = state
    if (one.pairs.length > 0) this.ended.set(one.owner, one)
    if (state === 'stopped') one.stop.abort(new Error('stopped'))
    this.tell(one)
    this.next()
  }

  private tell(one: Ensemble): void {
    one.toldAtMs = performance.now()
    this.options.tell(one.owner, stateOf(one, Math.max(0, this.all.indexOf(one))))
  }
}

function stateOf(
  { id, state, share, pairs, trips, causes, asked, error }: Ensemble,
  ahead: number,
): EnsembleState {
  return {
    id,
    state,
    ahead,
    share,
    pairs: pairs.length,
    members: asked.members,
    outcomes: outcomesOfPairs(
      pairs.map(({ base }) => base.outcome),
      pairs.map(({ edited }) => edited.outcome),
    ),
    ...(pairs.length > 0 && reachOf(pairs)),
    ...(causes && { causes }),
    ...(trips && { trips }),
    ...(error !== undefined && { error }),
  }
}
