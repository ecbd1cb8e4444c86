/** W3, W4, W5, W17, W18 and W20, as far as they are about colours: measured in both palettes and in that of a lit room. */
import { describe, expect, test } from 'vitest'
import { inLitRoom, wallThemes } from '../../../client/theme/litRoom.ts'
import { rgbOf } from '../../../client/theme/mix.ts'
import { themes, type Color, type Theme } from '../../../client/theme/theme.ts'
import { contrast, deficiencies, deltaE, linearFromHex, oklchFromHex, simulate } from '../theme/colour.ts'

// Above this chroma a colour is one, below it a grey.
const GREY_CHROMA = 0.045
// Hues nearer than this are one class to the eye.
const CLASS_DEG = 30

const palettes: readonly (readonly [string, Theme])[] = [
  ...Object.values(themes).map((theme) => [theme.name, theme] as const),
  ['day in a lit room', inLitRoom(themes.day)],
]

/** All that a wall is drawn in, by role. */
function colorsOf(theme: Theme): [string, Color][] {
  return Object.entries(theme).flatMap(([role, value]: [string, unknown]): [string, Color][] => {
    if (typeof value === 'string') return value.startsWith('#') ? [[role, value as Color]] : []
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value as Record<string, Color>).map(([key, color]) => [`${role} ${key}`, color])
  })
}

function luminance(hex: string): number {
  const [r, g, b] = linearFromHex(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

describe.each(palettes)('%s', (_, theme) => {
  const alarms = Object.entries(theme.alarm)
  // a wall has three priorities; the fourth colour is kept for notes
  const priorities = alarms.filter(([name]) => name !== 'low')

  test('W3: alarms, text and marks are told from their ground without colour, by light alone', () => {
    for (const [name, color] of alarms) expect(contrast(color, theme.ground), name).toBeGreaterThanOrEqual(3)
  })

  test('W4: no ramp of a layer is within 20 ΔE2000 of an alarm, no mark of one within 10', () => {
    for (const [name, alarm] of priorities) {
      const away = (color: Color) => deltaE(linearFromHex(alarm), linearFromHex(color))
      for (const color of [...theme.traffic, ...theme.power])
        expect(away(color), `${name} ${color}`).toBeGreaterThanOrEqual(20)
      for (const color of [theme.car, theme.bus, theme.report, theme.lamp])
        expect(away(color), `${name} ${color}`).toBeGreaterThanOrEqual(10)
    }
  })

  test.each([undefined, ...deficiencies])('W5: alarms are 10 ΔE2000 apart, deficiency %s', (deficiency) => {
    const seen = alarms.map(([name, hex]) => {
      const linear = linearFromHex(hex)
      return [name, deficiency ? simulate(linear, deficiency) : linear] as const
    })
    for (const [i, [name, color]] of seen.entries())
      for (const [other, otherColor] of seen.slice(i + 1))
        expect(deltaE(color, otherColor), `${name} ${other}`).toBeGreaterThanOrEqual(10)
  })

  test('W5: text is at least 4.5 to 1 on its ground, marks 3 to 1', () => {
    for (const text of [theme.text, theme.quietText])
      for (const ground of [theme.ground, theme.land])
        expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
    for (const mark of [theme.car, theme.bus, theme.report])
      expect(contrast(mark, theme.ground)).toBeGreaterThanOrEqual(3)
  })

  test('W20: nothing is pure blue, and what stands on the map is of six classes of colour at most', () => {
    for (const [role, color] of colorsOf(theme)) {
      const [r, g, b] = rgbOf(color)
      expect(b > 180 && r < 60 && g < 60, `${role} ${color}`).toBe(false)
    }
    const hues = [
      ...priorities.map(([, color]) => color),
      ...theme.traffic.slice(1),
      ...theme.power.slice(1),
      theme.bus,
      theme.report,
    ]
      .map(oklchFromHex)
      .filter(({ c }) => c > GREY_CHROMA)
      .map(({ hDeg }) => hDeg)
      .sort((a, b) => a - b)
    const classes = hues.reduce<number[]>(
      (begins, hDeg) => (hDeg - (begins.at(-1) ?? -Infinity) > CLASS_DEG ? [...begins, hDeg] : begins),
      [],
    )
    expect(classes.length, classes.map(Math.round).join(' ')).toBeLessThanOrEqual(6)
  })
})

describe('W18', () => {
  test('a wall has a dark room, not black, with text that is not white', () => {
    const dark = wallThemes.night
    expect(dark.ground).toBe('#14181C')
    expect(luminance(dark.text)).toBeLessThanOrEqual(luminance('#E6E8EA'))
  })

  test('and a lit room, whose field is as light as #D5D8DB', () => {
    const lit = wallThemes.day
    expect(Math.abs(luminance(lit.ground) - luminance('#D5D8DB'))).toBeLessThan(0.04)
  })

  test('what a lit room takes from the day’s ground costs no contrast of text', () => {
    const lit = wallThemes.day
    expect(contrast(lit.text, lit.ground)).toBeGreaterThan(7)
  })
})

test('W17: what never changes is no lighter than 60 % in a dark room', () => {
  expect(luminance(themes.night.quietText)).toBeLessThanOrEqual(0.6)
  expect(luminance(themes.night.hairline)).toBeLessThanOrEqual(0.6)
})
