/** What edits of the grid, of electric cars and of the weather come down to, and what a planner would expect of them, with the reason. */
import { describe, expect, test } from 'vitest'
import { lngLatFromLocal } from '../../../twin/geo/projection.ts'
import { resolveEdits, type ScenarioEdit } from '../../../twin/scenario/edits.ts'
import { wordsOfRefusal } from '../../../twin/scenario/refusals.ts'
import { runScenario } from '../../../twin/scenario/run.ts'
import { createTwin, type Twin } from '../../../twin/twin.ts'
import { smallCity } from '../../fixtures/smallCity.ts'

const city = smallCity({ parameters: { evShare: 0.05 } })
const { transformers, buses } = city.grid!
// a Tuesday, 18:00 there
const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 21), utcOffsetS: -3 * 3600 }

const lngLat = (xM: number, yM: number): [number, number] => {
  const [lng, lat] = lngLatFromLocal(city.projection, [xM, yM])
  return [lng, lat]
}
/** Around the second feeder's last three transformers. */
const area = [lngLat(900, 300), lngLat(1600, 300), lngLat(1600, 450), lngLat(900, 450)]
const settingsOf = (edit: ScenarioEdit) => resolveEdits([edit], city).settings
const wordsOf = (edit: ScenarioEdit, of = city) =>
  resolveEdits([edit], of).refused.map((one) => wordsOfRefusal(one.refused))

function lived(edits: readonly ScenarioEdit[], seconds: number): Twin {
  const twin = createTwin(city, facts)
  const run = runScenario(twin, edits)
  expect(run.refused).toEqual([])
  for (let s = 0; s < seconds; s++) run.step()
  return twin
}

const column = (twin: Twin, table: string, name: string) =>
  twin.tables.find(({ spec }) => spec.name === table)!.columns[name]

