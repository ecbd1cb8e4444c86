/** What is said of a reader's own town, in his language. Comes with the planner's face alone. */
import { enTown } from './enTown.ts'
import { esTown } from './esTown.ts'
import { currentLanguage, fill } from './language.ts'

export type TownKey = keyof typeof enTown

/** The message with each {name} replaced by the value of that name. */
export function sayTown(key: TownKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill((currentLanguage() === 'es' ? esTown : enTown)[key], values)
}
