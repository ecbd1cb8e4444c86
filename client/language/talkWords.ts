/** What people say of a report, in the reader's language. Comes with the panel that needs it. */
import { enTalk } from './enTalk.ts'
import { esTalk } from './esTalk.ts'
import { currentLanguage, fill } from './language.ts'

/** The message with each {name} replaced by the value of that name. */
export function sayTalk(
  key: keyof typeof enTalk,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill((currentLanguage() === 'es' ? esTalk : enTalk)[key], values)
}
