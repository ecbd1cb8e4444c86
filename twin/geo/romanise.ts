/** Cyrillic names in Latin letters, for who cannot read their own. */

/**
 * Russian by BGN/PCGN 1947 and the further letters of Kazakh by BGN/PCGN 1979, without the marks of the hard and soft signs, as
 * maps are lettered. «е» after a vowel or a sign, or at the start of a word, is «ye».
 */
const ROMAN: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'yo', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm',
  н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch',
  ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
  ә: 'ä', ғ: 'gh', қ: 'q', ң: 'ng', ө: 'ö', ұ: 'u', ү: 'ü', һ: 'h', і: 'i',
} // prettier-ignore
const YE_AFTER = 'аеёиоуыэюяйъьәөұүі'
const CYRILLIC = /\p{Script=Cyrillic}/u

export function isCyrillic(text: string): boolean {
  return CYRILLIC.test(text)
}

/** Cyrillic letters as Latin ones; everything else stays. */
export function romanised(text: string): string {
  const letters = [...text]
  return letters
    .map((letter, i) => {
      const lower = letter.toLowerCase()
      const roman = ROMAN[lower]
      if (roman === undefined) return letter
      const before = letters[i - 1]?.toLowerCase()
      const isYe =
        lower === 'е' && (before === undefined || !/\p{L}/u.test(before) || YE_AFTER.includes(before))
      const written = isYe ? 'ye' : roman
      if (letter === lower) return written
      // a word in capitals keeps them all
      const isShouted = isCapital(letters[i + 1]) || (!isLetter(letters[i + 1]) && isCapital(letters[i - 1]))
      return isShouted ? written.toUpperCase() : written.charAt(0).toUpperCase() + written.slice(1)
    })
    .join('')
}

function isLetter(text: string | undefined): boolean {
  return text !== undefined && /\p{L}/u.test(text)
}

function isCapital(text: string | undefined): boolean {
  return text !== undefined && /\p{Lu}/u.test(text)
}
