/** What the consequence card says of causes, reach and worth, in the reader's language. Comes with it. */
import { enWhy } from './enWhy.ts'
import { esWhy } from './esWhy.ts'
import { currentLanguage, fill } from './language.ts'

export type WhyKey = keyof typeof enWhy

/** The message with each {name} replaced by the value of that name. */
export function sayWhy(key: WhyKey, values: Readonly<Record<string, string | number>> = {}): string {
  return fill((currentLanguage() === 'es' ? esWhy : enWhy)[key], values)
}
