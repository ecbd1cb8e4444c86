/** W1: what stands on a wall is large enough to be read from where people stand, the map's lettering as well. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layers } from '../../../client/layers/layers.ts'
import { makeStyle } from '../../../client/map/style.ts'
import { sunlightAt } from '../../../client/map/sunlight.ts'
import { mapTextScale, roomOf, type Place } from '../../../client/theme/room.ts'
import { night } from '../../../client/theme/theme.ts'
import { leastFontPx, pixelPitchMm } from '../../../client/theme/viewing.ts'

// Of the scale of type in base.css, in units: the smallest, and the smallest of values and alarms.
const LEAST_UNITS = 12
const LEAST_OF_VALUES_UNITS = 16

function placeOf(widthPx: number, heightPx: number, pixelRatio = 1): Place {
  return {
    widthPx: widthPx / pixelRatio,
    heightPx: heightPx / pixelRatio,
    screen: { widthPx, heightPx, pixelRatio },
  }
}

describe('W1', () => {
  test('capitals are seen under 16 minutes of arc, of values and alarms under 20, whatever the screen and the distance', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 50, noNaN: true }),
        fc.double({ min: 5, max: 300, noNaN: true }),
        fc.integer({ min: 400, max: 8000 }),
        fc.integer({ min: 400, max: 8000 }),
        fc.constantFrom(1, 1.5, 2),
        (distanceM, diagonalIn, widthPx, heightPx, pixelRatio) => {
          const place = placeOf(widthPx, heightPx, pixelRatio)
          const ownPx = roomOf({ distanceM, diagonalIn }, place).unitPx * pixelRatio
          const pitchMm = pixelPitchMm(diagonalIn, widthPx, heightPx)
          expect(ownPx * LEAST_UNITS).toBeGreaterThanOrEqual(leastFontPx(distanceM, pitchMm) * 0.999)
          expect(ownPx * LEAST_OF_VALUES_UNITS).toBeGreaterThanOrEqual(
            leastFontPx(distanceM, pitchMm, 20) * 0.999,
          )
        },
      ),
    )
  })

  test.each([1, 2.34, 7])(
    'the smallest lettering of the map is as large as that of the panels, unit %s',
    (unitPx) => {
      const textScale = mapTextScale({ unitPx, room: 'full' })
      const { layers: drawn } = makeStyle({
        theme: night,
        tiles: 'http://localhost/{z}/{x}/{y}.mvt',
        attribution: '',
        fontFaces: {},
        textScale,
        isLatin: true,
        isTilted: false,
        lat: -34.9,
        light: sunlightAt(0, [-56.2, -34.9], night),
        parts: Object.values(layers).flatMap((layer) => layer.ground ?? []),
      })
      let lettered = 0
      for (const layer of drawn) {
        if (layer.type !== 'symbol' || layer.layout?.['text-field'] === undefined) continue
        // what only keeps a place clear is not read
        if (layer.paint?.['text-opacity'] === 0) continue
        lettered++
        for (const sizePx of sizesIn(layer.layout['text-size']))
          expect(sizePx, layer.id).toBeGreaterThanOrEqual(LEAST_UNITS * unitPx * 0.999)
      }
      expect(lettered).toBeGreaterThan(10)
    },
  )

  test.each([
    ['55" 4K at 2 m', 55, 3840, 2160, 2, 'narrow'],
    ['55" 4K at 4 m', 55, 3840, 2160, 4, 'scant'],
    ['55" 4K at 6 m', 55, 3840, 2160, 6, 'least'],
    ['86" 4K at 2 m', 86, 3840, 2160, 2, 'full'],
    ['86" 4K at 4 m', 86, 3840, 2160, 4, 'narrow'],
    ['86" 4K at 6 m', 86, 3840, 2160, 6, 'scant'],
    ['six 55" in a row of three at 4 m', 165, 5760, 2160, 4, 'full'],
  ])('%s has room for so much', (_, diagonalIn, widthPx, heightPx, distanceM, room) => {
    expect(roomOf({ distanceM, diagonalIn }, placeOf(widthPx, heightPx)).room).toBe(room)
  })

  test('who is further away is never given more things in smaller type', () => {
    const order = ['full', 'narrow', 'scant', 'least']
    let before = { unitPx: 0, room: 'full' }
    for (let distanceM = 1; distanceM < 20; distanceM += 0.5) {
      const room = roomOf({ distanceM, diagonalIn: 75 }, placeOf(3840, 2160))
      expect(room.unitPx).toBeGreaterThanOrEqual(before.unitPx)
      expect(order.indexOf(room.room)).toBeGreaterThanOrEqual(order.indexOf(before.room))
      before = room
    }
    expect(before.room).toBe('least')
  })
})

/** The sizes among the outputs of a text-size: a number, or an interpolation by zoom. */
function sizesIn(size: unknown): number[] {
  if (typeof size === 'number') return [size]
  if (!Array.isArray(size) || size[0] !== 'interpolate')
    throw new Error(`a size of a form not known: ${size}`)
  return size
    .slice(3)
    .filter((_, i) => i % 2 === 1)
    .map(Number)
}
