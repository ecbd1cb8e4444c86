/** The thread of the live twin: loads the city, warms the twin up, and steps it until the thread ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { parseCity } from '../../twin/city.ts'
import { timeMsAt } from '../../twin/kernel/clock.ts'
import { openCity, readDatasets } from './cityFolder.ts'
import { momentAt, momentOn, utcOffsetS } from './cityTime.ts'
import { LiveHost } from './liveHost.ts'
import type { FromLive, LiveSetUp } from './loopMessages.ts'
import { resumeTwin, solveEveryS, warmTwin } from './makeTwin.ts'
import { Pace } from './pace.ts'

const { root, cityId, seed, atS, date, speed, framesPerS, resume } = workerData as LiveSetUp
const port = parentPort
if (port === null) throw new Error('twin.worker: runs only as a thread')

let sinceMs = performance.now()
function tell(text: string): void {
  const message: FromLive = { kind: 'doing', text, ms: performance.now() - sinceMs }
  port?.postMessage(message)
  sinceMs = performance.now()
}

const folder = await openCity(root, cityId)
const city = parseCity(await readDatasets(folder))
tell(`Loaded ${city.info.name}`)

if (resume === undefined) {
  const nowMs = Math.floor(Date.now() / 1000) * 1000
  const offsetS = utcOffsetS(city.info.timeZone, date === undefined ? nowMs : Date.parse(date))
  const momentOf = (ofS: number) =>
    date === undefined ? momentAt(ofS, nowMs, offsetS) : momentOn(date, ofS, offsetS)
  const beginMs = atS === undefined ? nowMs : momentOf(atS)
  const wanted = { seed: seed ?? city.info.seed, startMs: beginMs, utcOffsetS: offsetS }
  const twin = await warmTwin(city, folder.folder, wanted)
  twin.power.solveEveryS = solveEveryS(speed)
  tell('Warmed the city up')
  const facts = { ...wanted, startMs: twin.clock.startMs }
  // at the city's own time the seconds spent warming up are made good at once
  const rightAtMs = atS === undefined ? nowMs : Date.now()
  new LiveHost(twin, facts, new Pace(speed, rightAtMs, framesPerS), port).start()
} else {
  const twin = resumeTwin(city, resume)
  twin.power.solveEveryS = solveEveryS(speed)
  tell('Took up the saved state')
  const isOnCityTime = atS === undefined && speed === 1
  const rightAtMs = isOnCityTime ? timeMsAt(twin.clock, twin.clock.tick) : Date.now()
  new LiveHost(twin, resume, new Pace(speed, rightAtMs, framesPerS), port).start()
}
