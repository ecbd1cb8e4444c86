/** What is said of the drill, in the reader's language. Comes with the drill alone. */
import { enDrill } from './enDrill.ts'
import { esDrill } from './esDrill.ts'
import { currentLanguage, fill } from './language.ts'

/** The message with each {name} replaced by the value of that name. */
export function sayDrill(
  key: keyof typeof enDrill,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill((currentLanguage() === 'es' ? esDrill : enDrill)[key], values)
}
