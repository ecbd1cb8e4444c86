/** Forecasts of the small town: its members in the real thread, its future lived on by the twin they were forked from. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateRawSync } from 'node:zlib'
import express from 'express'
import { afterEach, beforeAll, afterAll, expect, it } from 'vitest'
import { forecastRoutes } from '../../../server/api/forecast.ts'
import { ForecastStore } from '../../../server/history/forecastStore.ts'
import { openCity, readDatasets } from '../../../server/loop/cityFolder.ts'
import { Forecaster, type ForecasterOptions } from '../../../server/loop/forecaster.ts'
import { parseCity, type City } from '../../../twin/city.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { forecastIds, LEADS_S } from '../../../twin/forecast/forecast.ts'
import { memberDraw, runMember, startMember } from '../../../twin/forecast/member.ts'
import { observedValues } from '../../../twin/forecast/ofMembers.ts'
import { scoreOf } from '../../../twin/forecast/scores.ts'
import { timeMsAt } from '../../../twin/kernel/clock.ts'
import { makeTable } from '../../../twin/kernel/table.ts'
import { indicatorTable } from '../../../twin/objectives/tables.ts'
import { FrameDecoder } from '../../../twin/protocol/frame.ts'
import { readRecording } from '../../../twin/protocol/recording.ts'
import { createTwin, type Twin } from '../../../twin/twin.ts'
import { tempFolder } from '../fixtures/tempFolder.ts'
import { makeTownFolder, type TownFolder } from '../fixtures/townFolder.ts'

const facts = { seed: 5, startMs: Date.UTC(2026, 10, 23, 20), utcOffsetS: -10_800 }
const MEMBERS = 3

let town: TownFolder
let city: City
const open: Forecaster[] = []
beforeAll(async () => {
  town = makeTownFolder()
  city = parseCity(await readDatasets(await openCity(town.root, 'small')))
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((forecaster) => forecaster.close()))
})
afterAll(() => town.remove())

/** A town ten minutes into its run, and who foresees it. */
async function foreseen(options: Partial<ForecasterOptions> = {}) {
  const twin = createTwin(city, { ...facts, solveEveryS: 60 })
  twin.advance(600)
  const logged: string[] = []
  const log = (line: string) => logged.push(line)
  const store = await ForecastStore.open({ folder: tempFolder(), keepMs: 1e9, nowMs: Date.now, log })
  const forecaster = new Forecaster({
    workerUrl: new URL('../../../server/loop/forecast.worker.ts', import.meta.url),
    setUp: { root: town.root, cityId: 'small' },
    members: MEMBERS,
    speed: 1,
    fork: () => Promise.resolve({ ...facts, state: twin.save() }),
    isBusy: () => false,
    store,
    log,
    firstAfterMs: 0,
    ...options,
  })
  open.push(forecaster)
  forecaster.running(facts)
  return { twin, forecaster, store, logged }
}

function show(forecaster: Forecaster, twin: Twin): void {
  const { value } = twin.tables.find(({ spec }) => spec.name === indicatorTable.name)!.columns
  forecaster.frame(timeMsAt(twin.clock, twin.clock.tick), value)
}

async function untilMade(forecaster: Forecaster): Promise<void> {
  while (forecaster.isMaking) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** One forecast, and the hour after it. */
async function lived(twin: Twin, forecaster: Forecaster): Promise<void> {
  show(forecaster, twin)
  await untilMade(forecaster)
  for (const _lead of LEADS_S) {
    twin.advance(300)
    show(forecaster, twin)
  }
}

it('foresees an hour from the moment of the fork, by as many members as it was told', async () => {
  const { twin, forecaster } = await foreseen()
  show(forecaster, twin)
  await untilMade(forecaster)
  const { forecast } = forecaster
  expect(forecast).toMatchObject({ madeMs: facts.startMs + 600_000, members: MEMBERS })
  expect(forecast?.series.map(({ id }) => id)).toEqual(forecastIds)
  for (const { median, low, high, paths } of forecast?.series ?? []) {
    expect(paths).toHaveLength(MEMBERS)
    for (const lead of LEADS_S.keys()) {
      expect(low[lead]).toBeLessThanOrEqual(median[lead])
      expect(median[lead]).toBeLessThanOrEqual(high[lead])
    }
  }
})

it('shows the hour of one of its members in pictures, a minute apart', async () => {
  const { twin, forecaster } = await foreseen()
  show(forecaster, twin)
  await untilMade(forecaster)
  const { forecast, pictures } = forecaster
  expect(pictures?.madeMs).toBe(forecast?.madeMs)
  const { header, moments } = readRecording(pictures!.file)
  expect(header).toMatchObject({ cityId: 'small', runs: [{ startMs: facts.startMs }] })
  const minutes = [...new Set(moments.map(({ cityMs }) => (cityMs - forecast!.madeMs) / 60_000))]
  expect(minutes).toEqual(Array.from({ length: 61 }, (_, minute) => minute))
  const decoder = new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0)))
  for (const { frame } of moments) expect(decoder.apply(inflateRawSync(frame))).toBe(true)
  const { value } = decoder.tables.find(({ spec }) => spec.name === indicatorTable.name)!.columns
  const recorded = observedValues(value)
  // the recorded hour is one of the members' own, to the last bit
  const seed = (facts.seed ^ (forecast!.madeMs / 1000)) >>> 0
  const ends = Array.from({ length: MEMBERS }, (_, member) => {
    const fork = createTwin(city, { ...facts, solveEveryS: 60 })
    startMember(fork, twin.save(), memberDraw(seed, member))
    const last = runMember(fork).map((path) => path[LEADS_S.length - 1])
    return Object.fromEntries(forecastIds.map((id, i) => [id, last[i]]))
  })
  expect(ends).toContainEqual(recorded)
})

