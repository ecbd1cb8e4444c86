/** A director's list that a machine kept is read as far as it makes sense, whatever stands there. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readViews } from '../../../../client/faces/desk/keptViews.ts'

const view = {
  text: 'The port',
  camera: { lng: -56.2, lat: -34.9, zoom: 14, bearing: 0, pitch: 0 },
  layers: ['traffic'],
}

test('reads what was kept', () => {
  expect(readViews(JSON.stringify([view]))).toEqual([view])
})

test('leaves out what is no view', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), fc.json(), (text, other) => {
      expect(readViews(text)).toEqual([])
      expect(readViews(`[${other},${JSON.stringify(view)}]`)).toEqual([view])
    }),
  )
})
