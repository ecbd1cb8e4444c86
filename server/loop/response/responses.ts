/**
 * Response plans that pages ask for: each candidate is run as a fork of the living city, with the incident in it, on threads that
 * give way to that city; ranked as the runs come.
 */
import type { City } from '../../../twin/city.ts'
import { memberDraw } from '../../../twin/forecast/member.ts'
import type { Respond, ResponseState } from '../../../twin/protocol/responseMessages.ts'
import type { OutcomeValues } from '../../../twin/scenario/outcome.ts'
import { editOfIncident } from '../../../twin/scenario/response/incident.ts'
import type { CityNow } from '../../../twin/scenario/response/now.ts'
import { plansFor, type ResponsePlan } from '../../../twin/scenario/response/plans.ts'
import { measureOf, rankedPlans } from '../../../twin/scenario/response/ranking.ts'
import { MOST_QUEUED, RunQueue, type Beginning, type Job } from '../ensemble/runQueue.ts'
import type { RunThread } from '../ensemble/runThread.ts'
import type { Fork } from '../loopMessages.ts'

export interface ResponsesOptions {
  readonly root: string
  readonly cityId: string
  readonly threads: number
  /** Undefined until they are there. */
  readonly city: () => City | undefined
  readonly now: () => CityNow | undefined
  readonly fork: () => Promise<Fork>
  readonly tell: (owner: string, state: ResponseState) => void
  readonly log: (line: string) => void
}

type Start = Extract<Respond, { do: 'start' }>

interface Response {
  readonly asked: Start
  readonly plans: readonly ResponsePlan[]
  /** By plan, what its runs came to, by member. */
  readonly outcomes: OutcomeValues[][]
}

export class Responses {
  private readonly options: ResponsesOptions
  private readonly queue: RunQueue<Response>

  constructor(options: ResponsesOptions) {
    this.options = options
    const { root, cityId, threads, log } = options
    this.queue = new RunQueue<Response>({
      name: 'Response',
      root,
      cityId,
      threads,
      begin: async () => {
        const { state, ...facts } = await options.fork()
        return { facts, state }
      },
      run: (job, ready, beginning) => this.runAll(job, ready, beginning),
      tell: (job) => options.tell(job.owner, stateOf(job)),
      log,
    })
  }

  get running(): number {
    return this.queue.running
  }

  /** Does what a page says and gives the id; throws with a sentence for the page. */
  take(message: Respond, owner: string): string {
    if (message.do === 'start') return this.start(message, owner)
    const job = this.queue.find(message.id, owner)
    if (job === undefined) throw new Error(`id: you have no plans ${message.id}`)
    this.queue.end(job, 'stopped')
    return job.id
  }

  /** A page has gone. */
  left(owner: string): void {
    this.queue.left(owner)
  }

  close(): void {
    this.queue.close()
  }

  private start(asked: Start, owner: string): string {
    const { city, now } = { city: this.options.city(), now: this.options.now() }
    if (city === undefined || now === undefined) throw new Error('the city is still starting')
    if (this.queue.isFull)
      throw new Error(`plans for ${MOST_QUEUED} others are being run or wait already; try again later`)
    checkIncident(asked, city)
    // a page looks at one incident at a time
    this.left(owner)
    const plans = plansFor(city, now, asked.incident)
    return this.queue.add({ asked, plans, outcomes: plans.map(() => []) }, owner)
  }

  /** Member by member, so that all plans are ranked early and ever more surely. */
  private async runAll(
    job: Job<Response>,
    threads: readonly RunThread[],
    { facts, state }: Beginning,
  ): Promise<void> {
    const { asked, plans, outcomes } = job.work
    const { horizonS, members, incident } = asked
    const incidentEdit = editOfIncident(incident)
    const tasks = Array.from({ length: members }, (_, member) =>
      plans.map((_plan, plan) => ({ member, plan })),
    ).flat()
    const doneS = tasks.map(() => 0)
    let next = 0
    const work = async (thread: RunThread) => {
      while (next < tasks.length) {
        job.stop.signal.throwIfAborted()
        const at = next++
        const { member, plan } = tasks[at]
        const edits = [...(incidentEdit ? [incidentEdit] : []), ...plans[plan].edits]
        const draw = member === 0 ? undefined : memberDraw(facts.seed, member - 1)
        const result = await thread.run(
          { edits, horizonS, draw, wantsTables: false, wantsTrips: false },
          (seconds) => {
            doneS[at] = seconds
            this.queue.progress(job, doneS.reduce((sum, done) => sum + done, 0) / (tasks.length * horizonS))
          },
        )
        doneS[at] = horizonS
        outcomes[plan][member] = result.outcome
        this.queue.tell(job)
      }
    }
    await Promise.all(threads.map((thread) => thread.begin(state)))
    await Promise.all(threads.map(work))
  }
}

function stateOf({ id, state, work, share, error }: Job<Response>): ResponseState {
  const { asked } = work
  const measure = measureOf(asked.incident)
  return {
    id,
    state,
    incident: asked.incident,
    measure,
    members: asked.members,
    share,
    plans: rankedPlans(work.plans, work.outcomes, measure),
    ...(error !== undefined && { error }),
  }
}

/** Throws when it names what the city has not. */
function checkIncident({ incident }: Start, city: City): void {
  const rows = {
    substationOut: city.grid?.substations.xM.length ?? 0,
    feederOut: city.grid?.feeders.firstBus.length ?? 0,
    streetBlocked: city.network.links.fromNode.length,
    busesLate: city.timetable?.routes.shortName.length ?? 0,
  }[incident.kind]
  const asked =
    incident.kind === 'substationOut'
      ? [incident.substation]
      : incident.kind === 'feederOut'
        ? [incident.feeder]
        : incident.kind === 'busesLate'
          ? [incident.route]
          : incident.links
  const strange = asked.find((row) => row >= rows)
  if (strange !== undefined)
    throw new RangeError(`incident: row ${strange}, expected one from 0 to ${rows - 1}`)
}
