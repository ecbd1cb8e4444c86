/** A thread of an ensemble: one twin that is put at the beginning again and again, and run under edits and dice. */
import { parentPort, workerData } from 'node:worker_threads'
import { parseCity } from '../../../twin/city.ts'
import type { SavedState } from '../../../twin/kernel/domain.ts'
import { meterOutcome } from '../../../twin/scenario/outcome.ts'
import { runScenario } from '../../../twin/scenario/run.ts'
import { keepTables } from '../../../twin/scenario/runTables.ts'
import { createTwin } from '../../../twin/twin.ts'
import { openCity, readDatasets } from '../cityFolder.ts'
import { lowerPriority } from '../lowPriority.ts'
import { solveEveryS } from '../makeTwin.ts'
import type { FromRun, RunResult, RunTask, RunThreadSetUp, ToRun } from './messages.ts'

const PROGRESS_MS = 500

const port = parentPort
if (port === null) throw new Error('run.worker: runs only as a thread')
const { root, cityId, facts, isLowPriority } = workerData as RunThreadSetUp
if (isLowPriority) lowerPriority()
const city = parseCity(await readDatasets(await openCity(root, cityId)))
const twin = createTwin(city, { ...facts, solveEveryS: solveEveryS(0) })
let beginning: SavedState | undefined

const say = (message: FromRun) => port.postMessage(message)

port.on('message', (message: ToRun) => {
  if (message.kind === 'begin') beginning = message.state
  else say({ kind: 'done', result: run(message.task) })
})
say({ kind: 'ready' })

function run({ edits, horizonS, draw, wantsTables }: RunTask): RunResult {
  if (beginning === undefined) throw new Error('run.worker: was told to run before it was told from where')
  twin.load(beginning)
  if (draw !== undefined) twin.vary(draw)
  const lived = runScenario(twin, edits)
  const meter = meterOutcome(twin)
  const keeper = wantsTables ? keepTables(twin) : undefined
  let saidAtMs = performance.now()
  while (lived.doneS() < horizonS) {
    lived.step()
    meter.look()
    keeper?.look()
    if (performance.now() - saidAtMs < PROGRESS_MS) continue
    saidAtMs = performance.now()
    say({ kind: 'progress', doneS: lived.doneS() })
  }
  return { outcome: meter.values(), tables: keeper?.tables(), hash: twin.hash() }
}
