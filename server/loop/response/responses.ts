/**
 * Response plans that pages ask for: each candidate is run as a fork of the living city, with the incident in it, on threads that
 * give way to that city; ranked as the runs come. One at a time, the others wait. It ends when its page leaves.
 */
import { randomUUID } from 'node:crypto'
import type { City } from '../../../twin/city.ts'
import { memberDraw } from '../../../twin/forecast/member.ts'
import type { Respond, PlanState, ResponseState } from '../../../twin/protocol/responseMessages.ts'
import type { OutcomeValues } from '../../../twin/scenario/outcome.ts'
import { editOfIncident } from '../../../twin/scenario/response/incident.ts'
import type { CityNow } from '../../../twin/scenario/response/now.ts'
import { plansFor, type ResponsePlan } from '../../../twin/scenario/response/plans.ts'
import { planMeasures } from '../../../twin/scenario/response/measures.ts'
import { comparedWith, measureOf, rankedBy } from '../../../twin/scenario/response/ranking.ts'
import { RunThread } from '../ensemble/runThread.ts'
import type { Fork } from '../loopMessages.ts'

const MAX_QUEUED = 10
// News of progress, at most so often, milliseconds.
const NEWS_MS = 500

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
  readonly id: string
  readonly owner: string
  readonly asked: Start
  readonly plans: readonly ResponsePlan[]
  /** By plan, what its runs came to, by member. */
  readonly outcomes: OutcomeValues[][]
  readonly stop: AbortController
  state: ResponseState['state']
  share: number
  toldAtMs: number
  error: string | undefined
}

export class Responses {
  private readonly options: ResponsesOptions
  private readonly all: Response[] = []

  constructor(options: ResponsesOptions) {
    this.options = options
  }

  get running(): number {
    return this.all.filter(({ state }) => state === 'running').length
  }

  /** Does what a page says and gives the id; throws with a sentence for the page. */
  take(message: Respond, owner: string): string {
    if (message.do === 'start') return this.start(message, owner)
    const one = this.all.find((each) => each.id === message.id && each.owner === owner)
    if (one === undefined) throw new Error(`id: you have no plans ${message.id}`)
    this.end(one, 'stopped')
    return one.id
  }

  /** A page has gone. */
  left(owner: string): void {
    for (const one of this.all.filter((each) => each.owner === owner)) this.end(one, 'stopped')
  }

  close(): void {
    for (const one of this.all.slice()) this.end(one, 'stopped')
  }

