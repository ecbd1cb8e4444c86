/** Response plans: all possible, doing nothing among them, ranked by what is measured; and of ties the best, as a search of all finds it. */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { City } from '../../../../twin/city.ts'
import { createTwin, type Twin } from '../../../../twin/twin.ts'
import { checkEdits, type ScenarioEdit } from '../../../../twin/scenario/edits.ts'
import type { OutcomeValues } from '../../../../twin/scenario/outcome.ts'
import { editOfIncident, type PlannedIncident } from '../../../../twin/scenario/response/incident.ts'
import { nowOf } from '../../../../twin/scenario/response/now.ts'
import { plansFor } from '../../../../twin/scenario/response/plans.ts'
import { planMeasures } from '../../../../twin/scenario/response/measures.ts'
import { measureOf, rankedBy, rankedPlans } from '../../../../twin/scenario/response/ranking.ts'
import { bestTieWay } from '../../../../twin/scenario/response/ties.ts'
import { runScenario } from '../../../../twin/scenario/run.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const facts = { seed: 5, startMs: Date.UTC(2024, 2, 12, 21), utcOffsetS: -3 * 3600 }
const city = smallCity()
const incidents: PlannedIncident[] = [
  { kind: 'substationOut', substation: 0 },
  { kind: 'substationOut', substation: 1 },
  { kind: 'feederOut', feeder: 2 },
  { kind: 'streetBlocked', links: [0, 1] },
  { kind: 'busesLate', route: 0 },
]
let twin: Twin

beforeAll(() => {
  twin = createTwin(city, facts)
  twin.advance(600)
})

describe('plans', () => {
  test.each(incidents)('for $kind are all possible beside it, and doing nothing is the first', (incident) => {
    const plans = plansFor(city, nowOf(twin), incident)
    const made = editOfIncident(incident)
    expect(plans[0]).toEqual({ id: 'nothing', edits: [] })
    expect(plans.length).toBeGreaterThan(1)
    for (const { edits } of plans) checkEdits([...(made ? [made] : []), ...edits], city)
    expect(new Set(plans.map(({ id }) => id)).size).toBe(plans.length)
  })

  test('for buses that run late hold them where they are too close, and drop none of them', () => {
    const plans = plansFor(city, nowOf(twin), { kind: 'busesLate', route: 0 })
    const { edits } = plans.find(({ id }) => id === 'hold')!
    expect(edits.map(({ kind }) => kind)).toEqual(['holdBuses'])
    const begunWith = (plan: readonly ScenarioEdit[]) => {
      const one = createTwin(city, facts)
      const run = runScenario(one, plan)
      for (let s = 0; s < 700; s++) run.step()
      return one.transit.counts[0]
    }
    expect(begunWith(edits)).toBe(begunWith([]))
  })

  test('of a city without grid and buses are none but doing nothing for what it has not', () => {
    const bare: City = { ...city, grid: undefined, timetable: undefined }
    const plain = createTwin(bare, facts)
    expect(plansFor(bare, nowOf(plain), { kind: 'feederOut', feeder: 0 })).toEqual([
      { id: 'nothing', edits: [] },
    ])
  })

  test('are ranked by the measure: none before one that costs less', () => {
    const cost = fc.integer({ min: -3, max: 3 })
    const plan = fc.record({ customerMinutesOut: cost, vehicleHours: cost, busDelayS: cost })
    fc.assert(
      fc.property(fc.array(plan, { maxLength: 8 }), fc.constantFrom(...planMeasures), (plans, measure) => {
        const order = rankedBy(plans, measure)
        expect(order.toSorted((a, b) => a - b)).toEqual(plans.map((_, at) => at))
        for (let at = 1; at < order.length; at++)
          expect(plans[order[at - 1]][measure]).toBeLessThanOrEqual(plans[order[at]][measure])
      }),
    )
  })

  describe('while runs are still coming', () => {
    const run = (vehicleHours: number) =>
      ({ customerMinutesOut: 0, vehicleHours, busDelayS: 0 }) as unknown as OutcomeValues
    const plans = (['nothing', 'signals', 'buses'] as const).map((id) => ({ id, edits: [] }))
    const told = (outcomes: readonly (readonly (OutcomeValues | undefined)[])[]) =>
      rankedPlans(plans, outcomes, 'vehicleHours').map(({ id, runs, values, against }) => [
        id,
        runs,
        values?.vehicleHours,
        against?.vehicleHours.difference,
      ])

    test('a plan is compared with doing nothing under the same dice', () => {
      // of doing nothing the second member was done first
      expect(told([[undefined, run(100)], [run(10), run(90)], [run(20)]])).toEqual([
        ['signals', 2, 90, -10],
        ['nothing', 1, 100, 0],
        ['buses', 1, undefined, undefined],
      ])
    })

    test('all are compared over the members that all have run, as soon as there is one', () => {
      expect(told([[run(50), run(100)], [run(45), run(60)], [run(40)]])).toEqual([
        ['buses', 1, 40, -10],
        ['signals', 2, 45, -5],
        ['nothing', 2, 50, 0],
      ])
    })

    test('in whatever order they come, the last word is the same', () => {
      const all = plans.map((_, plan) => [0, 1, 2].map((member) => run(100 * member - 7 * plan)))
      const whole = told(all)
      expect(whole.map(([, runs, , difference]) => [runs, difference])).toEqual([
        [3, -14],
        [3, -7],
        [3, 0],
      ])
      fc.assert(
        fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 }), (order) => {
          const outcomes: OutcomeValues[][] = plans.map(() => [])
          for (const task of order) {
            const [plan, member] = [Math.floor(task / 3), task % 3]
            outcomes[plan][member] = all[plan][member]
            for (const [id, , , difference] of told(outcomes))
              if (difference !== undefined)
                expect(difference).toBeCloseTo(-7 * plans.findIndex((each) => each.id === id))
          }
          expect(told(outcomes)).toEqual(whole)
        }),
        { numRuns: 30, seed: 3 },
      )
    })
  })

  test('are measured by what an incident is felt by first', () => {
    expect(incidents.map(measureOf)).toEqual([
      'customerMinutesOut',
      'customerMinutesOut',
      'customerMinutesOut',
      'vehicleHours',
      'busDelayS',
    ])
  })
})

