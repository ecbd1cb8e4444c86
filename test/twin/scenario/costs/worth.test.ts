/** How sure worth is: the mean of pairs, an interval in money, and what goes together in a pair does so in the sum. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { benefitsOf, flowsOf, presentValue } from '../../../../twin/scenario/costs/costs.ts'
import { standardValues } from '../../../../twin/scenario/costs/values.ts'
import { worthOfPairs } from '../../../../twin/scenario/costs/worth.ts'
import { LEVEL, pairedDifference } from '../../../../twin/scenario/interval.ts'
import { grainOf, outcomes, type OutcomeId, type OutcomeValues } from '../../../../twin/scenario/outcome.ts'
import { runsOfPairs, type MemberRuns } from '../../../../twin/scenario/pairs.ts'

const city = { horizonS: 3600, residents: 1000, customers: 100, baseSuppliedWh: 50_000 }
const values = { ...standardValues, timesPerYear: 10 }
const costs = [{ onceUsd: 5000, yearlyUsd: 100, partner: 'city' }] as const

const zeros = Object.fromEntries(outcomes.map(({ id }) => [id, 0])) as OutcomeValues

/** Pairs that differ by these, whatever the city was like. */
function pairsOf(changes: readonly Partial<Record<OutcomeId, number>>[]): MemberRuns {
  const base = changes.map((_, i) => ({ ...zeros, vehicleHours: 100 * i }))
  const edited = changes.map((change, i) => ({
    ...base[i],
    ...change,
    vehicleHours: 100 * i + (change.vehicleHours ?? 0),
  }))
  return runsOfPairs([...changes.keys()], base, edited)
}

function worthOf(difference: Partial<Record<OutcomeId, number>>): number {
  const flows = flowsOf(benefitsOf({ ...city, difference }, values), costs, values)
  return presentValue(flows, values.discountRate)
}

describe('worth', () => {
  test('is the mean of the pairs, and what their mean differences are worth', () => {
    const change = fc.double({ min: -1000, max: 1000, noNaN: true })
    const measures = fc.record({ vehicleHours: change, co2Kg: change, customerMinutesOut: change })
    fc.assert(
      fc.property(fc.array(measures, { minLength: 1, maxLength: 20 }), (changes) => {
        const mean = (id: keyof (typeof changes)[number]) =>
          changes.reduce((sum, one) => sum + one[id], 0) / changes.length
        const { difference, pairs } = worthOfPairs(pairsOf(changes), city, costs, values)
        expect(pairs).toBe(changes.length)
        const whole = worthOf({
          vehicleHours: mean('vehicleHours'),
          co2Kg: mean('co2Kg'),
          customerMinutesOut: mean('customerMinutesOut'),
        })
        expect(difference).toBeCloseTo(whole, 3)
      }),
    )
  })

  test('of one measure alone has that measure’s interval, in money and about the costs', () => {
    const hours = [-10, -24, -3, -12, -15]
    const sure = worthOfPairs(pairsOf(hours.map((vehicleHours) => ({ vehicleHours }))), city, costs, values)
    const none = hours.map(() => 0)
    const [low, high] = pairedDifference(none, hours, grainOf('vehicleHours')).interval!
    // fewer hours are worth more
    expect(sure.interval![0]).toBeCloseTo(worthOf({ vehicleHours: high }), 6)
    expect(sure.interval![1]).toBeCloseTo(worthOf({ vehicleHours: low }), 6)
  })

  test('of what cancels in every pair is sure, but for what no pair has shown', () => {
    // an hour on the road against reports of the same worth
    const perHour =
      (worthOf({ vehicleHours: 1 }) - worthOf({})) / (worthOf({ requestsOpened: 1 }) - worthOf({}))
    const changes = [-30, 12, 50, -7].map((vehicleHours) => ({
      vehicleHours,
      requestsOpened: -vehicleHours * perHour,
    }))
    const { difference, interval } = worthOfPairs(pairsOf(changes), city, costs, values)
    expect(difference).toBeCloseTo(worthOf({}), 6)
    const grain = outcomes.reduce(
      (sum, { id, grain: least }) => sum + Math.abs(worthOf({ [id]: least }) - worthOf({})),
      0,
    )
    expect(interval![1] - difference).toBeCloseTo(grain * (1 - (1 - LEVEL) ** (1 / 4)), 6)
  })

  test('of one pair has no interval, and of no benefit at all is the costs, clearly', () => {
    expect(worthOfPairs(pairsOf([{ vehicleHours: -5 }]), city, costs, values).interval).toBeUndefined()
    const nothing = worthOfPairs(pairsOf([{}, {}, {}]), city, costs, { ...values, timesPerYear: 0 })
    expect(nothing.interval![0]).toBeCloseTo(nothing.difference, 9)
    expect(nothing.isClear && nothing.difference < -5000).toBe(true)
  })
})
