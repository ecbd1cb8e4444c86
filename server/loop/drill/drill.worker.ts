/** The thread of one drill: loads the city, makes its two twins, plays. */
import { parentPort, workerData } from 'node:worker_threads'
import { parseCity } from '../../../twin/city.ts'
import { DrillHost } from '../../../twin/scenario/drill/hosted.ts'
import type { Twin } from '../../../twin/twin.ts'
import { openCity, readDatasets } from '../cityFolder.ts'
import { Framer } from '../framer.ts'
import type { Side } from '../loopMessages.ts'
import type { DrillQuestion, DrillSetUp, FromDrill } from './messages.ts'
import { baseOf, twinsOf } from './twins.ts'

const port = parentPort
if (port === null) throw new Error('drill.worker: runs only as a thread')
const { root, cityId } = workerData as DrillSetUp
const folder = await openCity(root, cityId)
const city = parseCity(await readDatasets(folder))
const framers = new Map<Side, Framer>()

const say = (message: FromDrill, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)

function show(side: Side, { tables, clock }: Twin): void {
  const framer = framers.get(side) ?? new Framer(tables)
  framers.set(side, framer)
  const frame = framer.next(clock.tick)
  say({ kind: 'frame', side, ...frame }, [frame.bytes])
  const key = framer.dueKeyframe()
  if (key !== undefined) say({ kind: 'keyframe', side, ...key }, [key.bytes])
}

const host = new DrillHost({
  city,
  base: baseOf(folder),
  twins: (base) => twinsOf(city, folder, base),
  tell: (news) => say({ kind: 'news', news }),
  show: (played, base) => {
    show('edited', played)
    show('base', base)
  },
  nowMs: () => performance.now(),
  later: (afterMs, next) => void (afterMs > 0 ? setTimeout(next, afterMs) : setImmediate(next)),
})

port.on('message', ({ n, message }: DrillQuestion) => {
  try {
    host.hear(message)
    say({ kind: 'answer', n, error: undefined })
  } catch (error) {
    say({ kind: 'answer', n, error: (error as Error).message })
  }
})
