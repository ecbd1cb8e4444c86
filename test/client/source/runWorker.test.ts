/** What-if runs in a page's worker come to the same numbers as the engine itself, and say why an edit cannot be made. */
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { FromRunWorker, RunBeginning, ToRunWorker } from '../../../client/source/run.worker.ts'
import { parseCity } from '../../../twin/city.ts'
import { publishedTables } from '../../../twin/domains.ts'
import { memberDraw } from '../../../twin/forecast/member.ts'
import { writeColumnsFile } from '../../../twin/kernel/columnsFile.ts'
import { makeTable } from '../../../twin/kernel/table.ts'
import { gridSchema } from '../../../twin/power/grid.ts'
import { weatherSchema } from '../../../twin/power/weather.ts'
import { FrameDecoder } from '../../../twin/protocol/frame.ts'
import { compareTwins } from '../../../twin/scenario/compare.ts'
import type { ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { meterOutcome } from '../../../twin/scenario/outcome.ts'
import { outcomesOfPairs, runsOfPairs } from '../../../twin/scenario/pairs.ts'
import { runScenario } from '../../../twin/scenario/run.ts'
import { networkSchema } from '../../../twin/traffic/network.ts'
import { zonesSchema } from '../../../twin/traffic/zones.ts'
import { timetableSchema } from '../../../twin/transit/timetable.ts'
import { createTwin, type Twin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const made = smallCity()
const datasets = {
  network: writeColumnsFile(networkSchema, made.network),
  zones: writeColumnsFile(zonesSchema, made.zones),
  grid: writeColumnsFile(gridSchema, made.grid!),
  weather: writeColumnsFile(weatherSchema, made.weather!),
  transit: writeColumnsFile(timetableSchema, made.timetable!),
}
/** As it comes out of its files, whose numbers are rounded. */
const city = parseCity({ info: made.info, ...datasets, reports: made.services! })
const reports = new TextEncoder().encode(JSON.stringify(made.services))
const urls = Object.fromEntries(
  Object.entries({ ...datasets, reports }).map(([name, bytes]) => [
    name,
    `data:application/octet-stream;base64,${Buffer.from(bytes).toString('base64')}`,
  ]),
)
const place = { info: city.info, urls }
const facts = { seed: 1, startMs: Date.UTC(2026, 7, 5, 11), utcOffsetS: -3 * 3600 }
const options = { ...facts, solveEveryS: 60 }
const HORIZON_S = 120
const closed: ScenarioEdit[] = [{ id: 'e1', kind: 'closeStreet', links: [0, 1] }]

/** The living city after ten minutes. */
function fork(): RunBeginning {
  const twin = createTwin(city, facts)
  twin.advance(600)
  return { facts, state: twin.save(), settleS: 0 }
}
const from = fork()

function twinOf({ state }: RunBeginning): Twin {
  const twin = createTwin(city, options)
  twin.load(state!)
  return twin
}

let say: (message: ToRunWorker) => void
let heard: FromRunWorker[]

beforeAll(async () => {
  vi.stubGlobal('addEventListener', (_: string, hear: (event: { data: ToRunWorker }) => void) => {
    say = (data) => hear({ data })
  })
  vi.stubGlobal('postMessage', (message: FromRunWorker) => heard.push(message))
  await import('../../../client/source/run.worker.ts')
})
beforeEach(() => {
  heard = []
})
afterAll(() => {
  vi.unstubAllGlobals()
})

/** All that the worker says until it is done, or has failed. */
async function until(): Promise<FromRunWorker[]> {
  await vi.waitFor(() => expect(heard.some(({ kind }) => kind === 'done' || kind === 'failed')).toBe(true), {
    timeout: 20_000,
  })
  return heard
}

function ofKind<K extends FromRunWorker['kind']>(messages: readonly FromRunWorker[], kind: K) {
  return messages.filter((message) => message.kind === kind) as Extract<FromRunWorker, { kind: K }>[]
}

it('lives a scenario beside the untouched city, both as the engine lives them', async () => {
  say({ kind: 'scenario', place, from, edits: closed, horizonS: HORIZON_S, speed: 0 })
  const told = await until()
  const edited = twinOf(from)
  const base = twinOf(from)
  const lived = runScenario(edited, closed)
  while (lived.doneS() < HORIZON_S) {
    lived.step()
    base.step()
  }
  const last = ofKind(told, 'progress').at(-1)!
  expect(last.doneS).toBe(HORIZON_S)
  expect(last.comparison).toEqual(compareTwins(edited.clock.tick, base.tables, edited.tables))
  for (const [side, twin] of [['edited', edited], ['base', base]] as const) {
    const decoder = new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0)))
    for (const { bytes } of ofKind(told, 'frame').filter((frame) => frame.side === side))
      expect(decoder.apply(bytes)).toBe(true)
    expect(decoder.tick).toBe(twin.clock.tick)
  } // prettier-ignore
})

it('measures pairs of runs as the engine does', async () => {
  say({ kind: 'ensemble', place, from, edits: closed, horizonS: HORIZON_S, members: 2 })
  const told = await until()
  const results = [0, 1].map((member) =>
    [[], closed].map((edits) => {
      const twin = twinOf(from)
      if (member > 0) twin.vary(memberDraw(facts.seed, member - 1))
      const lived = runScenario(twin, edits)
      const meter = meterOutcome(twin)
      while (lived.doneS() < HORIZON_S) {
        lived.step()
        meter.look()
      }
      return meter.values()
    }),
  )
  const last = ofKind(told, 'measured').at(-1)!
  expect(last.pairs).toBe(2)
  const [base, edited] = [0, 1].map((side) => results.map((pair) => pair[side]))
  expect(last.outcomes).toEqual(outcomesOfPairs(base, edited))
  expect(last.runs).toEqual(runsOfPairs([0, 1], base, edited))
})

it('shows another hour without edits as one and the same twin', async () => {
  const hour = { facts, state: undefined, settleS: 60 }
  say({ kind: 'scenario', place, from: hour, edits: [], horizonS: 60, speed: 0 })
  const { comparison } = ofKind(await until(), 'progress').at(-1)!
  expect(comparison!.indicators.every(({ base, edited }) => base === edited)).toBe(true)
})

it('gives the whole picture of a side when it is asked', async () => {
  say({ kind: 'scenario', place, from, edits: closed, horizonS: 60, speed: 0 })
  await until()
  say({ kind: 'keyframe', side: 'base' })
  const whole = ofKind(heard, 'frame').at(-1)!
  expect(whole.isKeyframe).toBe(true)
  expect(new FrameDecoder(publishedTables.map((spec) => makeTable(spec, 0))).apply(whole.bytes)).toBe(true)
})

it('says why an edit cannot be made, before it begins', async () => {
  const edits: ScenarioEdit[] = [{ id: 'e1', kind: 'closeStreet', links: [99_999] }]
  say({ kind: 'scenario', place, from, edits, horizonS: 60, speed: 0 })
  const told = await until()
  expect(ofKind(told, 'begun')).toEqual([])
  expect(ofKind(told, 'failed')[0].error).toMatch(/e1/)
})
