/** The categories of report agree with the published figures. */
import { expect, test } from 'vitest'
import {
  CLOSURE_FACTS,
  makeServices,
  MUNICIPAL_REPORTS_PER_DAY_PER_100K,
  utilityAgencies,
} from '../../../data/recipes/services.ts'

const { services } = makeServices()
const municipal = services.filter((service) => !utilityAgencies.includes(service.agency))
const rate = municipal.reduce((sum, service) => sum + service.perDayPer100k, 0)

/** Share closed within `hours`, when each kind's time to closure is exponential with its median. */
function shareWithin(hours: number): number {
  return municipal.reduce(
    (sum, service) => sum + (service.perDayPer100k / rate) * (1 - 2 ** (-hours / service.medianHours)),
    0,
  )
}

test('the municipal kinds together come at the published rate', () => {
  expect(Math.abs(rate - MUNICIPAL_REPORTS_PER_DAY_PER_100K)).toBeLessThan(0.1)
})

test('half of the reports close within the published median', () => {
  expect(Math.abs(shareWithin(CLOSURE_FACTS.medianHours) - 0.5)).toBeLessThan(0.03)
})

test('the shares within a week and over 90 days are near the published ones', () => {
  expect(Math.abs(shareWithin(168) - CLOSURE_FACTS.shareWithinWeek)).toBeLessThan(0.03)
  expect(Math.abs(1 - shareWithin(90 * 24) - CLOSURE_FACTS.shareOver90Days)).toBeLessThan(0.03)
})

test('service codes are unique, and every cause the twin knows has a kind', () => {
  expect(new Set(services.map((service) => service.serviceCode)).size).toBe(services.length)
  const causes = new Set(services.map((service) => service.cause))
  expect([...causes].sort()).toEqual(['darkSignal', 'none', 'outage', 'queue'])
})
