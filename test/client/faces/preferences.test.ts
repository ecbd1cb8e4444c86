/** Language and theme as a page begins: the address first, then what the machine says its user needs. */
import { expect, it } from 'vitest'
import { needsOf, themeOf } from '../../../client/faces/preferences.ts'

const auto = { theme: 'auto' } as const
const needs = (isLight: boolean, isHighContrast: boolean) => ({ isLight, isHighContrast })

it('follows the machine between night and day, but for a wall', () => {
  expect(themeOf(auto, false, needs(true, false))).toBe('day')
  expect(themeOf(auto, false, needs(false, false))).toBe('night')
  expect(themeOf(auto, true, needs(true, false))).toBe('night')
})

it('gives more contrast to who asks for it', () => {
  expect(themeOf(auto, false, needs(true, true))).toBe('contrast')
  expect(themeOf({ theme: 'day' }, false, needs(true, true))).toBe('day')
})

it.each(['(prefers-contrast: more)', '(forced-colors: active)'])(
  'takes %s for a need of contrast',
  (asked) => {
    expect(needsOf((query) => ({ matches: query === asked }))).toEqual(needs(false, true))
  },
)
