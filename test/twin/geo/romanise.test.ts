/** Cyrillic is romanised by the published rules, letter by letter, and nothing else is touched. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { romanised } from '../../../twin/geo/romanise.ts'

it.each([
  ['Астана', 'Astana'],
  ['улица Есил', 'ulitsa Yesil'],
  ['проспект Богенбай батыра', 'prospekt Bogenbay batyra'],
  ['площадь', 'ploshchad'],
  ['Қабанбай батыр', 'Qabanbay batyr'],
  ['Сарыарқа ауданы', 'Saryarqa audany'],
  ['СОЮЗ', 'SOYUZ'],
  ['Южная', 'Yuzhnaya'],
  ['Подъезд', 'Podyezd'],
])('%s is %s', (name, latin) => expect(romanised(name)).toBe(latin))

it('romanised Cyrillic has no Cyrillic left, and other text is untouched', () => {
  const letter = fc.constantFrom(...'абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіАБВГДЕЁЖЗ №"-7a')
  fc.assert(
    fc.property(fc.array(letter), (letters) => {
      expect(romanised(letters.join(''))).not.toMatch(/\p{Script=Cyrillic}/u)
    }),
  )
  fc.assert(
    fc.property(fc.stringMatching(/^[ -~]*$/), (text) => {
      expect(romanised(text)).toBe(text)
    }),
  )
})
