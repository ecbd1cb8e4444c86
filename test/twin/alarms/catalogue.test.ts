/** Every alarm of the catalogue says all that an operator needs, and has a deadband and delays that make sense. */
import { describe, expect, test } from 'vitest'
import { alarmKinds, owners, priorities } from '../../../twin/alarms/catalogue.ts'
import { domainIds } from '../../../twin/domains.ts'

test('there are three priorities, no two kinds of one name, and alarms in every domain', () => {
  expect(priorities).toHaveLength(3)
  expect(new Set(alarmKinds.map(({ id }) => id)).size).toBe(alarmKinds.length)
  expect(new Set(alarmKinds.map(({ domain }) => domain))).toEqual(new Set(domainIds))
})

describe.each(alarmKinds)('W12: $id', (kind) => {
  test('has cause, consequence, action and owner, each a sentence or a role', () => {
    for (const words of [kind.cause, kind.consequence, kind.action]) expect(words).toMatch(/^[A-Z].{15,}\.$/)
    expect(owners[kind.owner]).toBeTruthy()
    expect(kind.respondS).toBeGreaterThanOrEqual(300)
  })

  test('is over only inside its limit, and a measured value must last to come up', () => {
    expect(kind.deadband).toBeGreaterThanOrEqual(0)
    expect(kind.deadband).toBeLessThan(kind.limit)
    const isCounted = kind.unit === 'customers' || kind.unit === 'signals' || kind.unit === 'requests'
    expect(isCounted || (kind.onDelayS > 0 && kind.deadband > 0)).toBe(true)
    expect(kind.offDelayS).toBeGreaterThan(0)
  })
})
