/** Runs worlds one after another in a thread of its own. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { gunzipSync } from 'node:zlib'
import { citiesFolder, openCity, readDatasets } from '../../../server/loop/cityFolder.ts'
import { parseCity } from '../../../twin/city.ts'
import { readWarm } from '../../../twin/warmFile.ts'
import { runWorld, type WorldSpec } from './world.ts'

const folder = await openCity(citiesFolder, workerData as string)
const city = parseCity(await readDatasets(folder))
const warm = readWarm(gunzipSync(readFileSync(join(folder.folder, 'warm.bin.gz'))))

parentPort!.on('message', (spec: WorldSpec) => parentPort!.postMessage(runWorld(city, warm, spec)))
