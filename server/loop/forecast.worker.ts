/** The thread of the forecasts: loads the city and makes the one twin that all members run in. */
import { parentPort, workerData } from 'node:worker_threads'
import { parseCity } from '../../twin/city.ts'
import { createTwin } from '../../twin/twin.ts'
import { openCity, readDatasets } from './cityFolder.ts'
import { ForecastHost } from './forecastHost.ts'
import type { ScenarioSetUp } from './loopMessages.ts'
import { lowerPriority } from './lowPriority.ts'
import { solveEveryS } from './makeTwin.ts'

const port = parentPort
if (port === null) throw new Error('forecast.worker: runs only as a thread')
lowerPriority()
const { root, cityId, facts } = workerData as ScenarioSetUp
const city = parseCity(await readDatasets(await openCity(root, cityId)))
new ForecastHost(createTwin(city, { ...facts, solveEveryS: solveEveryS(0) }), port).start()
