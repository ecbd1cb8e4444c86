/** The thread of a what-if run: loads the city, then waits for the moment to fork from. */
import { parentPort, workerData } from 'node:worker_threads'
import { parseCity } from '../../twin/city.ts'
import { compareTwins } from '../../twin/scenario/compare.ts'
import { openCity, readDatasets } from './cityFolder.ts'
import type { ScenarioSetUp } from './loopMessages.ts'
import { resumeTwin } from './makeTwin.ts'
import { ScenarioHost } from './scenarioHost.ts'

const port = parentPort
if (port === null) throw new Error('scenario.worker: runs only as a thread')
const { root, cityId } = workerData as ScenarioSetUp
const city = parseCity(await readDatasets(await openCity(root, cityId)))
new ScenarioHost({ resume: (fork) => resumeTwin(city, fork), compare: compareTwins }, port).start()
