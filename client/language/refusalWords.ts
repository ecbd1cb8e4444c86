/** Why an edit or an act cannot be made, in the reader's language. Comes with the planner's face. */
import { enRefusals } from './enRefusals.ts'
import { esRefusals } from './esRefusals.ts'
import { currentLanguage, fill } from './language.ts'

export type RefusalKey = keyof typeof enRefusals

/** The message with each {name} replaced by the value of that name. */
export function sayRefusal(key: RefusalKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill((currentLanguage() === 'es' ? esRefusals : enRefusals)[key], values)
}

export function isRefusalKey(key: string): key is RefusalKey {
  return key in enRefusals
}
