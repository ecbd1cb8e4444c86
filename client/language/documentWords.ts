/** What the planner's face says of scenarios as documents, in the reader's language. Comes with that face. */
import { enDocuments } from './enDocuments.ts'
import { esDocuments } from './esDocuments.ts'
import { currentLanguage, fill } from './language.ts'

export type DocumentKey = keyof typeof enDocuments

/** The message with each {name} replaced by the value of that name. */
export function sayDocument(
  key: DocumentKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill((currentLanguage() === 'es' ? esDocuments : enDocuments)[key], values)
}