describe('the best way to tie a lost feeder', () => {
  /** Amperes that every line of it may carry: room for another feeder whole, for a half of one, for none. */
  test.each([
    ['for all of it', 300, 600],
    ['for a part', 60, 400],
    ['for none', 40, 0],
  ])('restores as many as a search of all ways does, with room %s', (_room, ratedA, expected) => {
    const narrow = withRating(ratedA)
    for (const feeder of [0, 2]) {
      const lost: ScenarioEdit = { kind: 'feederOut', id: 'lost', feeder }
      const dark = lived(narrow, [lost])
      const best = bestTieWay(narrow, nowOf(dark), feeder)
      const outBefore = customersOut(dark)
      let most = 0
      for (let to = 0; to < 4; to++)
        for (const breaker of [undefined, ...Array.from({ length: 8 }, (_, row) => row)]) {
          if (to === feeder) continue
          if (
            breaker !== undefined &&
            narrow.grid!.buses.feeder[narrow.grid!.breakers.bus[breaker]] !== feeder
          )
            continue
          const open: ScenarioEdit[] =
            breaker === undefined ? [] : [{ kind: 'openBreaker', id: 'open', breaker }]
          const tied = lived(narrow, [lost, ...open, { kind: 'closeTie', id: 'tie', feeder, to }])
          const isWithin = nowOf(tied).feeders.loadingRatio.every((ratio) => ratio <= 1)
          if (isWithin) most = Math.max(most, outBefore - customersOut(tied))
        }
      expect(best?.customers ?? 0).toBe(most)
      expect(most).toBe(expected)
    }
  })
})

function withRating(ratedA: number): City {
  const grid = city.grid!
  return {
    ...city,
    grid: {
      ...grid,
      feeders: { ...grid.feeders, ratedA: grid.feeders.ratedA.map(() => ratedA) },
      buses: { ...grid.buses, ratedA: grid.buses.ratedA.map(() => ratedA) },
    },
  }
}

function lived(of: City, edits: readonly ScenarioEdit[]): Twin {
  const one = createTwin(of, facts)
  const run = runScenario(one, edits)
  expect(run.refused.filter(({ edit }) => edit.kind !== 'closeTie')).toEqual([])
  for (let s = 0; s < 3; s++) run.step()
  return one
}

function customersOut(one: Twin): number {
  return nowOf(one).feeders.customersOut.reduce((sum, count) => sum + count, 0)
}
