/** What is said of response plans, in the reader's language. Comes with the faces that show them. */
import { enResponse } from './enResponse.ts'
import { esResponse } from './esResponse.ts'
import { currentLanguage, fill } from './language.ts'

export type ResponseKey = keyof typeof enResponse

/** The message with each {name} replaced by the value of that name. */
export function sayResponse(
  key: ResponseKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill((currentLanguage() === 'es' ? esResponse : enResponse)[key], values)
}
