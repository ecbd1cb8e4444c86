/** What the planner's face says of comparing, in the reader's language. Comes with that face: the others never fetch it. */
import { enCompare } from './enCompare.ts'
import { esCompare } from './esCompare.ts'
import { currentLanguage, fill } from './language.ts'

export type CompareKey = keyof typeof enCompare

/** The message with each {name} replaced by the value of that name. */
export function sayCompare(key: CompareKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill((currentLanguage() === 'es' ? esCompare : enCompare)[key], values)
}
