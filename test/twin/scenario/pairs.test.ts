/** Two scenarios against each other: paired member by member where both lived in one untouched city, and nowhere else. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomes, type OutcomeValues } from '../../../twin/scenario/outcome.ts'
import { betweenScenarios, outcomesOfPairs, runsOfPairs } from '../../../twin/scenario/pairs.ts'

/** Runs that differ in one measure. */
function runs(hours: readonly number[]): OutcomeValues[] {
  const zeros = Object.fromEntries(outcomes.map(({ id }) => [id, 0])) as OutcomeValues
  return hours.map((vehicleHours) => ({ ...zeros, vehicleHours }))
}

const base = [100, 160, 70, 130]
const first = runsOfPairs([0, 1, 2, 3], runs(base), runs([110, 172, 79, 141]))
const hoursOf = (between: ReturnType<typeof betweenScenarios>) =>
  between!.outcomes.find(({ id }) => id === 'vehicleHours')!

describe('from one scenario to another', () => {
  test('each member meets itself, in whatever order they were done', () => {
    const second = runsOfPairs([2, 0, 3, 1], runs([70, 100, 130, 160]), runs([82, 113, 145, 175]))
    const between = betweenScenarios(first, second)
    expect(between!.pairs).toBe(4)
    // 3, 3, 3 and 4 hours more, while the members lie ninety apart
    expect(hoursOf(between).difference).toBeCloseTo(3.25, 9)
    const [low, high] = hoursOf(between).interval!
    expect(high - low).toBeLessThan(1)
    expect(hoursOf(between).isClear).toBe(true)
  })

  test('only members that both have count', () => {
    const second = runsOfPairs([3, 4], runs([130, 55]), runs([143, 60]))
    const between = betweenScenarios(first, second)
    expect(between!.pairs).toBe(1)
    expect(hoursOf(between).difference).toBeCloseTo(2, 9)
    expect(hoursOf(between).interval).toBeUndefined()
  })

  test('nothing is said where no member is common, or the untouched cities are not the same to the last digit', () => {
    expect(betweenScenarios(first, runsOfPairs([7], runs([1]), runs([1])))).toBeUndefined()
    const other = runs(base)
    other[2] = { ...other[2], lostWh: Number.MIN_VALUE }
    expect(betweenScenarios(first, runsOfPairs([0, 1, 2, 3], other, runs(base)))).toBeUndefined()
  })

  test('there and back are opposite, and from the untouched city it is what the ensemble itself says', () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    const threes = fc.array(fc.tuple(value, value, value), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(threes, (members) => {
        const side = (i: 0 | 1 | 2) => runs(members.map((one) => one[i]))
        const numbers = members.map((_, i) => i)
        const a = runsOfPairs(numbers, side(0), side(1))
        const b = runsOfPairs(numbers, side(0), side(2))
        const untouched = runsOfPairs(numbers, side(0), side(0))
        const there = hoursOf(betweenScenarios(a, b))
        const back = hoursOf(betweenScenarios(b, a))
        expect(there.difference).toBeCloseTo(-back.difference, 6)
        expect(there.interval![0]).toBeCloseTo(-back.interval![1], 6)
        expect(betweenScenarios(untouched, b)!.outcomes).toEqual(outcomesOfPairs(side(0), side(2)))
      }),
    )
  })
})
