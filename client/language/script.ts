/** Which letters a reader is at home in. */

/** Languages whose readers are at home in Cyrillic; all others that there are here read Latin letters. */
const CYRILLIC = ['ru', 'kk', 'uk', 'be', 'bg', 'mk', 'sr', 'mn', 'ky', 'tg', 'tt']

/** Whether names are lettered in Latin: for who chose a language of ours, or whose first language is written so. */
export function readsLatin(chosen: string | undefined, preferred: readonly string[]): boolean {
  const first = chosen ?? preferred[0] ?? 'en'
  return !CYRILLIC.includes(first.split('-')[0].toLowerCase())
}
