/** More and less are told apart by everyone, on every ground, and neither is taken for an alarm. */
import { describe, expect, test } from 'vitest'
import { divergingOf } from '../../../client/theme/diverging.ts'
import { themes } from '../../../client/theme/theme.ts'
import { contrast, deficiencies, deltaE, linearFromHex, oklchFromHex, simulate } from './colour.ts'

// Classes on the two sides of zero.
const SIDES_DELTA_E = 25
const NEIGHBOURS_DELTA_E = 3

describe.each(Object.values(themes))('$name', (theme) => {
  const palette = divergingOf(theme)
  const [muchLess, less, unclear, more, muchMore] = palette

  test.each([undefined, ...deficiencies])('more and less are apart, deficiency %s', (deficiency) => {
    const seen = (hex: string) => (deficiency ? simulate(linearFromHex(hex), deficiency) : linearFromHex(hex))
    const apart = (a: string, b: string) => deltaE(seen(a), seen(b))
    for (const low of [muchLess, less])
      for (const high of [more, muchMore])
        expect(apart(low, high), `${low} ${high}`).toBeGreaterThan(SIDES_DELTA_E)
    for (let i = 1; i < palette.length; i++)
      expect(apart(palette[i - 1], palette[i])).toBeGreaterThan(NEIGHBOURS_DELTA_E)
  })

  test('what is clear is at least 3 to 1 on the ground, and louder the more it changes', () => {
    for (const color of [muchLess, less, more, muchMore])
      expect(contrast(color, theme.ground), color).toBeGreaterThan(3)
    const away = (hex: string) => (theme.isDark ? 1 : -1) * oklchFromHex(hex).l
    expect(away(muchLess)).toBeGreaterThan(away(less))
    expect(away(muchMore)).toBeGreaterThan(away(more))
    expect(away(less)).toBeGreaterThan(away(unclear))
    expect(away(more)).toBeGreaterThan(away(unclear))
  })

  test('no class is within 15 ΔE2000 of an alarm', () => {
    for (const alarm of Object.values(theme.alarm))
      for (const color of palette)
        expect(deltaE(linearFromHex(alarm), linearFromHex(color)), `${alarm} ${color}`).toBeGreaterThan(15)
  })
})
