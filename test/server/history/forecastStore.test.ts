/** Forecasts on disk: what is kept, for how long, and through what. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ForecastStore } from '../../../server/history/forecastStore.ts'
import { LEADS_S } from '../../../twin/forecast/forecast.ts'
import { addForecast, observe, scoreOf } from '../../../twin/forecast/scores.ts'
import { tempFolder } from '../fixtures/tempFolder.ts'

const DAY_MS = 86_400_000

function openAt(folder: string, clock: { nowMs: number }, logged: string[] = []) {
  const log = (line: string) => logged.push(line)
  return ForecastStore.open({ folder, keepMs: DAY_MS, nowMs: () => clock.nowMs, log })
}

/** A forecast of one quantity that stays 1 below what comes. */
function forecastOfOne(madeMs: number) {
  const column = (value: number) => Float32Array.from(LEADS_S, () => value)
  const series = {
    id: 'buses' as const,
    now: 5,
    median: column(9),
    low: column(8),
    high: column(11),
    paths: [],
  }
  return { madeMs, members: 1, series: [{ ...series, drift: column(4), gap: 0, scale: column(1) }] }
}

it('gives back after a restart what was added, in order', async () => {
  const folder = tempFolder()
  const clock = { nowMs: 1_000_000 }
  const store = await openAt(folder, clock)
  store.add({ kind: 'forecast', madeMs: 1 })
  store.add({ kind: 'came', timeMs: 2 })
  await store.close()
  expect(await (await openAt(folder, clock)).lines()).toEqual([
    { atMs: 1_000_000, kind: 'forecast', madeMs: 1 },
    { atMs: 1_000_000, kind: 'came', timeMs: 2 },
  ])
})

it('drops a last line that was torn, and writes on behind what stands', async () => {
  const folder = tempFolder()
  const clock = { nowMs: 1_000_000 }
  const store = await openAt(folder, clock)
  store.add({ kind: 'came', timeMs: 1 })
  await store.close()
  appendFileSync(join(folder, 'forecasts.jsonl'), '{"atMs":1000000,"kind":"ca')
  const again = await openAt(folder, clock)
  again.add({ kind: 'came', timeMs: 2 })
  expect(await again.lines()).toEqual([
    { atMs: 1_000_000, kind: 'came', timeMs: 1 },
    { atMs: 1_000_000, kind: 'came', timeMs: 2 },
  ])
})

it('lets lines go after their time, at the start and while it runs', async () => {
  const folder = tempFolder()
  const clock = { nowMs: 0 }
  const store = await openAt(folder, clock)
  store.add({ kind: 'came', timeMs: 0 })
  clock.nowMs = DAY_MS / 2
  store.add({ kind: 'came', timeMs: 1 })
  clock.nowMs = DAY_MS + 1
  store.add({ kind: 'came', timeMs: 2 })
  await store.close()
  const onDisk = readFileSync(join(folder, 'forecasts.jsonl'), 'utf8').trimEnd().split('\n')
  expect(onDisk.map((line) => (JSON.parse(line) as { timeMs: number }).timeMs)).toEqual([1, 2])
  clock.nowMs = 3 * DAY_MS
  expect(await (await openAt(folder, clock)).lines()).toEqual([])
})

it('keeps what forecasts have taught longer than the forecasts', async () => {
  const folder = tempFolder()
  const clock = { nowMs: 0 }
  const store = await openAt(folder, clock)
  addForecast(store.tally.scores, forecastOfOne(0))
  observe(store.tally.scores, 300_000, { buses: 10 })
  store.tally.forecasts = 1
  store.tally.sinceMs = 0
  store.saveTally()
  await store.close()
  clock.nowMs = 30 * DAY_MS
  const { tally } = await openAt(folder, clock)
  expect([tally.forecasts, tally.sinceMs]).toEqual([1, 0])
  expect(scoreOf(tally.scores, 'buses', 0)).toMatchObject({ count: 1, meanError: 1, meanPersistenceError: 5 })
  expect(tally.scores.waiting).toHaveLength(1)
})

it.each([
  ['of another version', '{"version":99}', 'version 99, expected 1'],
  ['that are torn', '{"version":1,"sco', 'the scores begin anew'],
])('begins anew with scores %s, and says so', async (_case, text, sentence) => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'scores.json'), text)
  const logged: string[] = []
  const { tally } = await openAt(folder, { nowMs: 0 }, logged)
  expect(tally).toEqual({ sinceMs: undefined, forecasts: 0, scores: { leads: {}, waiting: [] } })
  expect(logged.join()).toContain(sentence)
})