describe('an edit of the grid', () => {
  test('that takes a feeder out darkens all its customers and no others, and its signals with them', () => {
    const twin = lived([{ kind: 'feederOut', id: 'f', feeder: 2 }], 30)
    const { feeders } = city.grid!
    transformers.bus.forEach((bus, row) => {
      const isOf = buses.feeder[bus] === 2
      expect(column(twin, 'power.transformers', 'isEnergized')[row]).toBe(isOf ? 0 : 1)
    })
    city.grid!.signals.transformer.forEach((row, signal) => {
      const isOf = buses.feeder[transformers.bus[row]] === 2
      expect(column(twin, 'traffic.signals', 'mode')[signal]).toBe(isOf ? 1 : 0)
    })
    expect(column(twin, 'power.feeders', 'isEnergized')).toEqual(
      Uint8Array.from(feeders.firstBus, (_, feeder) => (feeder === 2 ? 0 : 1)),
    )
  })

  test('that ties a feeder without supply to its neighbour gives all its customers voltage again, and the neighbour their load', () => {
    const out: ScenarioEdit = { kind: 'feederOut', id: 'f', feeder: 2 }
    const [dark, tied] = [[out], [out, { kind: 'closeTie', id: 't', feeder: 2, to: 1 } as const]].map(
      (edits) => lived(edits, 30),
    )
    const now = (twin: Twin, table: string, name: string, row = 0) => column(twin, table, name)[row]
    expect(now(dark, 'power.system', 'customersOut')).toBe(600)
    expect(now(tied, 'power.system', 'customersOut')).toBe(0)
    expect(now(tied, 'power.feeders', 'loadW', 1)).toBeGreaterThan(
      now(dark, 'power.feeders', 'loadW', 1) * 1.9,
    )
    expect(now(tied, 'power.feeders', 'minVoltagePu', 1)).toBeLessThan(
      now(dark, 'power.feeders', 'minVoltagePu', 1),
    )
  })

  test('puts cells on the roofs of an area in proportion to what hangs there, and loses none', () => {
    const settings = settingsOf({ kind: 'rooftopPv', id: 'pv', addedW: 600_000, area })
    expect(settings.map(({ row }) => row)).toEqual([9, 10, 11])
    expect(settings.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(600_000, 6)
  })

  test('puts a battery at the transformer nearest to its place', () => {
    const settings = settingsOf({
      kind: 'battery',
      id: 'b',
      at: lngLat(1010, 390),
      energyWh: 400_000,
      powerW: 200_000,
    })
    expect(settings.map(({ target, row, value }) => [target, row, value])).toEqual([
      ['batteryWh', 9, 400_000],
      ['batteryW', 9, 200_000],
    ])
  })

  test('asks only the classes that it names to do without', () => {
    const settings = settingsOf({
      kind: 'demandResponse',
      id: 'd',
      share: 0.2,
      area,
      classes: ['residential'],
      untilS: 3600,
    })
    expect(new Set(settings.map(({ target }) => target))).toEqual(new Set(['homesShedShare', 'reboundShare']))
    expect(settings.every(({ untilS }) => untilS === 3600)).toBe(true)
  })

  test('that asks for demand response lowers the load while it holds and brings some back after it', () => {
    const edit: ScenarioEdit = {
      kind: 'demandResponse',
      id: 'd',
      share: 0.3,
      reboundShare: 0.8,
      fromS: 60,
      untilS: 360,
    }
    const loads = (edits: readonly ScenarioEdit[], seconds: number) =>
      column(lived(edits, seconds), 'power.system', 'loadW')[0]
    expect(loads([edit], 300)).toBeLessThan(loads([], 300) * 0.75)
    expect(loads([edit], 420)).toBeGreaterThan(loads([], 420))
  })
})

describe('more electric cars', () => {
  test('in an area are those of its zones, and its chargers grow with them', () => {
    const settings = settingsOf({ kind: 'evShare', id: 'ev', share: 0.5, zones: [4] })
    expect(settings[0]).toMatchObject({ target: 'evShare', row: 4, value: 0.5 })
    const chargers = settings.slice(1)
    expect(chargers.map(({ row }) => transformers.zone[row])).toEqual(chargers.map(() => 4))
    expect(chargers.every(({ target, value }) => target === 'chargersFactor' && value === 10)).toBe(true)
    expect(settingsOf({ kind: 'evShare', id: 'ev', share: 0.5, chargersStay: true })).toHaveLength(9)
  })

  test('draw more where people arrive in the evening', () => {
    const evW = (edits: readonly ScenarioEdit[]) => column(lived(edits, 2400), 'power.system', 'evW')[0]
    expect(evW([{ kind: 'evShare', id: 'ev', share: 0.6 }])).toBeGreaterThan(evW([]) * 3)
  })
})

describe('a storm', () => {
  test('falls by the dice of the run, not of the city: other seeds lose other lines', () => {
    const big = smallCity({ side: 10 })
    const down = [1, 2, 3, 4].map((seed) => {
      const twin = createTwin(big, { ...facts, seed })
      const run = runScenario(twin, [{ kind: 'storm', id: 's', gustMps: 80, sunLostShare: 0.9, cooledC: 5 }])
      for (let s = 0; s < 1800; s++) run.step()
      return [...column(twin, 'power.transformers', 'isEnergized')].join('')
    })
    expect(new Set(down).size).toBeGreaterThan(1)
  })
})

describe('what cannot be is refused with its reason', () => {
  const noGrid = { ...city, grid: undefined }
  test.each<[ScenarioEdit, string]>([
    [{ kind: 'feederOut', id: 'a', feeder: 99 }, 'there is no feeder 99; the city has 4'],
    [
      { kind: 'closeTie', id: 'a', feeder: 1, to: 1 },
      'there is no other feeder of the same voltage to tie F2 to',
    ],
    [
      { kind: 'fastChargers', id: 'a', at: lngLat(1000, 375), powerW: 800_000 },
      '800 kW is more than transformer 9 of 400 kVA carries; it needs a transformer of its own',
    ],
    [
      { kind: 'battery', id: 'a', at: lngLat(1000, -9000), energyWh: 1e6, powerW: 100_000 },
      'the nearest transformer is 9000 m away, expected 1000 m at most',
    ],
    [
      {
        kind: 'rooftopPv',
        id: 'a',
        addedW: 1000,
        area: [lngLat(10, 10), lngLat(20, 10), lngLat(20, 20)],
      },
      'there is no transformer in the area',
    ],
    [
      { kind: 'rooftopPv', id: 'a', addedW: 1000, transformers: [400] },
      'there is no transformer 400; the city has 24',
    ],
    [
      { kind: 'evShare', id: 'a', share: 0.5, area: [lngLat(10, 10), lngLat(20, 10), lngLat(20, 20)] },
      'there is no zone in the area',
    ],
  ])('%j', (edit, words) => {
    expect(wordsOf(edit)).toEqual([words])
  })

  test.each<ScenarioEdit>([
    { kind: 'feederOut', id: 'a', feeder: 0 },
    { kind: 'heatwave', id: 'a', addedC: 5 },
    { kind: 'storm', id: 'a', gustMps: 30 },
    { kind: 'evShare', id: 'a', share: 0.5 },
    { kind: 'battery', id: 'a', at: lngLat(0, 0), energyWh: 1e6, powerW: 100_000 },
  ])('%j in a city without a grid', (edit) => {
    expect(wordsOf(edit, noGrid)).toEqual(['this city has no power grid'])
  })

  test('but a hub with a transformer of its own is not', () => {
    const settings = settingsOf({
      kind: 'fastChargers',
      id: 'a',
      at: lngLat(1000, 375),
      powerW: 800_000,
      ownTransformer: true,
    })
    expect(settings.map(({ target }) => target)).toEqual(['ratingAddedVa', 'fastChargerW'])
  })
})