it('scores each lead once by what came in the city’s time, and keeps forecast and observations', async () => {
  const { twin, forecaster, store } = await foreseen()
  await lived(twin, forecaster)
  for (const id of forecastIds)
    for (const lead of LEADS_S.keys()) expect(scoreOf(store.tally.scores, id, lead).count).toBe(1)
  expect(store.tally).toMatchObject({ forecasts: 1, sinceMs: facts.startMs + 600_000 })
  const kinds = (await store.lines()).map((line) => (line as { kind: string }).kind)
  expect(kinds.filter((kind) => kind === 'came')).toHaveLength(LEADS_S.length)
  expect(kinds[0]).toBe('forecast')
})

it('makes the next one on a whole five minutes, ten minutes on at the soonest', async () => {
  const { twin, forecaster } = await foreseen()
  twin.advance(30)
  show(forecaster, twin)
  await untilMade(forecaster)
  const made: number[] = []
  for (let step = 0; step < 90; step++) {
    twin.advance(10)
    show(forecaster, twin)
    await untilMade(forecaster)
    const { madeMs } = forecaster.forecast!
    if (!made.includes(madeMs)) made.push(madeMs)
  }
  expect(made.map((madeMs) => (madeMs - facts.startMs) / 1000)).toEqual([630, 1500])
})

it('lets who waits for the cores go first', async () => {
  const measured: (number | undefined)[] = []
  const { twin, forecaster } = await foreseen({ isBusy: () => measured.push(open[0]?.memberMs) < 3 })
  show(forecaster, twin)
  await untilMade(forecaster)
  expect(measured.slice(0, 3)).toEqual([undefined, undefined, undefined])
  expect(forecaster.forecast?.members).toBe(MEMBERS)
})

it('drops what it foresaw of a run that has ended, and keeps the scores', async () => {
  const { twin, forecaster, store } = await foreseen()
  show(forecaster, twin)
  await untilMade(forecaster)
  twin.advance(300)
  show(forecaster, twin)
  forecaster.running(facts)
  expect(forecaster.forecast).toBeDefined()
  forecaster.running({ ...facts, startMs: facts.startMs + 60_000 })
  expect(forecaster.forecast).toBeUndefined()
  expect(store.tally.scores.waiting).toEqual([])
  expect(scoreOf(store.tally.scores, 'buses', 0).count).toBe(1)
})

it('says why none could be made, and goes on', async () => {
  const { twin, forecaster, logged } = await foreseen({ setUp: { root: town.root, cityId: 'atlantis' } })
  show(forecaster, twin)
  await untilMade(forecaster)
  expect(logged.join()).toContain('No forecast could be made')
  twin.advance(60)
  show(forecaster, twin)
  expect(forecaster.isMaking).toBe(false)
})

it.each([
  ['told to make none', { members: 0 }],
  ['the city runs faster than it can be foreseen', { speed: 60 }],
])('makes none when %s', async (_case, options) => {
  const { twin, forecaster } = await foreseen(options)
  show(forecaster, twin)
  expect([forecaster.isOn, forecaster.isMaking]).toEqual([false, false])
})

it('is told over HTTP with its scores, rounded to what is meant', async () => {
  const { twin, forecaster } = await foreseen()
  const server = createServer(express().use(forecastRoutes({ forecaster })))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const get = async (path: string) =>
    (await (await fetch(`http://127.0.0.1:${port}${path}`)).json()) as Record<string, unknown>
  try {
    expect(await get('/api/forecast')).toEqual({ state: 'waiting' })
    expect(await get('/api/forecast/scores')).toMatchObject({ forecasts: 0 })
    await lived(twin, forecaster)
    await untilMade(forecaster)
    const { forecast, state } = await get('/api/forecast')
    expect(state).toBe('waiting')
    const { leadsS, series, members } = forecast as { leadsS: number[]; series: object[]; members: number }
    expect([leadsS, members]).toEqual([[...LEADS_S], MEMBERS])
    expect(series).toHaveLength(forecastIds.length)
    const pictures = await fetch(
      `http://127.0.0.1:${port}/api/forecast/pictures?made=${forecaster.pictures?.madeMs}`,
    )
    expect([pictures.status, (await pictures.arrayBuffer()).byteLength]).toEqual([
      200,
      forecaster.pictures?.file.length,
    ])
    expect((await fetch(`http://127.0.0.1:${port}/api/forecast/pictures?made=1`)).status).toBe(404)
    expect(JSON.stringify(series)).not.toMatch(/\d\.\d{5}/)
    const { scores, forecasts, sinceMs } = await get('/api/forecast/scores')
    expect([forecasts, sinceMs]).toEqual([1, facts.startMs + 600_000])
    expect((scores as { count: number }[]).every(({ count }) => count === 1)).toBe(true)
  } finally {
    server.close()
  }
})
