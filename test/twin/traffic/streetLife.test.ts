/** Street life slows a lone driver by day, and the hour alone says by how much. */
import { expect, test } from 'vitest'
import { createTraffic } from '../../../twin/traffic/traffic.ts'
import { drivingSpeedFactor, streetLife } from '../../../twin/traffic/streetLife.ts'
import { corridor } from '../../fixtures/roads.ts'

test('street life is least before dawn, full by day, and the same at both ends of a day', () => {
  expect(streetLife(3 * 3600)).toBeLessThan(0.05)
  expect(streetLife(10.5 * 3600)).toBe(1)
  expect(streetLife(0)).toBeCloseTo(streetLife(86_400), 12)
})

test('without side friction the free speed is driven at every hour', () => {
  for (let hour = 0; hour < 24; hour++) expect(drivingSpeedFactor(0, hour * 3600)).toBe(1)
})

test.each([
  { hour: 3, factor: 0.97 },
  { hour: 10.5, factor: 0.5 },
])('with a friction of 1 a lone car drives at $factor of the free speed at $hour h', ({ hour, factor }) => {
  const city = corridor({ links: 3, lengthM: 600, parameters: { sideFriction: 1 } })
  const traffic = createTraffic(city, 1, { demandFactor: 0 })
  const clock = { tick: 0, startMs: hour * 3_600_000, utcOffsetS: 0 }
  const step = () => {
    clock.tick += 50
    traffic.step(clock)
  }
  step()
  traffic.addTrip(0, 1)
  step()
  const { entryTick, exitTick, link } = traffic.vehicles.columns
  const row = link.findIndex((value) => value < 3)
  const free = traffic.world.roads.freeTicks[link[row]]
  expect((exitTick[row] - entryTick[row]) / free).toBeCloseTo(1 / factor, 1)
})
