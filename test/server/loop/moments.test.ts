/** A kept moment comes back byte for byte, under the name of its bytes; the last used are kept. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { Moments } from '../../../server/loop/moments.ts'
import { createTwin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const folder = mkdtempSync(join(tmpdir(), 'citytwin-moments-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const facts = { seed: 7, startMs: 1_700_000_000_000, utcOffsetS: -10_800 }

test('a twin goes on from a kept moment as the one that it was kept of', async () => {
  const city = smallCity()
  const make = () => createTwin(city, facts)
  const kept = make()
  for (let second = 0; second < 5; second++) kept.step()
  const moments = new Moments(folder, () => Promise.resolve({ ...facts, state: kept.save() }))
  const name = await moments.keep('data')
  expect(await moments.keep('data')).toBe(name)
  const other = make()
  const { state, ...found } = await moments.read(name, 'data')
  expect(found).toEqual(facts)
  other.load(state)
  for (const twin of [kept, other]) for (let second = 0; second < 5; second++) twin.step()
  expect(other.save()).toEqual(kept.save())
})

test('whatever name is asked for, what is not kept is told, and the forty last used stay', async () => {
  let count = 0
  const moments = new Moments(folder, () =>
    Promise.resolve({ ...facts, state: { 'a.b': Float32Array.of(count++) } }),
  )
  const names = []
  for (let i = 0; i < 45; i++) names.push(await moments.keep('data'))
  expect(readdirSync(folder)).toHaveLength(40)
  expect((await moments.read(names[44], 'data')).state['a.b']).toEqual(Float32Array.of(44))
  await expect(moments.read(names[44], 'others')).rejects.toThrow('is of data data')
  await fc.assert(
    fc.asyncProperty(fc.string(), async (name) => {
      await expect(moments.read(name, 'data')).rejects.toThrow('is not kept on this server')
    }),
    { numRuns: 30 },
  )
})

test('many who keep the same moment at once keep one, and none fails', async () => {
  const moments = new Moments(mkdtempSync(join(folder, 'many-')), () =>
    Promise.resolve({ ...facts, state: { 'a.b': new Float32Array(100_000).fill(3) } }),
  )
  const names = await Promise.all(Array.from({ length: 12 }, () => moments.keep('data')))
  expect(new Set(names).size).toBe(1)
  expect((await moments.read(names[0], 'data')).state['a.b']).toHaveLength(100_000)
})
