/** All palettes are legible, keep alarms apart from everything else, and stay apart for three colour deficiencies. */
import { describe, expect, test } from 'vitest'
import { contrast as more, cssVariables, day, night, themes } from '../../../client/theme/theme.ts'
import {
  ciede2000,
  contrast,
  deficiencies,
  deltaE,
  linearFromHex,
  oklchFromHex,
  simulate,
  type Deficiency,
} from './colour.ts'

// At full severity, what still tells two marks of the map apart; about three just noticeable differences.
const APART_DELTA_E = 3

test('CIEDE2000 gives the published differences of Sharma, Wu and Dalal', () => {
  expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4)
  expect(ciede2000([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4)
  expect(ciede2000([22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619])).toBeCloseTo(2.0373, 4)
})

describe.each(Object.values(themes))('$name', (theme) => {
  const alarms = Object.entries(theme.alarm)
  const seenBy = (hex: string, deficiency?: Deficiency) =>
    deficiency ? simulate(linearFromHex(hex), deficiency) : linearFromHex(hex)

  test('text is at least 4.5 to 1 on ground and land', () => {
    for (const ground of [theme.ground, theme.land]) {
      expect(contrast(theme.text, ground)).toBeGreaterThan(7)
      expect(contrast(theme.quietText, ground)).toBeGreaterThan(4.5)
    }
  })

  test('the marks of alarms, buses and reports are at least 3 to 1 on the ground', () => {
    for (const color of [...alarms.map(([, color]) => color), theme.bus, theme.report, theme.car]) {
      expect(contrast(color, theme.ground)).toBeGreaterThan(3)
    }
  })

  test('no alarm is within 24 ΔE2000 of a traffic colour', () => {
    for (const [, alarm] of alarms) {
      for (const traffic of theme.traffic) {
        expect(deltaE(linearFromHex(alarm), linearFromHex(traffic))).toBeGreaterThanOrEqual(24)
      }
    }
  })

  test.each([undefined, ...deficiencies])('neighbours stay apart, deficiency %s', (deficiency) => {
    const apart = (a: string, b: string) => deltaE(seenBy(a, deficiency), seenBy(b, deficiency))
    for (let i = 0; i < alarms.length; i++) {
      for (let j = i + 1; j < alarms.length; j++) {
        expect(apart(alarms[i][1], alarms[j][1])).toBeGreaterThan(3 * APART_DELTA_E)
      }
      for (const color of theme.traffic) expect(apart(alarms[i][1], color)).toBeGreaterThan(APART_DELTA_E)
    }
    for (const ramp of [theme.traffic, theme.power]) {
      for (let i = 1; i < ramp.length; i++) {
        expect(apart(ramp[i - 1], ramp[i])).toBeGreaterThan(APART_DELTA_E)
      }
    }
  })

  test('ramps run from quiet to loud: away from the ground, step by step', () => {
    const away = theme.isDark ? 1 : -1
    for (const ramp of [theme.traffic, theme.power]) {
      const lightness = ramp.map((color) => away * oklchFromHex(color).l)
      expect([...lightness].sort((a, b) => a - b)).toEqual(lightness)
    }
  })
})

test('the day keeps the hue of each of the night’s coloured roles', () => {
  const hues = (theme: typeof night) => [
    ...theme.traffic.slice(1),
    ...theme.power,
    ...Object.values(theme.alarm),
  ]
  const nightColors = hues(night)
  hues(day).forEach((color, i) => {
    const turn = Math.abs(oklchFromHex(color).hDeg - oklchFromHex(nightColors[i]).hDeg)
    expect(Math.min(turn, 360 - turn)).toBeLessThan(8)
  })
})

describe('high contrast', () => {
  const grounds = [more.ground, more.land, more.water, more.green]

  test('text is at least 7 to 1 on every ground', () => {
    for (const ground of [...grounds, more.building]) {
      for (const color of [more.text, more.quietText]) expect(contrast(color, ground)).toBeGreaterThan(7)
    }
  })

  test('whatever says something is at least 4.5 to 1 on ground and land', () => {
    const marks = [more.hairline, more.car, more.bus, more.report, ...more.traffic, ...more.power]
    for (const color of [...marks, ...Object.values(more.alarm)]) {
      for (const ground of [more.ground, more.land])
        expect(contrast(color, ground), color).toBeGreaterThan(4.5)
    }
  })

  test('streets are seen, and seen less than what runs on them', () => {
    expect(contrast(more.street, more.land)).toBeGreaterThan(3)
    for (const color of more.traffic)
      expect(contrast(color, more.land)).toBeGreaterThan(contrast(more.street, more.land))
  })

  test('is more than by night', () => {
    expect(contrast(more.text, more.ground)).toBeGreaterThan(contrast(night.text, night.ground))
    expect(contrast(more.street, more.land)).toBeGreaterThan(contrast(night.street, night.land))
  })
})

test('all themes give the same CSS variables', () => {
  for (const theme of [day, more])
    expect(Object.keys(cssVariables(theme))).toEqual(Object.keys(cssVariables(night)))
  expect(cssVariables(night)['--alarm-critical']).toBe('#FF5A4F')
  expect(cssVariables(night)['--quiet-text']).toBe('#B9C0C8')
})
