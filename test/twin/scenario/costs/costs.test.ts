/** Cost and benefit: worked by hand, and the laws of money over time. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  benefitsOf,
  byPartnerAndYear,
  flowsOf,
  presentValue,
  type Flow,
  type Measured,
} from '../../../../twin/scenario/costs/costs.ts'
import { assumedCost } from '../../../../twin/scenario/costs/editCosts.ts'
import { keptOf } from '../../../../twin/scenario/costs/kept.ts'
import { partners, standardValues, unitValues } from '../../../../twin/scenario/costs/values.ts'
import { editLists } from '../../../fixtures/scenarioEdits.ts'
import { smallCity } from '../../../fixtures/smallCity.ts'

const measured: Measured = {
  difference: {
    vehicleHours: -10,
    busDelayS: 60,
    vehicleKm: 100,
    co2Kg: -500,
    customerMinutesOut: 600,
    lostWh: 2000,
    requestsOpened: 4,
  },
  horizonS: 3600,
  residents: 1000,
  customers: 100,
  baseSuppliedWh: 50_000,
}
const values = { ...standardValues, timesPerYear: 10 }

describe('benefits', () => {
  test('are what a hand works out', () => {
    const byId = new Map(benefitsOf(measured, values).map((each) => [each.id, each]))
    // 10 vehicle-hours saved × 1.4 persons × 8 × 0.5 USD × 10 times
    expect(byId.get('time')!.yearlyUsd).toBeCloseTo(10 * 1.4 * 4 * 10, 9)
    // 1000 residents × 0.03 rides × 1 h, each a minute later
    expect(byId.get('busTime')!.yearlyUsd).toBeCloseTo(-((30 * 60) / 3600) * 4 * 10, 9)
    expect(byId.get('driving')!.yearlyUsd).toBeCloseTo(-100 * 0.2 * 10, 9)
    expect(byId.get('co2')!.yearlyUsd).toBeCloseTo(0.5 * 190 * 10, 9)
    // 10 customer-hours at 0.5 kW
    expect(byId.get('lostLoad')!.yearlyUsd).toBeCloseTo(-5 * 29 * 10, 9)
    expect(byId.get('losses')!.yearlyUsd).toBeCloseTo(-2 * 0.1 * 10, 9)
    expect(byId.get('reports')!.yearlyUsd).toBeCloseTo(-4 * 25 * 10, 9)
  })

  test('of nothing changed are nothing', () => {
    for (const { yearlyUsd } of benefitsOf({ ...measured, difference: {} }, values)) expect(yearlyUsd).toBe(0)
  })
})

describe('worth today', () => {
  const flow = fc.record({
    partner: fc.constantFrom(...partners),
    year: fc.integer({ min: 0, max: 60 }),
    usd: fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  })
  const flows: fc.Arbitrary<Flow[]> = fc.array(flow, { maxLength: 30 })

  test('100 a year for three years after 200 paid, at ten per cent, is 48.69', () => {
    const three = [1, 2, 3].map((year) => ({ partner: 'city', year, usd: 100 }) as const)
    expect(presentValue([{ partner: 'city', year: 0, usd: -200 }, ...three], 0.1)).toBeCloseTo(48.685, 3)
  })

  test('is the plain sum at no rate, and the sum of what it is to each partner', () => {
    fc.assert(
      fc.property(flows, fc.double({ min: 0, max: 0.5, noNaN: true }), (all, rate) => {
        const sum = all.reduce((before, { usd }) => before + usd, 0)
        expect(presentValue(all, 0)).toBeCloseTo(sum, 3)
        const each = partners.map((partner) =>
          presentValue(
            all.filter((one) => one.partner === partner),
            rate,
          ),
        )
        expect(each.reduce((before, one) => before + one, 0)).toBeCloseTo(presentValue(all, rate), 2)
        const table = byPartnerAndYear(all).flatMap(({ usdByYear }) => usdByYear)
        expect(table.reduce((before, usd) => before + usd, 0)).toBeCloseTo(sum, 3)
      }),
    )
  })

  test('of what is gained later is less at a higher rate', () => {
    const later: Flow[] = [{ partner: 'city', year: 5, usd: 100 }]
    expect(presentValue(later, 0.07)).toBeLessThan(presentValue(later, 0.03))
  })

  test('grows with how often a year it happens, and the edits are paid once', () => {
    const worth = (timesPerYear: number) => {
      const often = { ...standardValues, timesPerYear, lifeYears: 1, discountRate: 0 }
      const cost = { onceUsd: 1000, yearlyUsd: 0, partner: 'city' } as const
      return presentValue(flowsOf(benefitsOf(measured, often), [cost], often), 0)
    }
    expect(worth(0)).toBe(-1000)
    expect(worth(20) + 1000).toBeCloseTo(2 * (worth(10) + 1000), 6)
  })
})

test('whatever is edited has a cost, which is a number, and somebody who pays it', () => {
  fc.assert(
    fc.property(editLists(smallCity({ side: 4 }), 600), (edits) => {
      for (const edit of edits) {
        const { onceUsd, yearlyUsd, partner } = assumedCost(edit)
        expect(Number.isFinite(onceUsd) && Number.isFinite(yearlyUsd)).toBe(true)
        expect(partners).toContain(partner)
      }
    }),
  )
})

test('every value lies in its range and says where it comes from, or that it is assumed', () => {
  for (const { value, least, most, ...rest } of unitValues) {
    expect(value).toBeGreaterThanOrEqual(least)
    expect(value).toBeLessThanOrEqual(most)
    if ('source' in rest) expect(rest.source).toMatch(/\d/)
  }
})

describe('what a browser has kept', () => {
  test('is taken as it is', () => {
    const kept = { values: { co2PerT: 51 }, costs: { x: { onceUsd: 1, yearlyUsd: 2, partner: 'city' } } }
    expect(keptOf(JSON.stringify(kept))).toEqual(kept)
  })

  test('is nothing when it is none of ours, and never breaks', () => {
    expect(keptOf(null)).toEqual({ values: {}, costs: {} })
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const { values: own } = keptOf(text)
        for (const { id, least, most } of unitValues)
          if (own[id] !== undefined) expect(own[id] >= least && own[id] <= most).toBe(true)
      }),
    )
    expect(keptOf('{"values":{"co2PerT":-5,"other":1},"costs":{}}').values).toEqual({})
  })
})
