/** The sun stands where published almanacs have it, and moves as it must. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sunAt, sunOf } from '../../../client/map/sun.ts'

const MONTEVIDEO = [-56.1819, -34.896] as const
const ASTANA = [71.43, 51.13] as const

it('stands where the example of NREL’s Solar Position Algorithm has it', () => {
  // Reda and Andreas, NREL/TP-560-34302, table A5.1: Golden, Colorado, 17 October 2003, 12:30:30, seven hours behind UTC
  const { azimuthDeg, altitudeDeg } = sunAt(Date.UTC(2003, 9, 17, 19, 30, 30), [-105.1786, 39.742476])
  expect(Math.abs(azimuthDeg - 194.34024)).toBeLessThan(0.02)
  // elevation before refraction: 39.872046°
  expect(Math.abs(altitudeDeg - 39.872046)).toBeLessThan(0.02)
})

it('has the declination of Meeus’s example 25.a', () => {
  // 13 October 1992, 0 h dynamical time, which is 59 s ahead of UTC
  expect(Math.abs(sunOf(Date.UTC(1992, 9, 12, 23, 59, 1)).declinationDeg - -7.78507)).toBeLessThan(0.002)
})

it('has the equation of time of Meeus’s example 28.a', () => {
  // the same moment: +13 min 42.6 s
  expect(Math.abs(sunOf(Date.UTC(1992, 9, 12, 23, 59, 1)).equationOfTimeMin - (13 + 42.6 / 60))).toBeLessThan(
    0.05,
  )
})

it.each([
  ['March equinox', Date.UTC(2024, 2, 20, 3, 6), 0],
  ['June solstice', Date.UTC(2024, 5, 20, 20, 51), 23.436],
  ['September equinox', Date.UTC(2024, 8, 22, 12, 44), 0],
  ['December solstice', Date.UTC(2024, 11, 21, 9, 21), -23.436],
])('is over the right parallel at the %s of 2024', (_, timeMs, declinationDeg) => {
  expect(Math.abs(sunOf(timeMs).declinationDeg - declinationDeg)).toBeLessThan(0.01)
})

it('is in the north at noon in Montevideo, and in the south in Astana', () => {
  const montevideo = sunAt(Date.UTC(2026, 5, 21, 15, 46), MONTEVIDEO)
  const astana = sunAt(Date.UTC(2026, 5, 21, 7, 16), ASTANA)
  expect(Math.min(montevideo.azimuthDeg, 360 - montevideo.azimuthDeg)).toBeLessThan(1)
  expect(Math.abs(astana.azimuthDeg - 180)).toBeLessThan(1)
  // the height of a culmination: 90° less the distance between latitude and declination
  expect(Math.abs(astana.altitudeDeg - (90 - 51.13 + 23.436))).toBeLessThan(0.05)
})

it('rises in the east, sets in the west, and never stands higher than its culmination', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2050, 0, 1) }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -66, max: 66, noNaN: true }),
      (timeMs, lng, lat) => {
        const { azimuthDeg, altitudeDeg } = sunAt(timeMs, [lng, lat])
        const soon = sunAt(timeMs + 60_000, [lng, lat])
        const { declinationDeg } = sunOf(timeMs)
        expect(altitudeDeg).toBeLessThanOrEqual(90 - Math.abs(lat - declinationDeg) + 0.01)
        expect(azimuthDeg).toBeGreaterThanOrEqual(0)
        expect(azimuthDeg).toBeLessThan(360)
        const isClearOfNoon = Math.abs(Math.sin((azimuthDeg * Math.PI) / 180)) > 0.05
        if (isClearOfNoon) expect(soon.altitudeDeg > altitudeDeg).toBe(azimuthDeg < 180)
      },
    ),
  )
})

it('is back where it was after a day, but for its own way along the year', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1960, 0, 1), max: Date.UTC(2040, 0, 1) }), (timeMs) => {
      const today = sunAt(timeMs, MONTEVIDEO)
      const tomorrow = sunAt(timeMs + 86_400_000, MONTEVIDEO)
      expect(Math.abs(today.altitudeDeg - tomorrow.altitudeDeg)).toBeLessThan(0.6)
    }),
  )
})
