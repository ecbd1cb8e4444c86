/** Text made alike for comparison: without accents, in lower case, punctuation as single spaces. */

/** «Avda. 18 de Julio» and «avda 18 de julio» fold alike; letters of any script stay. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
