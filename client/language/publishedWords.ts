/** What a published scenario says beside its own words, in the reader's language. Comes with its page. */
import { enPublished } from './enPublished.ts'
import { esPublished } from './esPublished.ts'
import { currentLanguage, fill } from './language.ts'

/** The message with each {name} replaced by the value of that name. */
export function sayPublished(
  key: keyof typeof enPublished,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill((currentLanguage() === 'es' ? esPublished : enPublished)[key], values)
}
