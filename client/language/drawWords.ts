/** What is said of drawing on the map, in the reader's language. Comes with the planner's face alone. */
import { enDraw } from './enDraw.ts'
import { esDraw } from './esDraw.ts'
import { currentLanguage, fill } from './language.ts'

export type DrawKey = keyof typeof enDraw

/** The message with each {name} replaced by the value of that name. */
export function sayDraw(key: DrawKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill((currentLanguage() === 'es' ? esDraw : enDraw)[key], values)
}
