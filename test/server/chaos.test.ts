/** A short part of `npm run prove -- chaos`: the small town's stream over lines that fail in every way a line can. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lineFaults, runLineFaults } from '../prove/chaos/lineFaults.ts'
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
