/** Names are lettered for who reads them: by the chosen language, else by the first that is preferred. */
import { expect, it } from 'vitest'
import { readsLatin } from '../../../client/language/script.ts'

it.each([
  ['en', ['ru'], true],
  [undefined, ['ru-RU', 'en'], false],
  [undefined, ['kk'], false],
  [undefined, ['de', 'ru'], true],
  [undefined, [], true],
] as const)('who chose %s and prefers %s reads Latin letters: %s', (chosen, preferred, isLatin) => {
  expect(readsLatin(chosen, preferred)).toBe(isLatin)
})
