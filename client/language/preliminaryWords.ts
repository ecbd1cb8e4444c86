/** What the planner's face says of the first answer, in the reader's language. Comes with that face. */
import { enPreliminary } from './enPreliminary.ts'
import { esPreliminary } from './esPreliminary.ts'
import { currentLanguage, fill } from './language.ts'

/** The message with each {name} replaced by the value of that name. */
export function sayFirst(
  key: keyof typeof enPreliminary,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill((currentLanguage() === 'es' ? esPreliminary : enPreliminary)[key], values)
}
