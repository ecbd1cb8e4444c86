/** Which part of a picture over many screens an address means. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryFromSpan, spanFromQuery, wallNameFromQuery } from '../../../client/state/span.ts'

test('reads size, place and bezel', () => {
  expect(spanFromQuery('?wall=3x2&tile=1,0&bezel=24')).toEqual({
    cols: 3,
    rows: 2,
    col: 1,
    row: 0,
    bezel: { size: 24, unit: 'px' },
  })
  expect(spanFromQuery('?wall=2x2&tile=1,1&bezel=9.5mm')?.bezel).toEqual({ size: 9.5, unit: 'mm' })
})

test.each(['', '?wall=3x2', '?wall=3x2&tile=3,0', '?wall=0x2&tile=0,0', '?wall=99x1&tile=0,0', '?tile=1,1'])(
  'takes %j for a picture of its own',
  (query) => expect(spanFromQuery(query)).toBeUndefined(),
)

test('comes back from what it wrote, whatever was asked', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
      const q = (text: string) => encodeURIComponent(text)
      const span = spanFromQuery(`?wall=${q(a)}&tile=${q(b)}&bezel=${q(c)}`)
      if (span) expect(spanFromQuery(`?${queryFromSpan(span).join('&')}`)).toEqual(span)
    }),
  )
})

test('a wall has a short name of letters and digits, or none', () => {
  expect(wallNameFromQuery('?name=vestíbulo-2')).toBe('vestíbulo-2')
  expect(wallNameFromQuery('?name=a b')).toBeUndefined()
  expect(wallNameFromQuery(`?name=${'x'.repeat(33)}`)).toBeUndefined()
})
