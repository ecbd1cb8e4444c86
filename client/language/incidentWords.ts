/** What desk and wall say of incidents, reports and shifts, in the reader's language. Comes with those faces: the others never fetch it. */
import { enIncidents } from './enIncidents.ts'
import { esIncidents } from './esIncidents.ts'
import { currentLanguage, fill } from './language.ts'

export type IncidentKey = keyof typeof enIncidents

/** The message with each {name} replaced by the value of that name. */
export function sayIncident(
  key: IncidentKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill((currentLanguage() === 'es' ? esIncidents : enIncidents)[key], values)
}
