/** An ensemble is what its runs are one by one, whatever the number of threads; it tells every pair once, and ends when it is told to. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runEnsemble, type EnsembleAsked, type Pair } from '../../../server/loop/ensemble/ensemble.ts'
import { RunThread } from '../../../server/loop/ensemble/runThread.ts'
import { openCity, readDatasets } from '../../../server/loop/cityFolder.ts'
import { parseCity, type City } from '../../../twin/city.ts'
import { memberDraw } from '../../../twin/forecast/member.ts'
import type { Causes } from '../../../twin/scenario/causes/step.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { runScenario } from '../../../twin/scenario/run.ts'
import { createTwin, type Twin } from '../../../twin/twin.ts'
import { makeTownFolder, type TownFolder } from '../fixtures/townFolder.ts'

const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 20), utcOffsetS: -3 * 3600 }
const edits: ScenarioEdit[] = [{ kind: 'changeDemand', id: 'more', factor: 2 }]
let city: City
const makeTown = () => createTwin(city, { ...facts, solveEveryS: 60 })
let town: TownFolder
let begun: Twin
let asked: EnsembleAsked

beforeAll(async () => {
  town = makeTownFolder()
  // as it is on the disk, where places are rounded
  city = parseCity(await readDatasets(await openCity(town.root, 'small')))
  begun = makeTown()
  begun.advance(300)
  asked = { state: begun.save(), seed: 9, edits, horizonS: 120, members: 3, wantsTables: false }
})
afterAll(() => town.remove())

async function withThreads<T>(count: number, use: (threads: RunThread[]) => Promise<T>): Promise<T> {
  const setUp = { root: town.root, cityId: 'small', facts, isHour: false, isLowPriority: false }
  const threads = Array.from({ length: count }, () => new RunThread(setUp))
  try {
    return await use(threads)
  } finally {
    await Promise.all(threads.map((thread) => thread.close()))
  }
}

async function pairsOf(threads: RunThread[], what: EnsembleAsked): Promise<Pair[]> {
  const pairs: Pair[] = []
  await runEnsemble(threads, what, { pair: (pair) => pairs.push(pair), progress: () => {} })
  return pairs.sort((a, b) => a.member - b.member)
}

describe('an ensemble', () => {
  test('is the same on one thread and on three, and the same as its runs one by one', async () => {
    const hashes = (pairs: readonly Pair[]) =>
      pairs.map(({ member, base, edited }) => [member, base.hash, edited.hash])
    const alone = await withThreads(1, (threads) => pairsOf(threads, asked))
    const together = await withThreads(3, (threads) => pairsOf(threads, asked))
    expect(hashes(together)).toEqual(hashes(alone))
    const byHand = [0, 1, 2].map((member) =>
      [[], edits].map((made) => {
        const twin = makeTown()
        twin.traffic.keepPlans(false)
        twin.load(asked.state!)
        if (member > 0) twin.vary(memberDraw(asked.seed, member - 1))
        const run = runScenario(twin, made)
        while (run.doneS() < asked.horizonS) run.step()
        return twin.hash()
      }),
    )
    expect(alone.map(({ base, edited }) => [base.hash, edited.hash])).toEqual(byHand)
  })

  test('whose base has been lived before lives only what is edited, and says the same', async () => {
    const bases: EnsembleAsked['bases'] = new Map()
    await withThreads(2, async (threads) => {
      const first = await pairsOf(threads, { ...asked, bases })
      expect([...bases.keys()].sort()).toEqual([0, 1, 2])
      const again = await pairsOf(threads, { ...asked, bases })
      expect(again).toEqual(first)
      again.forEach(({ base }, i) => expect(base).toBe(first[i].base))
      const untouched = await pairsOf(threads, { ...asked, edits: [], bases })
      expect(untouched.map(({ base }) => base)).toEqual(first.map(({ base }) => base))
    })
  })

  test('tells what its first pair came to by which coupling, once', async () => {
    const told: Causes[] = []
    const dark: ScenarioEdit[] = [{ kind: 'substationOut', id: 'out', substation: 0 }]
    await withThreads(2, (threads) =>
      runEnsemble(
        threads,
        { ...asked, edits: dark, horizonS: 600, members: 2 },
        { pair: () => {}, causes: (causes) => told.push(causes), progress: () => {} },
      ),
    )
    expect(told).toHaveLength(1)
    expect(JSON.stringify(told[0])).toContain('out')
  })

  test('without edits has one run a member, which is both sides; its outcome is of the run alone', async () => {
    const pairs = await withThreads(1, (threads) => pairsOf(threads, { ...asked, edits: [], members: 2 }))
    for (const { base, edited } of pairs) expect(edited).toBe(base)
    const [{ base }] = pairs
    expect(base.outcome.vehicleHours).toBeGreaterThan(0)
    expect(base.outcome.customerMinutesOut).toBe(0)
  })

  test('keeps tables whose sums are those of the outcome', async () => {
    const what = { ...asked, edits: [], members: 1, horizonS: 900, wantsTables: true }
    const [{ base }] = await withThreads(1, (threads) => pairsOf(threads, what))
    const { trips, links, feeders, indicators } = base.tables!
    const arrived = (trips['end'] as string[]).filter((end) => end === 'arrived').length
    expect(arrived).toBeGreaterThan(0)
    // buses, and trips that had set out before, end too
    expect(arrived).toBeLessThanOrEqual(base.outcome.tripsEnded)
    expect(links['link']).toHaveLength(city.network.links.fromNode.length)
    expect(feeders['feeder']).toHaveLength(city.grid!.feeders.firstBus.length)
    expect(indicators['timeS']).toHaveLength(15)
    const travelS = trips['travelS'] as Float32Array
    expect(
      travelS.every((seconds, i) => (trips['end'][i] === 'arrived' ? seconds > 0 : Number.isNaN(seconds))),
    ).toBe(true)
  })

  test('stops when it is told to', async () => {
    await withThreads(1, async (threads) => {
      const stop = new AbortController()
      const news = { pair: () => stop.abort(new Error('enough')), progress: () => {} }
      await expect(runEnsemble(threads, asked, news, stop.signal)).rejects.toThrow('enough')
    })
  })
})
