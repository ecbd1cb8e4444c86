/** What driving gives off, against values read from the published curve, and its shape. */
import { expect, test } from 'vitest'
import { co2GPerS } from '../../../twin/traffic/emissions.ts'

const MPS_PER_MPH = 0.44704
const gPerMile = (mph: number) => (co2GPerS(mph * MPS_PER_MPH) * 3600) / mph

test('is that of the published polynomial', () => {
  // exp(7.613535 − 0.138565·v + 0.003915·v² − 0.00004945·v³ + 0.0000002386·v⁴), worked out by hand
  expect(gPerMile(10)).toBeCloseTo(715, 0)
  expect(gPerMile(30)).toBeCloseTo(343.2, 0)
  expect(gPerMile(60)).toBeCloseTo(332, 0)
})

test('is least a mile at 40 to 60 miles an hour, and never less than nothing', () => {
  const speeds = Array.from({ length: 70 }, (_, i) => 5 + i)
  const best = speeds.reduce((a, b) => (gPerMile(b) < gPerMile(a) ? b : a))
  expect(best).toBeGreaterThanOrEqual(40)
  expect(best).toBeLessThanOrEqual(60)
  for (const mps of [0, 1, 10, 100]) expect(co2GPerS(mps)).toBeGreaterThan(0)
})

test('of who stands is that of the slowest driving, a second', () => {
  expect(co2GPerS(0)).toBe(co2GPerS(2))
})
