/** Our UTF-8 is everybody's UTF-8. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { textFromUtf8, utf8FromText } from '../../../twin/kernel/utf8.ts'

it('UTF-8 is written as TextEncoder writes it, and read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 9000, size: 'max' }), (raw) => {
      const text = raw.toWellFormed()
      expect(utf8FromText(text)).toEqual(new TextEncoder().encode(text))
      expect(textFromUtf8(utf8FromText(text))).toBe(text)
    }),
    { numRuns: 60 },
  )
})
