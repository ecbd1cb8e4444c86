/** A short part of `npm run prove -- chaos`: the small town's stream over lines that fail in every way a line can. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FaultProxy } from '../prove/chaos/faultProxy.ts'
import { lineFaults, runLineFaults } from '../prove/chaos/lineFaults.ts'
import { monotonicMs, Viewer } from '../prove/chaos/viewer.ts'
import { untilHolds, Witness } from '../prove/chaos/witness.ts'
import { serveTown, type ServedTown } from './fixtures/servedTown.ts'

const SEED = 20_241
let town: ServedTown
let witness: Witness

beforeAll(async () => {
  town = await serveTown(1)
  witness = new Witness(town.address)
  expect(await untilHolds(() => witness.viewer.shown.state === 'live', 10_000)).toBeDefined()
})
afterAll(async () => {
  witness.close()
  await town.close()
})

it(`every viewer has the server's state within 10 s of any fault of its line, and nothing old was drawn as live (seed ${SEED})`, async () => {
  const runs = await runLineFaults(Number(new URL(town.address).port), witness, SEED, lineFaults(0.75))
  expect(runs.filter(({ healedMs }) => healedMs === undefined)).toEqual([])
  expect(runs.flatMap(({ lies }) => lies)).toEqual([])
  expect(witness.viewer.wrongHashes).toBe(0)
}, 60_000)

it('on a line that takes 300 ms each way a picture is as old as it says, within 50 ms', async () => {
  const proxy = await FaultProxy.open(Number(new URL(town.address).port), SEED)
  proxy.fault = { kind: 'latency', ms: 300, jitterMs: 0 }
  const slow = new Viewer(proxy.url, town.address)
  try {
    const { mirror } = slow.live
    expect(await untilHolds(() => mirror.tick >= 0, 10_000)).toBeDefined()
    // the first exchanges are over
    await new Promise((done) => setTimeout(done, 4500))
    const errorsMs: number[] = []
    const wrongMs = () => {
      // the direct line has a frame as soon as it is cut
      const told = witness.viewer.told.find(({ tick }) => tick === mirror.tick)
      const ageMs = performance.now() - (mirror.cutAtMs ?? 0)
      return told === undefined ? undefined : ageMs - (monotonicMs() - told.atMs)
    }
    await untilHolds(() => {
      const errorMs = wrongMs()
      if (errorMs !== undefined && errorMs !== errorsMs.at(-1)) errorsMs.push(errorMs)
      return errorsMs.length >= 40
    }, 15_000)
    const middle = errorsMs.toSorted((a, b) => a - b)[errorsMs.length >> 1]
    expect(errorsMs.length).toBeGreaterThanOrEqual(40)
    expect(Math.abs(middle)).toBeLessThan(50)
  } finally {
    slow.close()
    proxy.close()
  }
}, 40_000)
