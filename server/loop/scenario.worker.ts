/** The thread of a what-if run: loads the city and makes its twins, then waits for the moment to fork from. */
import { parentPort, workerData } from 'node:worker_threads'
import { parseCity } from '../../twin/city.ts'
import { buildCity } from '../../twin/scenario/build.ts'
import { compareTwins } from '../../twin/scenario/compare.ts'
import { runScenario } from '../../twin/scenario/run.ts'
import { createTwin } from '../../twin/twin.ts'
import { openCity, readDatasets } from './cityFolder.ts'
import type { ScenarioSetUp } from './loopMessages.ts'
import { solveEveryS, warmTwin } from './makeTwin.ts'
import { ScenarioHost } from './scenarioHost.ts'

const port = parentPort
if (port === null) throw new Error('scenario.worker: runs only as a thread')
const { root, cityId, facts } = workerData as ScenarioSetUp
const folder = await openCity(root, cityId)
const city = parseCity(await readDatasets(folder))
const often = solveEveryS(0)
new ScenarioHost(
  {
    make: (run) => createTwin(city, { ...run, solveEveryS: often }),
    async warm(run, asked) {
      const { city: built, edits } = buildCity(asked, city)
      return { twin: await warmTwin(built, folder.folder, { ...run, solveEveryS: often }), edits }
    },
    live: runScenario,
    compare: compareTwins,
  },
  facts,
  port,
).start()
