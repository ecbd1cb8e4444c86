/**
 * What if, from edit to answer: Montevideo, 18:00, the busiest link of the Rambla closed. Wall seconds to the first answer, of one
 * coupled run of two hours and of twenty pairs of such runs, with the CPU seconds of the whole process, while a live twin keeps its clock in it;
 * how late its frames came, at the most, is printed.
 */
import { availableParallelism } from 'node:os'
import { citiesFolder, openCity, readDatasets } from '../../server/loop/cityFolder.ts'
import { momentAt } from '../../server/loop/cityTime.ts'
import { runEnsemble } from '../../server/loop/ensemble/ensemble.ts'
import type { RunResult } from '../../server/loop/ensemble/messages.ts'
import { RunThread } from '../../server/loop/ensemble/runThread.ts'
import { Live } from '../../server/loop/live.ts'
import { Preliminaries } from '../../server/loop/preliminary/preliminaries.ts'
import { parseCity } from '../../twin/city.ts'
import { TICKS_PER_S } from '../../twin/kernel/clock.ts'
import type { ScenarioEdit } from '../../twin/scenario/edits.ts'
import type { FlowChange } from '../../twin/scenario/preliminary/answer.ts'

const CITY = 'montevideo'
const AT_S = 18 * 3600
const HORIZON_S = 2 * 3600
const SEEDS = 20
const ASKED = 7
// The live twin alone, to know its own lateness.
const ALONE_MS = 10_000

export async function bench(log: (line: string) => void): Promise<void> {
  const say = (facts: object) => log(JSON.stringify({ bench: 'scenario', ...facts }))
  const city = parseCity(await readDatasets(await openCity(citiesFolder, CITY)))
  const { seed } = city.info
  const live = new Live({
    workerUrl: new URL('../../server/loop/twin.worker.ts', import.meta.url),
    setUp: { root: citiesFolder, cityId: CITY, seed, atS: AT_S, date: undefined, speed: 1, framesPerS: 1 },
    log,
  })
  const lag = watchLag(live)
  live.start()
  await pause(ALONE_MS)
  say({ what: 'live twin alone', ...lag.read() })

  const preliminaries = new Preliminaries({
    root: citiesFolder,
    cityId: CITY,
    facts: () => live.facts,
    timeMs: () => live.timeMs,
    log,
  })
  const ask = async (edits: readonly ScenarioEdit[]) => {
    const asked = { edits: [...edits], horizonS: HORIZON_S, atS: AT_S }
    const answer = await preliminaries.ask(asked, 'bench')
    if (answer === undefined) throw new Error('bench: nobody else asks, and yet there is no answer')
    return answer
  }
  const made = await measured(() => ask([{ kind: 'changeDemand', id: 'none', factor: 0 }]))
  say({ what: 'traffic of the hour, made once', wallS: made.wallS, cpuS: made.cpuS, ...lag.read() })
  const link = busiestOfRambla(
    made.value.flowChange,
    (row) => city.network.names.text[city.network.links.name[row]],
  )
  const edits: ScenarioEdit[] = [{ kind: 'closeStreet', id: 'rambla', links: [link] }]
  const asked = []
  for (let i = 0; i < ASKED; i++) asked.push(await measured(() => ask(edits)))
  const sorted = asked.map(({ wallS }) => wallS).sort((a, b) => a - b)
  say({
    what: 'first answer, preliminary',
    link,
    medianWallS: sorted[ASKED >> 1],
    mostWallS: sorted.at(-1),
    cpuS: asked[ASKED - 1].cpuS,
    relativeGap: asked[0].value.relativeGap,
    ...lag.read(),
  })
  await preliminaries.close()

  const { utcOffsetS } = live.facts!
  const facts = { seed, startMs: momentAt(AT_S, live.timeMs!, utcOffsetS), utcOffsetS }
  const setUp = { root: citiesFolder, cityId: CITY, facts, isHour: true, isLowPriority: true }
  const bases = new Map<number, RunResult>()
  const runs = async (threads: number, members: number) => {
    const pool = Array.from({ length: threads }, () => new RunThread(setUp))
    await Promise.all(pool.map((thread) => thread.begin(undefined)))
    const asked = { state: undefined, seed, edits, horizonS: HORIZON_S, members, wantsTables: false, bases }
    const run = await measured(() => runEnsemble(pool, asked, { pair: () => {}, progress: () => {} }))
    await Promise.all(pool.map((thread) => thread.close()))
    return run
  }
  const one = await runs(2, 1)
  say({ what: 'one pair of coupled runs of 2 h', wallS: one.wallS, cpuS: one.cpuS, ...lag.read() })
  bases.clear()
  const threads = availableParallelism()
  const all = await runs(threads, SEEDS)
  say({ what: `${SEEDS} pairs of runs of 2 h`, threads, wallS: all.wallS, cpuS: all.cpuS, ...lag.read() })
  const again = await runs(threads, SEEDS)
  say({
    what: `${SEEDS} again, as after an edit: the city without edits is known`,
    threads,
    wallS: again.wallS,
    cpuS: again.cpuS,
    ...lag.read(),
  })
  await live.stop()
}

function busiestOfRambla({ link }: FlowChange, nameOf: (row: number) => string): number {
  return link.find((row) => nameOf(row).startsWith('Rambla'))!
}

interface Measured<T> {
  readonly value: T
  readonly wallS: number
  readonly cpuS: number
}

async function measured<T>(work: () => Promise<T>): Promise<Measured<T>> {
  const cpu = process.cpuUsage()
  const startedMs = performance.now()
  const value = await work()
  const { user, system } = process.cpuUsage(cpu)
  const wallS = (performance.now() - startedMs) / 1000
  return { value, wallS: rounded(wallS), cpuS: rounded((user + system) / 1e6) }
}

/** How much later than the best of them frames come, by their own clock; the most since last read. */
function watchLag(live: Live): { read(): { readonly liveFrames: number; readonly mostLagMs: number } } {
  let bestMs = Infinity
  let lateMs: number[] = []
  live.on('frame', ({ tick }) => {
    const aheadMs = performance.now() - (tick / TICKS_PER_S) * 1000
    bestMs = Math.min(bestMs, aheadMs)
    lateMs.push(aheadMs)
  })
  return {
    read() {
      const most = Math.max(0, ...lateMs.map((ms) => ms - bestMs))
      const liveFrames = lateMs.length
      lateMs = []
      return { liveFrames, mostLagMs: Math.round(most) }
    },
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
