/** A thread of an ensemble: one twin that is put at the beginning again and again, and run under edits and dice. */
import { parentPort, workerData } from 'node:worker_threads'
import { parseCity, type City } from '../../../twin/city.ts'
import type { SavedState } from '../../../twin/kernel/domain.ts'
import { buildCity } from '../../../twin/scenario/build.ts'
import { keepActs, type Act } from '../../../twin/scenario/causes/acts.ts'
import { expectedCalls } from '../../../twin/scenario/causes/calls.ts'
import { findCauses } from '../../../twin/scenario/causes/causes.ts'
import { keepTrace } from '../../../twin/scenario/causes/trace.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { meterOutcome } from '../../../twin/scenario/outcome.ts'
import type { ReachValues } from '../../../twin/scenario/reach/measures.ts'
import { placesOf } from '../../../twin/scenario/reach/places.ts'
import { makeReachWorld, meterReach, type ReachWorld } from '../../../twin/scenario/reach/reach.ts'
import { runScenario } from '../../../twin/scenario/run.ts'
import { meterMeans } from '../../../twin/scenario/runMeans.ts'
import { keepTables } from '../../../twin/scenario/runTables.ts'
import { makeTripLog } from '../../../twin/scenario/tripLog.ts'
import { tripTimesOf } from '../../../twin/scenario/winners.ts'
import { createTwin, type Twin } from '../../../twin/twin.ts'
import { openCity, readDatasets, readSearch } from '../cityFolder.ts'
import { lowerPriority } from '../lowPriority.ts'
import { solveEveryS, warmTwin } from '../makeTwin.ts'
import type { FromRun, RunResult, RunTask, RunThreadSetUp, ToRun } from './messages.ts'

const PROGRESS_MS = 500

const port = parentPort
if (port === null) throw new Error('run.worker: runs only as a thread')
const { root, cityId, facts, isHour, isLowPriority } = workerData as RunThreadSetUp
if (isLowPriority) lowerPriority()
const folder = await openCity(root, cityId)
const city = parseCity(await readDatasets(folder))
const options = { ...facts, solveEveryS: solveEveryS(0) }
const twin = isHour ? await warmTwin(city, folder.folder, options) : createTwin(city, options)
// nobody draws these runs
twin.traffic.keepPlans(false)
let beginning: SavedState | undefined = isHour ? twin.save() : undefined
const search = await readSearch(folder)
let reachWorld: { readonly of: City; readonly world: ReachWorld } | undefined
/** The last city that edits had built, and that hour's life on its streets. */
let built: { readonly key: string; readonly twin: Twin; readonly beginning: SavedState } | undefined

const say = (message: FromRun) => port.postMessage(message)

port.on('message', (message: ToRun) => {
  if (message.kind === 'begin') beginning = message.state
  else if (message.kind === 'run') void run(message.task).then((result) => say({ kind: 'done', result }))
  else {
    const { edits, base, edited } = message.task
    say({ kind: 'causes', causes: findCauses(city, edits, base, edited) })
  }
})
say({ kind: 'ready' })

/** A twin that stands where the run begins, on streets as its edits have them built, and the edits that are left. */
async function begun(edits: readonly ScenarioEdit[]): Promise<[Twin, readonly ScenarioEdit[]]> {
  if (beginning === undefined) throw new Error('run.worker: was told to run before it was told from where')
  const build = buildCity(edits, city)
  if (!isHour || build.city === city) {
    twin.load(beginning)
    return [twin, edits]
  }
  const key = JSON.stringify(edits.filter((edit) => !build.edits.includes(edit)))
  if (built?.key !== key) {
    const other = await warmTwin(build.city, folder.folder, options)
    other.traffic.keepPlans(false)
    built = { key, twin: other, beginning: other.save() }
  }
  built.twin.load(built.beginning)
  return [built.twin, build.edits]
}

async function run(task: RunTask): Promise<RunResult> {
  const { edits: asked, horizonS, draw, wantsTables, wantsTrips, wantsTrace } = task
  const [twin, edits] = await begun(asked)
  if (draw !== undefined) twin.vary(draw)
  const lived = runScenario(twin, edits)
  const meter = meterOutcome(twin)
  const places = meterMeans(twin)
  const log = wantsTables || wantsTrips ? makeTripLog(twin.clock.startMs) : undefined
  twin.traffic.watchTrips(log?.watch)
  const acts = keepActs(twin)
  const tracer = wantsTrace ? keepTrace(twin, horizonS, acts) : undefined
  const reach = meterReach(twin, reachWorldOf(twin.city))
  const keeper = wantsTables && log ? keepTables(twin, log) : undefined
  let saidAtMs = performance.now()
  while (lived.doneS() < horizonS) {
    lived.step()
    meter.look()
    places.look()
    reach.look()
    tracer?.look()
    keeper?.look()
    if (performance.now() - saidAtMs < PROGRESS_MS) continue
    saidAtMs = performance.now()
    say({ kind: 'progress', doneS: lived.doneS() })
  }
  return {
    outcome: meter.values(),
    means: places.means(),
    tables: keeper?.tables(),
    trips: wantsTrips && log ? tripTimesOf(log) : undefined,
    trace: tracer?.trace(),
    reach: withCalls(reach.values(), acts()),
    hash: twin.hash(),
  }
}

function reachWorldOf(of: City): ReachWorld {
  if (reachWorld?.of !== of) reachWorld = { of, world: makeReachWorld(of, placesOf(of, search)) }
  return reachWorld.world
}

function withCalls({ measures, pairs }: ReachValues, acts: readonly Act[]): ReachValues {
  return { measures: { ...measures, expectedRequests: expectedCalls(acts) }, pairs }
}