  private start(asked: Start, owner: string): string {
    const { city, now } = { city: this.options.city(), now: this.options.now() }
    if (city === undefined || now === undefined) throw new Error('the city is still starting')
    if (this.all.length >= MAX_QUEUED)
      throw new Error(`plans for ${MAX_QUEUED} others are being run or wait already; try again later`)
    checkIncident(asked, city)
    // a page looks at one incident at a time
    this.left(owner)
    const plans = plansFor(city, now, asked.incident)
    const one: Response = {
      id: `response-${randomUUID().slice(0, 8)}`,
      owner,
      asked,
      plans,
      outcomes: plans.map(() => []),
      stop: new AbortController(),
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

  private next(): void {
    const [first] = this.all
    if (first?.state === 'queued') void this.run(first)
    for (const one of this.all) if (one.state === 'queued') this.tell(one)
  }

  private async run(one: Response): Promise<void> {
    one.state = 'running'
    this.tell(one)
    const { signal } = one.stop
    let threads: RunThread[] = []
    const close = () => Promise.all(threads.map((thread) => thread.close()))
    try {
      const { state, ...facts } = await this.options.fork()
      signal.throwIfAborted()
      const { root, cityId } = this.options
      const setUp = { root, cityId, facts, isHour: false, isLowPriority: true }
      threads = Array.from({ length: this.options.threads }, () => new RunThread(setUp))
      signal.addEventListener('abort', () => void close())
      await Promise.all(threads.map((thread) => thread.begin(state)))
      await this.runAll(one, threads, facts.seed)
      one.share = 1
      this.end(one, 'done')
    } catch (error) {
      if (signal.aborted) return
      this.options.log(`Response ${one.id} failed: ${(error as Error).stack}`)
      one.error = (error as Error).message
      this.end(one, 'failed')
    } finally {
      await close()
    }
  }

  /** Member by member, so that all plans are ranked early and ever more surely. */
  private async runAll(one: Response, threads: readonly RunThread[], seed: number): Promise<void> {
    const { horizonS, members, incident } = one.asked
    const incidentEdit = editOfIncident(incident)
    const tasks = Array.from({ length: members }, (_, member) =>
      one.plans.map((_plan, plan) => ({ member, plan })),
    ).flat()
    const doneS = tasks.map(() => 0)
    let next = 0
    const work = async (thread: RunThread) => {
      while (next < tasks.length) {
        one.stop.signal.throwIfAborted()
        const at = next++
        const { member, plan } = tasks[at]
        const edits = [...(incidentEdit ? [incidentEdit] : []), ...one.plans[plan].edits]
        const draw = member === 0 ? undefined : memberDraw(seed, member - 1)
        const result = await thread.run(
          { edits, horizonS, draw, wantsTables: false, wantsTrips: false },
          (seconds) => {
            doneS[at] = seconds
            one.share = doneS.reduce((sum, done) => sum + done, 0) / (tasks.length * horizonS)
            if (performance.now() - one.toldAtMs >= NEWS_MS) this.tell(one)
          },
        )
        doneS[at] = horizonS
        one.outcomes[plan][member] = result.outcome
        this.tell(one)
      }
    }
    await Promise.all(threads.map(work))
  }

  private end(one: Response, state: 'done' | 'stopped' | 'failed'): void {
    const at = this.all.indexOf(one)
    if (at < 0) return
    this.all.splice(at, 1)
    one.state = state
    if (state === 'stopped') one.stop.abort(new Error('stopped'))
    this.tell(one)
    this.next()
  }

  private tell(one: Response): void {
    one.toldAtMs = performance.now()
    this.options.tell(one.owner, stateOf(one))
  }
}

function stateOf(one: Response): ResponseState {
  const { id, state, asked, share, error } = one
  const measure = measureOf(asked.incident)
  return {
    id,
    state,
    incident: asked.incident,
    measure,
    members: asked.members,
    share,
    plans: ranked(one, measure),
    ...(error !== undefined && { error }),
  }
}

/** Of members that both a plan and doing nothing have run. What has not run yet comes last. */
function ranked({ plans, outcomes }: Response, measure: ResponseState['measure']): PlanState[] {
  const nothing = outcomes[0].filter((values) => values !== undefined)
  const known = plans.map((plan, at): PlanState => {
    const own = outcomes[at].filter((values) => values !== undefined)
    if (own.length === 0) return { ...plan, runs: 0 }
    const mean = (of: (typeof planMeasures)[number]) =>
      own.reduce((sum, values) => sum + values[of], 0) / own.length
    return {
      ...plan,
      runs: own.length,
      values: {
        customerMinutesOut: mean('customerMinutesOut'),
        vehicleHours: mean('vehicleHours'),
        busDelayS: mean('busDelayS'),
      },
      ...(nothing.length > 0 && { against: comparedWith(nothing, own) }),
    }
  })
  const differences = known.flatMap(({ against }, at) =>
    against === undefined
      ? []
      : [
          {
            at,
            customerMinutesOut: against.customerMinutesOut.difference,
            vehicleHours: against.vehicleHours.difference,
            busDelayS: against.busDelayS.difference,
          },
        ],
  )
  const order = rankedBy(differences, measure).map((row) => differences[row].at)
  return [...order.map((at) => known[at]), ...known.filter((_, at) => !order.includes(at))]
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
