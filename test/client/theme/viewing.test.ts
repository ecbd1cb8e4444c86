/** Type sizes by viewing distance, against the table computed for common screens. */
import { describe, expect, test } from 'vitest'
import { leastFontPx, pixelPitchMm, viewingFromQuery } from '../../../client/theme/viewing.ts'

describe('the least size of type', () => {
  test.each([
    ['55" 4K at 2 m', 55, 3840, 2160, 2, 42, 52],
    ['55" 4K at 4 m', 55, 3840, 2160, 4, 84, 105],
    ['86" 4K at 6 m', 86, 3840, 2160, 6, 80, 101],
    ['110" 4K at 4 m', 110, 3840, 2160, 4, 42, 52],
  ])('%s', (_, diagonalIn, widthPx, heightPx, distanceM, at16, at20) => {
    const pitch = pixelPitchMm(diagonalIn, widthPx, heightPx)
    expect(Math.abs(leastFontPx(distanceM, pitch) - at16)).toBeLessThanOrEqual(0.6)
    expect(Math.abs(leastFontPx(distanceM, pitch, 20) - at20)).toBeLessThanOrEqual(0.6)
  })

  test('of an LED wall with a pitch of 1.2 mm at 10 m', () => {
    expect(Math.round(leastFontPx(10, 1.2))).toBe(55)
  })
})

test('a distance and a screen are read from the address, or neither', () => {
  expect(viewingFromQuery('?viewing=4&screen=55')).toEqual({ distanceM: 4, diagonalIn: 55 })
  for (const query of ['', '?viewing=4', '?screen=55', '?viewing=x&screen=55', '?viewing=-4&screen=55'])
    expect(viewingFromQuery(query)).toBeUndefined()
})
