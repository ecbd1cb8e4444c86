/** The thread of the live twin: loads the city, warms the twin up, and steps it until the thread ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { parseCity } from '../../twin/city.ts'
import { timeMsAt } from '../../twin/kernel/clock.ts'
import { openCity, readDatasets } from './cityFolder.ts'
import { momentAt, utcOffsetS } from './cityTime.ts'
import { LiveHost } from './liveHost.ts'
import type { FromLive, LiveSetUp } from './loopMessages.ts'
import { resumeTwin, warmTwin } from './makeTwin.ts'

const setUp = workerData as LiveSetUp
const port = parentPort
if (port === null) throw new Error('twin.worker: runs only as a thread')

let sinceMs = performance.now()
function tell(text: string): void {
  const message: FromLive = { kind: 'doing', text, ms: performance.now() - sinceMs }
  port?.postMessage(message)
  sinceMs = performance.now()
}

const folder = await openCity(setUp.root, setUp.cityId)
const city = parseCity(await readDatasets(folder))
tell(`Loaded ${city.info.name}`)

if (setUp.resume === undefined) {
  const nowMs = Math.floor(Date.now() / 1000) * 1000
  const offsetS = utcOffsetS(city.info.timeZone, nowMs)
  const startMs = setUp.atS === undefined ? nowMs : momentAt(setUp.atS, nowMs, offsetS)
  const facts = { seed: setUp.seed ?? city.info.seed, startMs, utcOffsetS: offsetS }
  const twin = warmTwin(city, facts)
  tell('Warmed the city up')
  // without --at the seconds spent warming up are made good at once
  new LiveHost(twin, facts, setUp.speed, setUp.atS === undefined ? nowMs : Date.now(), port).start()
} else {
  const twin = resumeTwin(city, setUp.resume)
  tell('Took up the saved state')
  const { seed, startMs, utcOffsetS: offsetS } = setUp.resume
  const reachedMs = timeMsAt(twin.clock, twin.clock.tick)
  const isOnCityTime = setUp.atS === undefined && setUp.speed === 1
  new LiveHost(
    twin,
    { seed, startMs, utcOffsetS: offsetS },
    setUp.speed,
    isOnCityTime ? reachedMs : Date.now(),
    port,
  ).start()
}
