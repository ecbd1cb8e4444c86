/**
 * Ensembles that pages ask for: pairs of runs of one scenario under other dice and demand, on threads that give way to the living
 * city.
 */
import { deflateRawSync } from 'node:zlib'
import type { EnsembleState, StartEnsemble } from '../../../twin/protocol/messages.ts'
import type { Causes } from '../../../twin/scenario/causes/step.ts'
import { bytesOfPlaces } from '../../../twin/scenario/placeBytes.ts'
import { outcomesOfPairs, runsOfPairs } from '../../../twin/scenario/pairs.ts'
import { PairSums } from '../../../twin/scenario/placeDifferences.ts'
import { compareTrips, type TripChanges } from '../../../twin/scenario/winners.ts'
import { momentAt, momentOn } from '../cityTime.ts'
import type { Fork, RunFacts } from '../loopMessages.ts'
import { runEnsemble, type Pair } from './ensemble.ts'
import type { RunResult } from './messages.ts'
import { reachOf } from './reachOf.ts'
import { MOST_QUEUED, RunQueue, type Beginning, type Job } from './runQueue.ts'
import type { RunThread } from './runThread.ts'

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
  readonly asked: StartEnsemble
  /** Without what they did place by place and trip by trip, which is summed. */
  readonly pairs: Pair[]
  /** Street by street and feeder by feeder, of all pairs. */
  readonly places: PairSums
  /** Of the first pair, which alone keeps its trips. */
  trips: TripChanges | undefined
  /** Of the first pair too. */
  causes: Causes | undefined
}

export class Ensembles {
  private readonly options: EnsemblesOptions
  private readonly queue: RunQueue<Ensemble>
  /** By page, the last that ended: it is still asked about. */
  private readonly ended = new Map<string, Job<Ensemble>>()
  /** Of the beginning that was last asked about, the runs without edits: whoever changes an edit and asks again waits half as long. */
  private bases: { readonly key: string; readonly runs: Map<number, RunResult> } | undefined

  constructor(options: EnsemblesOptions) {
    this.options = options
    const { root, cityId, threads, log } = options
    this.queue = new RunQueue<Ensemble>({
      name: 'Ensemble',
      root,
      cityId,
      threads,
      begin: ({ asked }) => this.beginning(asked),
      run: (job, ready, beginning) => this.run(job, ready, beginning),
      tell: (job, ahead) => {
        const hasEnded = job.state !== 'queued' && job.state !== 'running'
        if (hasEnded && job.work.pairs.length > 0) this.ended.set(job.owner, job)
        options.tell(job.owner, stateOf(job, ahead))
      },
      log,
    })
  }

  get running(): number {
    return this.queue.running
  }

  /** Begins or queues an ensemble and gives its id; throws with a sentence when too many wait. */
  start(asked: StartEnsemble, owner: string): string {
    if (this.queue.isFull)
      throw new Error(`${MOST_QUEUED} others are being measured or wait already; try again later`)
    const one = { asked, pairs: [], places: new PairSums(), trips: undefined, causes: undefined }
    return this.queue.add(one, owner)
  }

  /** Throws when the page of `owner` has no such ensemble. */
  stop(id: string, owner: string): void {
    const job = this.queue.find(id, owner)
    if (job === undefined) throw new Error(`id: you have no ensemble ${id}`)
    this.queue.end(job, 'stopped')
  }

  /** Where the pairs so far differ, as `placesOfBytes` reads it once it is inflated, in base64: answers are text. Throws when there are none. */
  places(id: string, owner: string): { readonly pairs: number; readonly deflated: string } {
    const ended = this.ended.get(owner)
    const job = this.queue.find(id, owner) ?? (ended?.id === id ? ended : undefined)
    const places = job?.work.places.differences()
    if (places === undefined) throw new Error(`id: you have no ensemble ${id} with a pair of runs done`)
    return { pairs: places.pairs, deflated: deflateRawSync(bytesOfPlaces(places)).toString('base64') }
  }

  /** A page has gone. */
  left(owner: string): void {
    this.queue.left(owner)
    this.ended.delete(owner)
  }

  close(): void {
    this.queue.close()
  }

  private async run(
    job: Job<Ensemble>,
    threads: readonly RunThread[],
    { facts, state }: Beginning,
  ): Promise<void> {
    const one = job.work
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
          this.queue.tell(job)
        },
        causes: (causes) => {
          one.causes = causes
          this.queue.tell(job)
        },
        progress: (share) => this.queue.progress(job, share),
      },
      job.stop.signal,
    )
  }

  private async beginning({ atS, date, state: kept }: StartEnsemble): Promise<Beginning> {
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
}

function stateOf({ id, state, share, work, error }: Job<Ensemble>, ahead: number): EnsembleState {
  const { pairs, trips, causes, asked } = work
  const base = pairs.map((pair) => pair.base.outcome)
  const edited = pairs.map((pair) => pair.edited.outcome)
  const members = pairs.map(({ member }) => member)
  return {
    id,
    state,
    ahead,
    share,
    pairs: pairs.length,
    members: asked.members,
    outcomes: outcomesOfPairs(base, edited),
    ...(pairs.length > 0 && { runs: runsOfPairs(members, base, edited), ...reachOf(pairs) }),
    ...(causes && { causes }),
    ...(trips && { trips }),
    ...(error !== undefined && { error }),
  }
}
