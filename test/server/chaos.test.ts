/** A short part of `npm run prove -- chaos`: the small town's stream over lines that fail in every way a line can. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FaultProxy } from '../prove/chaos/faultProxy.ts'
import { lineFaults, runLineFaults } from '../prove/chaos/lineFaults.ts'
import { Viewer } from '../prove/chaos/viewer.ts'
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

it('a page that has only ever known a slow line does not make its pictures younger than they are', async () => {
  const proxy = await FaultProxy.open(Number(new URL(town.address).port), SEED)
  proxy.fault = { kind: 'latency', ms: 400, jitterMs: 0 }
  const slow = new Viewer(proxy.url, town.address)
  try {
    const { mirror } = slow.live
    expect(await untilHolds(() => mirror.tick >= 0, 10_000)).toBeDefined()
    for (let look = 0; look < 10; look++) {
      await new Promise((done) => setTimeout(done, 200))
      const { tick, atMs } = slow.shown
      const told = witness.viewer.told.find((each) => each.tick === tick)
      const ageMs = performance.now() - (mirror.cutAtMs ?? 0)
      expect(ageMs).toBeGreaterThan(atMs - (told?.atMs ?? atMs) - 100)
    }
  } finally {
    slow.close()
    proxy.close()
  }
}, 20_000)
