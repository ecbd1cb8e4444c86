/** The search for causes finds what the engine did: in its order, by its numbers, back to the edit; and nothing where nothing was done. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keepActs } from '../../../../twin/scenario/causes/acts.ts'
import { expectedCalls } from '../../../../twin/scenario/causes/calls.ts'
import { findCauses } from '../../../../twin/scenario/causes/causes.ts'
import { chainOf, type Causes } from '../../../../twin/scenario/causes/step.ts'
import { keepTrace, type Trace } from '../../../../twin/scenario/causes/trace.ts'
import type { ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import { runScenario } from '../../../../twin/scenario/run.ts'
import { createTwin } from '../../../../twin/twin.ts'
import { editLists } from '../../../fixtures/scenarioEdits.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const HORIZON_S = 600
const BEGIN_S = 600
const city = smallCity({ side: 10, residents: 120_000 })
const twin = createTwin(city, {
  seed: 5,
  startMs: Date.UTC(2024, 2, 12, 19, 45),
  utcOffsetS: -3 * 3600,
  solveEveryS: 30,
})
twin.advance(BEGIN_S)
const begun = twin.save()

function lived(edits: readonly ScenarioEdit[]): Trace {
  twin.load(begun)
  const acts = keepActs(twin)
  const run = runScenario(twin, edits)
  const keeper = keepTrace(twin, HORIZON_S, acts)
  while (run.doneS() < HORIZON_S) {
    run.step()
    keeper.look()
  }
  return keeper.trace()
}
const base = lived([])
const causesOf = (edits: readonly ScenarioEdit[]) => findCauses(city, edits, base, lived(edits))
const kindsOf = (causes: Causes, measure: string) => chainOf(causes, measure).map(({ kind }) => kind)

describe('of a substation out', () => {
  const edits: ScenarioEdit[] = [
    { kind: 'substationOut', id: 'south', substation: 0, fromS: 120 },
    { kind: 'substationOut', id: 'north', substation: 1, fromS: 120 },
  ]
  const causes = causesOf(edits)
  const step = (id: string) => causes.steps.find((each) => each.id === id)!

  test('time on the road is walked back through queues, approaches, signals and feeders to the edit', () => {
    expect(kindsOf(causes, 'vehicleHours')).toEqual([
      'delay',
      'queues',
      'capacity',
      'signals',
      'feeders',
      'edit',
    ])
  })

  test('no cause comes after what it brings about', () => {
    for (const measure of Object.keys(causes.ends)) {
      const times = chainOf(causes, measure).map(({ atS }) => atS)
      expect(times).toEqual([...times].sort((a, b) => b - a))
    }
    expect(step('edit:south').atS).toBe(120)
    expect(step('signals').atS).toBe(121)
  })

  test('every number is the run’s own', () => {
    expect(step('feeders')).toMatchObject({ base: 0, edited: 4, count: 4 })
    const { edited } = step('signals')
    expect(edited).toBe(city.network.signals.xM.length)
    expect(step('capacity').edited!).toBeLessThan(step('capacity').base!)
    const { places, series } = step('capacity')
    for (const link of places[0].rows) expect(city.network.links.signal[link]).toBeGreaterThanOrEqual(0)
    expect(series!.base).toHaveLength(HORIZON_S / 30 + 1)
    expect(step('delay').edited!).toBeGreaterThan(step('delay').base!)
  })

  test('customers without supply, calls and buses come of it too', () => {
    expect(kindsOf(causes, 'customerMinutesOut')).toEqual(['feeders', 'edit'])
    expect(kindsOf(causes, 'suppliedWh').at(-1)).toBe('edit')
    for (const { step: id } of causes.ends['requestsOpened'] ?? [])
      expect(['outageCalls', 'signalCalls', 'queueCalls']).toContain(id)
  })
})

test('of a closed street, it is the street’s own capacity that is gone', () => {
  const busiest = [...base.firstCapacityVph.keys()].reduce((best, link) => {
    const on = (at: number) => {
      let sum = 0
      for (let look = 0; look < base.looks; look++)
        sum += base.links.vehicles[look * base.firstCapacityVph.length + at]
      return sum
    }
    return on(link) > on(best) ? link : best
  })
  const causes = causesOf([{ kind: 'closeStreet', id: 'shut', links: [busiest] }])
  const capacity = causes.steps.find(({ kind }) => kind === 'capacity')!
  expect(capacity).toMatchObject({ edited: 0, count: 1, atS: 0, from: [{ step: 'edit:shut', share: 1 }] })
  expect(kindsOf(causes, 'vehicleHours').slice(-2)).toEqual(['capacity', 'edit'])
})

test('of more trips, there are more on the streets, and more cars that charge', () => {
  const causes = causesOf([{ kind: 'changeDemand', id: 'more', factor: 2 }])
  expect(kindsOf(causes, 'vehicleKm')).toEqual(['trips', 'edit'])
  expect(kindsOf(causes, 'suppliedWh')).toEqual(['load', 'charging', 'arrivals', 'trips', 'edit'])
})

test('of heat, there is more load on the lines', () => {
  const causes = causesOf([{ kind: 'heatwave', id: 'hot', addedC: 15 }])
  expect(kindsOf(causes, 'suppliedWh')).toEqual(['load', 'heat', 'edit'])
})

test('without an edit, or with one that is off, there is nothing', () => {
  expect(causesOf([])).toMatchObject({ steps: [], ends: {} })
  expect(causesOf([{ kind: 'changeDemand', id: 'more', factor: 3, isOff: true }])).toMatchObject({
    steps: [],
    ends: {},
  })
})

test('whatever is edited, every chain ends in an edit, shares make a whole, and nothing breaks', () => {
  fc.assert(
    fc.property(editLists(city, HORIZON_S), (edits) => {
      // what is built before the scenario begins is refused of a city that is driven
      const made = edits.filter(({ kind }) => kind !== 'addLanes' && kind !== 'reverseStreet')
      const causes = causesOf(made)
      for (const measure of Object.keys(causes.ends)) expect(kindsOf(causes, measure).at(-1)).toBe('edit')
      for (const { from, kind } of causes.steps)
        if (kind !== 'edit') expect(from.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 2)
    }),
    { numRuns: 4, seed: 11 },
  )
})

test('a twin that is watched lives as one that is not', () => {
  twin.load(begun)
  keepActs(twin)
  twin.advance(60)
  const watched = twin.hash()
  twin.load(begun)
  twin.watchCouplings(undefined)
  twin.advance(60)
  expect(twin.hash()).toBe(watched)
})

test('calls to expect are fewer than the calls themselves, and grow with their rate', () => {
  const acts = lived([{ kind: 'substationOut', id: 'south', substation: 0 }]).acts
  const calls = acts.reduce(
    (sum, { coupling, amount }) => sum + (coupling.endsWith('Reports') ? amount : 0),
    0,
  )
  const expected = [0, 0.5, 1, 2].map((factor) => expectedCalls(acts, factor))
  expect(expected[0]).toBe(0)
  expect(expected).toEqual([...expected].sort((a, b) => a - b))
  expect(expected[2]).toBeLessThan(calls)
})
